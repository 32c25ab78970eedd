"""A range of whole numbers as a therapist writes it: 10, 10-15, 10 to 15, or 10 a 15 in Spanish."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, auto
from typing import Self

from plans.exceptions import UnreadableDose

# "a" is the Spanish "to".
_JOINED = r"(?:[-\u2010-\u2014]|to|a)"
_WRITTEN = re.compile(rf"([0-9]{{1,6}})(?:\s*{_JOINED}\s*([0-9]{{1,6}}))?", re.ASCII | re.IGNORECASE)
_OPEN = re.compile(rf"[0-9]+\s*{_JOINED}|(?:to|a)\s*[0-9]+", re.ASCII | re.IGNORECASE)
_BROKEN = re.compile(r"[0-9]+[.,][0-9]+.*|.*[^0-9][0-9]+[.,][0-9]+", re.ASCII)
_HUGE = re.compile(r".*[0-9]{7}.*", re.ASCII)


class Unreadable(Enum):
    """What is wrong with a text that should be a number or a range."""

    NO_NUMBER = auto()
    NOT_WHOLE = auto()
    OPEN_RANGE = auto()
    TOO_LONG = auto()


@dataclass(frozen=True, slots=True)
class Span:
    """Whole numbers from low to high, both counted. Low may be above high, so that a form can say so."""

    low: int
    high: int

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read "10", "10-15", "10 – 15", "10 to 15" or "10 a 15"; raise UnreadableDose for anything else."""
        found = _WRITTEN.fullmatch(text.strip())
        if not found:
            raise UnreadableDose(field="a number or range", value=repr(text))
        low, high = found.groups()
        return cls(int(low), int(high or low))

    @classmethod
    def from_columns(cls, columns: Mapping[str, object], field: str) -> Self | None:
        """Read FIELD_min and FIELD_max; one of the two alone is a single number, none is no span."""
        low = _whole(columns, f"{field}_min")
        high = _whole(columns, f"{field}_max")
        if low is None and high is None:
            return None
        return cls(low if low is not None else high or 0, high if high is not None else low or 0)

    @property
    def middle(self) -> float:
        return (self.low + self.high) / 2

    def holds(self, other: "Span") -> bool:
        return self.low <= other.low and other.high <= self.high

    def __str__(self) -> str:
        return str(self.low) if self.low == self.high else f"{self.low}-{self.high}"


def why_unreadable(text: str) -> Unreadable:
    """Say why Span.parse does not read this text."""
    text = text.strip()
    patterns = ((Unreadable.NOT_WHOLE, _BROKEN), (Unreadable.OPEN_RANGE, _OPEN), (Unreadable.TOO_LONG, _HUGE))
    return next((why for why, pattern in patterns if pattern.fullmatch(text)), Unreadable.NO_NUMBER)


def _whole(columns: Mapping[str, object], name: str) -> int | None:
    value = columns.get(name)
    if value is None:
        return None
    # bool is an int in Python, and true is not a number of repetitions.
    if isinstance(value, bool) or not isinstance(value, int):
        raise UnreadableDose(field=name, value=repr(value))
    return value
