"""What the rules say of one exercise: its lines in the row, and one mark for the folded row."""

from collections.abc import Sequence
from dataclasses import dataclass

from plans.admin.plans.presenters import LEVELS, Cards
from plans.admin.words.findings import finding_in_words
from plans.contraindications import Card, Finding, Level


@dataclass(frozen=True, kw_only=True)
class RowLine:
    """The gravest that one card says of this exercise: another exercise of the card may be worse off."""

    card: Card
    finding: Finding
    is_answered: bool

    @property
    def level(self) -> str:
        return self.finding.level.value

    @property
    def word(self) -> str:
        return str(LEVELS[self.finding.level][0])

    @property
    def icon(self) -> str:
        return LEVELS[self.finding.level][1]


@dataclass(frozen=True, kw_only=True)
class Mark:
    """How many things are said of a row, and the gravest of those that are still open, else of the answered."""

    count: int
    gravest: RowLine

    @property
    def is_answered(self) -> bool:
        return self.gravest.is_answered


def lines_of_row(cards: Cards, key: str) -> list[RowLine]:
    """Return what is said of the exercise and not yet answered; of what was, that alone which needed a reason."""
    lines = []
    for card in (line.card for line in cards.lines if not line.card.is_note):
        own = [finding for finding in card.findings if finding.item == key]
        if not own:
            continue
        unheard = [one for one in own if _is_unheard(one, cards.heard)]
        gravest = min(unheard or own, key=lambda one: one.level.rank)
        if unheard or any(finding.needs_reason for finding in own):
            lines.append(RowLine(card=card, finding=finding_in_words(gravest), is_answered=not unheard))
    return sorted(lines, key=lambda line: (line.is_answered, line.finding.level.rank))


def mark_of(lines: Sequence[RowLine]) -> Mark | None:
    if not lines:
        return None
    gravest = lines[0]
    return Mark(count=sum(one.is_answered == gravest.is_answered for one in lines), gravest=gravest)


def _is_unheard(finding: Finding, heard: frozenset[str]) -> bool:
    return finding.level is Level.STOP or (finding.takes_reason and finding.fingerprint not in heard)
