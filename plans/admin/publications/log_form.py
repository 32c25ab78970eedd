"""What was keyed in on the grid of a log, read cell by cell."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from django.http import QueryDict
from django.utils.translation import gettext as _

from plans.actions.logs.paper import KeyedCell
from plans.admin.publications.presenters.log import Exercise, Sheet, Typed
from plans.models.logs import MAX_PAIN, MAX_SESSIONS
from plans.queries.log_weeks import LogWeek
from plans.queries.told_cells import Row, Value

ALL = "a"
TEN = "t"
"""One key for what takes two."""
MAX_DIGITS = 3
PLACES = "1234567"
BETWEEN = str.maketrans("", "", " ,.;-+")
"""What people write between the numbers of days."""


@dataclass(frozen=True, kw_only=True)
class Keyed:
    """The cells that can be read, and the fields that cannot with what is wrong with them."""

    cells: list[KeyedCell] = field(default_factory=list)
    problems: dict[str, str] = field(default_factory=dict)


def read_log(sheet: Sheet, week: LogWeek, data: QueryDict) -> Keyed:
    """Read the posted fields of a week. A cell that was not shown as a field is left as it is."""
    keyed, seen = Keyed(), _read_seen(data.get("seen", ""))
    said = _read_rows(sheet, week, data, keyed)
    for name, cell in sheet.names(week).items():
        if name not in data:
            continue
        before = seen.get(name)
        if cell.row is Row.SIGNS:
            value: Value | None = tuple(sorted({code for code in data.getlist(name) if code})) or None
        elif cell.row is Row.FEEL:
            value = data.get(name, "") or None
        else:
            try:
                value = read_number(
                    data.get(name, ""), most=MAX_PAIN if cell.row is Row.PAIN else MAX_SESSIONS
                )
            except ValueError as error:
                keyed.problems[name] = str(error)
                continue
            # A number in a cell says more than its row does of all of them.
            value = said.get(name) if value is None else value
        keyed.cells.append(KeyedCell(cell=cell, value=value, seen=before))
    return keyed


def read_number(text: str, *, most: int) -> int | None:
    """Return the number, None for a blank. Raises ValueError with what is wrong, in words."""
    text = text.strip()
    if not text:
        return None
    is_number = text.isascii() and text.isdigit() and len(text) <= MAX_DIGITS
    number = 10 if text.lower() == TEN else int(text) if is_number else -1
    if not 0 <= number <= most:
        raise ValueError(_("Write a whole number from 0 to %(most)s, or nothing.") % {"most": most})
    return number


def as_typed(sheet: Sheet, week: LogWeek, data: QueryDict, problems: Mapping[str, str]) -> Typed:
    """Return what the page shows again of what was not kept."""
    names = sheet.names(week)
    rows = [one.row_name for one in sheet.exercises]
    signs = [name for name, cell in names.items() if cell.row is Row.SIGNS]
    return Typed(
        fields={name: data.get(name, "") for name in (*names, *rows) if name in data},
        signs={name: [code for code in data.getlist(name) if code] for name in signs if name in data},
        problems=problems,
    )


def _read_rows(sheet: Sheet, week: LogWeek, data: QueryDict, keyed: Keyed) -> dict[str, int]:
    """Return what the fields of whole rows say of their cells, by the cells' names."""
    found = {}
    for exercise in sheet.exercises:
        try:
            days = _read_days(exercise, sheet, week, data.get(exercise.row_name, ""))
            found.update({f"{exercise.row_name}_{day}": exercise.boxes for day in days})
        except ValueError as error:
            keyed.problems[exercise.row_name] = str(error)
    return found


def _read_days(exercise: Exercise, sheet: Sheet, week: LogWeek, text: str) -> list[date]:
    """Return the days that a row's field names. Raises ValueError with what is wrong, in words."""
    said, open_days = text.strip().lower().translate(BETWEEN), sheet.days(week)
    if said == ALL:
        if not exercise.is_daily:
            raise ValueError(
                _("This is planned on %(days)s: key the numbers of the days, such as 1 3 5.")
                % {"days": exercise.days}
            )
        return [day for day in open_days if exercise.is_planned_on(day)]
    if not set(said) <= set(PLACES):
        raise ValueError(_("Write “a” for all days, or the numbers of days, such as 1 3 5."))
    days = [week.days[PLACES.index(place)] for place in dict.fromkeys(said)]
    if any(day not in open_days for day in days):
        raise ValueError(_("One of these days has not come yet, or the plan was not there on it."))
    return days


def _read_seen(text: str) -> dict[str, Value]:
    """Return what the fields held when they were shown; of what no page of ours wrote, nothing was seen."""
    try:
        told = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    if not isinstance(told, dict):
        return {}
    values = {
        name: tuple(map(str, value)) if isinstance(value, list) else value for name, value in told.items()
    }
    return {name: value for name, value in values.items() if isinstance(value, int | str | tuple)}
