"""Key in the log of a sheet: what the patient wrote on paper becomes the same rows as what is told on the page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction

from plans import audit, permissions
from plans.actions.follow_ups import raise_follow_ups
from plans.actions.logs.telling import tell_day, tell_exercise
from plans.content import from_json
from plans.exceptions import PlansError
from plans.models import AuditVerb, DayEntry, LogEntry, LogSource, Outcome, Plan, Publication, User
from plans.models.logs import MAX_SESSIONS
from plans.permissions import NotAllowed
from plans.queries.told_cells import Cell, Row, ToldCell, Value, count_boxes, say_feel, told_cells


class CellChanged(PlansError):
    """Meanwhile {by} keyed in {value}. Save again to have yours instead."""

    code = "log_cell_changed"


class CellEmptied(PlansError):
    """Meanwhile somebody emptied it. Save again to have yours."""

    code = "log_cell_emptied"


class CellToldElsewhere(PlansError):
    """The patient has told {value} already, and that stays. Paper only adds sessions that were not told."""

    code = "log_cell_told_elsewhere"


class ImpossibleCount(PlansError):
    """How many times it was done on a day is a number from 0 to {most}."""

    code = "log_impossible_count"


class CellsRefused(PlansError):
    """Nothing is kept yet: {count} cell(s) cannot be kept as they are."""

    code = "log_cells_refused"

    def __init__(self, problems: Mapping[Cell, PlansError]) -> None:
        super().__init__(count=len(problems))
        self.problems = problems


@dataclass(frozen=True, kw_only=True)
class KeyedCell:
    """A cell as somebody left it who had `seen` something in it; None is an empty one, of which nothing is known."""

    cell: Cell
    value: Value | None
    seen: Value | None = None


@dataclass(frozen=True, kw_only=True)
class KeyedIn:
    """How many cells were changed, and how many of the others say something else than what was seen in them."""

    changed: int = 0
    meanwhile: int = 0


@transaction.atomic
def key_in_log(*, publication: Publication, cells: Sequence[KeyedCell], by: User) -> KeyedIn:
    """Write what was keyed in from a sheet.

    A number of sessions says that so many of the day were done, and nothing of the rest; 0 says that none of those
    planned was. An empty cell is unknown: one that somebody empties is unknown again. What was told elsewhere stays.

    Raises NotAllowed, and CellsRefused with each cell that cannot be kept; then nothing is written.
    """
    rows = Plan.objects.select_for_update(of=("self",)).select_related("patient__clinic")
    plan = rows.get(pk=publication.plan_id)
    if not permissions.may_care_for(by, plan.patient):
        raise NotAllowed
    if not cells:
        return KeyedIn()
    days = [keyed.cell.day for keyed in cells]
    told = told_cells(plan.pk, first=min(days), last=max(days))
    stored = {cell: row.value for cell, row in told.items()}
    changed = [one for one in cells if one.value not in (one.seen, stored.get(one.cell))]
    _write(_Sheet(publication, by), changed, told)
    for day in sorted({one.cell.day for one in changed}):
        raise_follow_ups(plan=plan, day=day)
    if changed:
        detail: dict[str, audit.Detail] = {
            "from": min(days).isoformat(),
            "to": max(days).isoformat(),
            "cells": len(changed),
        }
        audit.append(
            verb=AuditVerb.LOG_KEYED_IN,
            by=by,
            what=publication,
            detail=detail,
            **audit.place_of(plan.patient),
        )
    untouched = [one for one in cells if one.value == one.seen]
    meanwhile = sum(one.seen != stored.get(one.cell) for one in untouched)
    return KeyedIn(changed=len(changed), meanwhile=meanwhile)


def _write(sheet: "_Sheet", cells: Sequence[KeyedCell], told: Mapping[Cell, ToldCell]) -> None:
    problems: dict[Cell, PlansError] = {}
    for keyed in cells:
        try:
            sheet.write(keyed, told.get(keyed.cell))
        except PlansError as error:
            problems[keyed.cell] = error
    if problems:
        raise CellsRefused(problems)


class _Sheet:
    """Writes the cells of one sheet."""

    def __init__(self, publication: Publication, by: User) -> None:
        items = from_json(publication.content.json).items
        self._planned = {UUID(item.key): count_boxes(item) for item in items}
        self._publication, self._by = publication, by

    def write(self, keyed: KeyedCell, told: ToldCell | None) -> None:
        if keyed.cell.item_key:
            self._write_sessions(keyed.cell.item_key, keyed, told)
        else:
            self._write_day(keyed, told)

    def _write_sessions(self, item_key: UUID, keyed: KeyedCell, told: ToldCell | None) -> None:
        cell, count = keyed.cell, _count_in(keyed)
        planned = self._planned.get(item_key, 1)
        has = told.sessions if told else {}
        if told and told.elsewhere:
            wanted = _add_to(told, count, planned)
        else:
            _hold_against(keyed, told)
            wanted = _sessions(count, planned)
        for session, outcome in wanted.items():
            if has.get(session) != outcome:
                tell_exercise(item_key=item_key, session=session, outcome=outcome, **self._said(cell))
        gone = LogEntry.objects.filter(plan=self._publication.plan_id, item_key=item_key, day=cell.day)
        if taken_back := has.keys() - wanted.keys():
            gone.filter(session__in=taken_back).delete()

    def _write_day(self, keyed: KeyedCell, told: ToldCell | None) -> None:
        if told and told.elsewhere:
            raise CellToldElsewhere(value=_say(told.value))
        _hold_against(keyed, told)
        cell = keyed.cell
        entry = DayEntry.objects.filter(plan=self._publication.plan_id, day=cell.day).first()
        values = {name: getattr(entry, name) for name in ("pain", "feel", "signs", "words")} if entry else {}
        values[cell.row.value] = EMPTY[cell.row] if keyed.value is None else keyed.value
        if entry and all(value in (None, "", [], ()) for value in values.values()):
            entry.delete()
        else:
            # As a whole: a number that somebody empties is taken back, and what else was told of the day stays.
            tell_day(whole=True, **values, **self._said(cell))

    def _said(self, cell: Cell) -> dict[str, Any]:
        return {
            "publication": self._publication,
            "day": cell.day,
            "client_id": uuid4(),
            "source": LogSource.PAPER,
            "by": self._by,
            # Once for a day, and not for each of its cells.
            "follows": False,
        }


EMPTY: Mapping[Row, Any] = {Row.PAIN: None, Row.FEEL: "", Row.SIGNS: ()}


def _hold_against(keyed: KeyedCell, told: ToldCell | None) -> None:
    """Raise if somebody wrote into the cell since it was seen."""
    if (told.value if told else None) == keyed.seen:
        return
    if told is None:
        raise CellEmptied
    raise CellChanged(value=_say(told.value), by=told.by)


def _count_in(keyed: KeyedCell) -> int | None:
    value = keyed.value
    if value is None or (isinstance(value, int) and 0 <= value <= MAX_SESSIONS):
        return value
    raise ImpossibleCount(most=MAX_SESSIONS)


def _sessions(count: int | None, planned: int) -> dict[int, Outcome]:
    """Return the sessions of a day that a number tells of: so many done, or none of those planned."""
    if count is None:
        return {}
    outcome = Outcome.ALL if count else Outcome.SKIPPED
    return dict.fromkeys(range(1, (count or planned) + 1), outcome)


def _add_to(told: ToldCell, count: int | None, planned: int) -> dict[int, Outcome]:
    """Return what was told elsewhere with the sessions that paper has beside it."""
    more = (count or 0) - sum(outcome != Outcome.SKIPPED for outcome in told.sessions.values())
    free = [session for session in range(1, planned + 1) if session not in told.sessions]
    if not 0 < more <= len(free):
        raise CellToldElsewhere(value=_say(told.value))
    return {**told.sessions, **dict.fromkeys(free[:more], Outcome.ALL)}


def _say(value: Value) -> str:
    if isinstance(value, tuple):
        return ", ".join(value)
    return say_feel(value) if isinstance(value, str) else str(value)
