"""What a dose may hold at all: the one table of limits, and the check against it."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from plans.dose.span import Span

MAX_LOAD_LENGTH = 80


class Limit(NamedTuple):
    """The lowest and highest number of a field; its name and its unit as an error message says them."""

    low: int
    high: int
    name: str
    unit: str = ""


# Wide enough for every home programme: a number outside is a slip of the keyboard, not a clinical judgement.
# What is safe for one exercise stands with that exercise.
LIMITS: Mapping[str, Limit] = {
    "sets": Limit(1, 10, "Sets"),
    "repetitions": Limit(1, 100, "Repetitions"),
    "duration_seconds": Limit(10, 14400, "Time", " seconds (4 hours)"),
    "hold_seconds": Limit(1, 300, "Hold", " seconds"),
    "rest_seconds": Limit(0, 600, "Rest", " seconds"),
    "out_seconds": Limit(1, 30, "Time there", " seconds"),
    "back_seconds": Limit(1, 30, "Time back", " seconds"),
    "times_per_day": Limit(1, 10, "Times a day"),
    "days_per_week": Limit(1, 7, "Days a week"),
}


class DoseProblem(NamedTuple):
    """An impossible value: its flat field (sets_min), a stable code and a message for the therapist."""

    field: str
    code: str
    message: str


def check_spans(spans: Mapping[str, Span | None]) -> Iterator[DoseProblem]:
    """Yield a problem for each span that is outside its limit or upside down, in the order of the table."""
    for field, limit in LIMITS.items():
        span = spans.get(field)
        if span is not None:
            yield from _check_span(field, span, limit)


def _check_span(field: str, span: Span, limit: Limit) -> Iterator[DoseProblem]:
    if span.low < limit.low:
        yield DoseProblem(f"{field}_min", "too_low", f"{limit.name}: {span.low} is below {limit.low}.")
    if span.high > limit.high:
        message = f"{limit.name}: {span.high} is above {limit.high}{limit.unit}."
        yield DoseProblem(f"{field}_max", "too_high", message)
    if span.low > span.high:
        message = f"{limit.name}: from {span.low} to {span.high} is upside down."
        yield DoseProblem(f"{field}_max", "upside_down", message)
