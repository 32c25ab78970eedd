"""A dose that goes over to another exercise: what fits there stays, all else is as that exercise has it."""

from collections.abc import Mapping

from plans.dose.span import Span
from plans.dose.value import SPAN_FIELDS, Dose, Side

_OF_ANY = frozenset(["sets", "rest_seconds", "times_per_day", "days_per_week"])
"""What can be said of every exercise, also where it says nothing of it by itself."""


def adapt(dose: Dose, *, default: Dose, safe: Mapping[str, Span], one_sided: bool) -> Dose:
    """Return the dose for an exercise with this default dose and these safe ranges."""
    spans = {field: _span(field, dose, default, safe) for field in SPAN_FIELDS}
    if default.duration_seconds and not default.repetitions:
        spans["repetitions"] = None
    elif default.repetitions:
        spans["duration_seconds"] = None
    side = (dose.side or default.side or Side.EACH) if one_sided else None
    return Dose(**spans, side=side, load=dose.load, until=dose.until)


def changed_fields(before: Dose, after: Dose) -> tuple[str, ...]:
    return tuple(field for field in (*SPAN_FIELDS, "side") if getattr(before, field) != getattr(after, field))


def _span(field: str, dose: Dose, default: Dose, safe: Mapping[str, Span]) -> Span | None:
    old: Span | None = getattr(dose, field)
    own: Span | None = getattr(default, field)
    if old is None:
        return own if field not in _OF_ANY else None
    if field in safe:
        return old if safe[field].holds(old) else own or safe[field]
    return old if own or field in _OF_ANY else None
