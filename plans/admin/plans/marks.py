"""What the rules say of one exercise, as one mark in its row: how many, and the gravest."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from plans.contraindications import Level


class Line(Protocol):
    """Something that the rules say, as the page shows it."""

    @property
    def level(self) -> str: ...

    @property
    def word(self) -> str: ...

    @property
    def icon(self) -> str: ...


@dataclass(frozen=True, kw_only=True)
class Mark:
    """How many things are said of a row, and the level, word and icon of the gravest."""

    count: int
    level: str
    word: str
    icon: str


def mark_of(lines: Sequence[Line]) -> Mark | None:
    if not lines:
        return None
    gravest = min(lines, key=lambda line: Level(line.level).rank)
    return Mark(count=len(lines), level=gravest.level, word=gravest.word, icon=gravest.icon)
