"""A dose as an exercise or an item of a protocol names it."""

from collections.abc import Mapping

from plans.dose import SPAN_FIELDS, Dose, Side, Span
from plans.libraryfiles.fields import Fields
from plans.libraryfiles.values import maybe, section, span


def read_dose(fields: Fields) -> Dose:
    below = section(fields, "dose", what=f"dose of {fields.what}", required=True)
    if below is None:
        return Dose()
    spans = {field: span(below, field) for field in SPAN_FIELDS}
    side = maybe(below, "side", Side)
    load = below.text("load", limit="name", required=False)
    dose = Dose.from_dict({**columns_of(spans), "side": side, "load": load})
    for problem in dose.problems():
        below.problem(problem.field.removesuffix("_min").removesuffix("_max"), problem.message)
    below.end()
    return dose


def columns_of(spans: Mapping[str, Span | None]) -> dict[str, object]:
    given = [(field, span) for field, span in spans.items() if span]
    lows: dict[str, object] = {f"{field}_min": span.low for field, span in given}
    return lows | {f"{field}_max": span.high for field, span in given}
