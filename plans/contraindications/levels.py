"""How much a finding asks of the therapist."""

from collections.abc import Mapping
from enum import StrEnum


class Level(StrEnum):
    """A change of fact, a reason in words, a glance, or nothing; the gravest first."""

    STOP = "stop"
    AVOID = "avoid"
    CAUTION = "caution"
    ADVICE = "advice"

    @property
    def rank(self) -> int:
        return _RANKS[self]


_RANKS: Mapping[Level, int] = {level: rank for rank, level in enumerate(Level)}
