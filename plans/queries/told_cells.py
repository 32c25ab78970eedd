"""What is told of the days of a plan, cell by cell, as the grid of its log has them."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any
from uuid import UUID

from plans.content import ItemContent
from plans.handout.log import say_answers
from plans.models import DayEntry, Feel, LogEntry, LogSource, Outcome

Value = int | str | tuple[str, ...]
"""Sessions or pain as a number, how it went as its code, warning signs as theirs."""


class Row(StrEnum):
    """The kinds of rows of the grid."""

    EXERCISE = "exercise"
    PAIN = "pain"
    FEEL = "feel"
    SIGNS = "signs"


@dataclass(frozen=True, kw_only=True)
class Cell:
    """One box of the log: a row on a day. A row of an exercise is named by its item's key."""

    row: Row
    day: date
    item_key: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class ToldCell:
    """What a cell holds, where it was told, and by whom at the clinic; `sessions` are those of an exercise's day."""

    value: Value
    source: LogSource
    by: str = ""
    sessions: Mapping[int, Outcome] = field(default_factory=dict)

    @property
    def elsewhere(self) -> bool:
        """Whether it was told on the page or through the API, so that a sheet does not undo it."""
        return self.source != LogSource.PAPER


PAPER_ANSWERS = (Feel.TOO_EASY, Feel.RIGHT, Feel.TOO_HARD, Feel.HURT)
"""How a week was, in the order in which the paper asks."""


def say_feel(feel: str) -> str:
    """Return the answer in the paper's words; one that it has not in its own."""
    words = dict(zip(PAPER_ANSWERS, say_answers(), strict=True))
    return words.get(Feel(feel)) or str(Feel(feel).label)


def count_boxes(item: ItemContent) -> int:
    """Return how many boxes a day of the exercise has in the log: the upper bound of its dose."""
    times = item.dose.times_per_day
    return times.high if times else 1


def told_cells(plan_id: UUID, *, first: date, last: date) -> dict[Cell, ToldCell]:
    """Return the cells of these days of which something is known. Two questions to the database."""
    return {**_of_exercises(plan_id, first, last), **_of_days(plan_id, first, last)}


def _of_exercises(plan_id: UUID, first: date, last: date) -> dict[Cell, ToldCell]:
    rows: dict[Cell, list[LogEntry]] = defaultdict(list)
    entries = LogEntry.objects.filter(plan=plan_id, day__range=(first, last)).select_related("recorded_by")
    for entry in entries.order_by("session"):
        rows[Cell(row=Row.EXERCISE, day=entry.day, item_key=entry.item_key)].append(entry)
    return {cell: _count_sessions(entries) for cell, entries in rows.items()}


def _count_sessions(entries: list[LogEntry]) -> ToldCell:
    elsewhere = [entry for entry in entries if entry.source != LogSource.PAPER]
    named = (elsewhere or entries)[-1]
    return ToldCell(
        value=sum(entry.outcome != Outcome.SKIPPED for entry in entries),
        sessions={entry.session: Outcome(entry.outcome) for entry in entries},
        **_origin(named),
    )


def _of_days(plan_id: UUID, first: date, last: date) -> dict[Cell, ToldCell]:
    entries = DayEntry.objects.filter(plan=plan_id, day__range=(first, last)).select_related("recorded_by")
    found = {}
    for entry in entries:
        if entry.pain is not None:
            found[Cell(row=Row.PAIN, day=entry.day)] = ToldCell(value=entry.pain, **_origin(entry))
        if entry.feel:
            found[Cell(row=Row.FEEL, day=entry.day)] = ToldCell(value=entry.feel, **_origin(entry))
        if entry.signs:
            signs = tuple(sorted(entry.signs))
            found[Cell(row=Row.SIGNS, day=entry.day)] = ToldCell(value=signs, **_origin(entry))
    return found


def _origin(entry: LogEntry | DayEntry) -> dict[str, Any]:
    by = str(entry.recorded_by) if entry.recorded_by else ""
    return {"source": LogSource(entry.source), "by": by}
