"""The dose and the frequency as frozen values, to and from flat columns."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Self

from plans.dose.limits import LIMITS, MAX_LOAD_LENGTH, DoseProblem, check_spans
from plans.dose.span import Span
from plans.exceptions import UnreadableDose

SPAN_FIELDS: tuple[str, ...] = tuple(LIMITS)
_COLUMNS = frozenset(f"{field}_{end}" for field in SPAN_FIELDS for end in ("min", "max")) | {
    "side",
    "load",
    "until",
}

# A slow repetition takes about four seconds, two there and two back, where the dose does not say; a hold comes on top.
# It only has to be good enough to tell ten minutes from forty.
SECONDS_PER_WAY = 2


class Side(StrEnum):
    """Which side works; None where sides do not apply."""

    EACH = "each"
    LEFT = "left"
    RIGHT = "right"


class Limb(StrEnum):
    """What works on a side, where it is one limb: then the words name it."""

    LEG = "leg"
    ARM = "arm"


@dataclass(frozen=True, slots=True, kw_only=True)
class Frequency:
    """How often: times on a day, days in a week. A plan's default for items that say nothing."""

    times_per_day: Span | None = None
    days_per_week: Span | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Dose:
    """How much of an exercise. Hold, rest and duration in seconds; a duration replaces repetitions.

    `out_seconds` and `back_seconds` are how long a movement takes to where it is held, and back to its start.
    """

    sets: Span | None = None
    repetitions: Span | None = None
    duration_seconds: Span | None = None
    hold_seconds: Span | None = None
    rest_seconds: Span | None = None
    out_seconds: Span | None = None
    back_seconds: Span | None = None
    times_per_day: Span | None = None
    days_per_week: Span | None = None
    side: Side | None = None
    load: str = ""
    until: date | None = None

    @classmethod
    def from_dict(cls, columns: Mapping[str, object]) -> Self:
        """Read flat columns (sets_min, sets_max, ..., side, load, until); raise UnreadableDose."""
        for name in columns:
            if name not in _COLUMNS:
                raise UnreadableDose(field=name, value="not a field of a dose")
        return cls(
            **{field: Span.from_columns(columns, field) for field in SPAN_FIELDS},
            side=_read_side(columns.get("side")),
            load=_read_load(columns.get("load")),
            until=_read_until(columns.get("until")),
        )

    def to_dict(self) -> dict[str, int | str | None]:
        """Return all flat columns, ready for JSON: whole numbers, text, an ISO date, None for a blank."""
        columns: dict[str, int | str | None] = {}
        for field, span in self.spans().items():
            columns[f"{field}_min"] = span.low if span else None
            columns[f"{field}_max"] = span.high if span else None
        columns["side"] = self.side.value if self.side else None
        columns["load"] = self.load
        columns["until"] = self.until.isoformat() if self.until else None
        return columns

    def spans(self) -> dict[str, Span | None]:
        return {field: getattr(self, field) for field in SPAN_FIELDS}

    def problems(self) -> tuple[DoseProblem, ...]:
        """Return what cannot be meant: out of all bounds, upside down, repetitions and time at once."""
        found = list(check_spans(self.spans()))
        if self.repetitions and self.duration_seconds:
            message = "Give repetitions or time, not both."
            found.append(DoseProblem("duration_seconds_min", "repetitions_and_time", message))
        if len(self.load) > MAX_LOAD_LENGTH:
            message = f"Load: at most {MAX_LOAD_LENGTH} characters."
            found.append(DoseProblem("load", "too_long", message))
        return tuple(found)

    def with_frequency(self, default: Frequency) -> Self:
        return replace(
            self,
            times_per_day=self.times_per_day or default.times_per_day,
            days_per_week=self.days_per_week or default.days_per_week,
        )

    def minutes_per_day(self) -> float:
        """Estimate the minutes on a day of exercise: middle of each range, blank sets or times count as 1."""
        sets = _middle(self.sets, blank=1)
        pauses = max(sets - 1, 0) * _middle(self.rest_seconds, blank=0)
        seconds = sets * self._seconds_per_side() * (2 if self.side is Side.EACH else 1) + pauses
        return seconds * _middle(self.times_per_day, blank=1) / 60

    def _seconds_per_side(self) -> float:
        if self.duration_seconds:
            return self.duration_seconds.middle
        if not self.repetitions and not self.hold_seconds:
            return 0
        moving = sum(_middle(way, blank=SECONDS_PER_WAY) for way in (self.out_seconds, self.back_seconds))
        return _middle(self.repetitions, blank=1) * (moving + _middle(self.hold_seconds, blank=0))


def _middle(span: Span | None, *, blank: int) -> float:
    return span.middle if span else blank


def _read_side(value: object) -> Side | None:
    if value in (None, ""):
        return None
    if isinstance(value, str) and value in tuple(Side):
        return Side(value)
    raise UnreadableDose(field="side", value=repr(value))


def _read_load(value: object) -> str:
    if value is None or isinstance(value, str):
        return value or ""
    raise UnreadableDose(field="load", value=repr(value))


def _read_until(value: object) -> date | None:
    if value in (None, ""):
        return None
    if type(value) is date:
        return value
    try:
        read = date.fromisoformat(str(value))
    except ValueError:
        raise UnreadableDose(field="until", value=repr(value)) from None
    # fromisoformat also takes week dates, and trailing characters after a date without hyphens.
    if read.isoformat() != value:
        raise UnreadableDose(field="until", value=repr(value))
    return read
