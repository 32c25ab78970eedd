"""The log of a sheet as a grid: a row for each exercise, a column for each day, as the paper has them."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from plans.content import ItemContent, PlanContent, from_json
from plans.contraindications import RedFlag
from plans.handout.log import LogRow, make_log
from plans.languages import get_language
from plans.models import Feel, LogSource, Publication
from plans.models.logs import MAX_PAIN, MAX_SESSIONS
from plans.queries.log_weeks import LogWeek, LogWeeks, log_weeks
from plans.queries.logs import say_signs
from plans.queries.told_cells import PAPER_ANSWERS, Cell, Row, ToldCell, Value, count_boxes, say_feel


@dataclass(frozen=True, kw_only=True)
class Exercise:
    """A row of the paper; `is_daily` where one key says all of it, on the days until `until`."""

    item: ItemContent
    key: UUID
    name: str
    days: str
    boxes: int

    @property
    def number(self) -> int:
        return self.item.number

    @property
    def is_daily(self) -> bool:
        return not self.days

    def is_planned_on(self, day: date) -> bool:
        return self.is_daily and (self.item.dose.until is None or day <= self.item.dose.until)

    @property
    def row_name(self) -> str:
        """The name of the field that says the whole row."""
        return f"row_{self.number}"

    def cell(self, day: date) -> Cell:
        return Cell(row=Row.EXERCISE, day=day, item_key=self.key)


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """What the paper says: its exercises and its weeks."""

    publication: Publication
    content: PlanContent
    exercises: tuple[Exercise, ...]
    weeks: LogWeeks

    def days(self, week: LogWeek) -> tuple[date, ...]:
        """Return the days of a week that can have been done."""
        return tuple(day for day in week.days if self.weeks.may_have(day))

    def names(self, week: LogWeek) -> dict[str, Cell]:
        """Return the cells of a week by the names of their fields."""
        days = self.days(week)
        found = {f"{one.row_name}_{day}": one.cell(day) for one in self.exercises for day in days}
        found |= {f"pain_{day}": Cell(row=Row.PAIN, day=day) for day in days}
        found |= {f"signs_{day}": Cell(row=Row.SIGNS, day=day) for day in days}
        # How the week was is known on its last day, and stands there.
        return found | {f"feel_{days[-1]}": Cell(row=Row.FEEL, day=days[-1])}


def read_sheet(publication: Publication) -> Sheet:
    content = from_json(publication.content.json)
    language = get_language(content.language, locale=content.clinic.locale)
    with translation.override(language.code):
        rows = make_log(content, content.items, language).rows
    return Sheet(
        publication=publication,
        content=content,
        exercises=tuple(_exercise(item, row) for item, row in zip(content.items, rows, strict=True)),
        weeks=log_weeks(publication, content),
    )


def _exercise(item: ItemContent, row: LogRow) -> Exercise:
    return Exercise(item=item, key=UUID(item.key), name=row.name, days=row.days, boxes=count_boxes(item))


@dataclass(frozen=True, kw_only=True)
class GridCell:
    """A cell as it is shown: a field, or, where it is `locked`, only words; none on a day that has no name."""

    name: str = ""
    value: str = ""
    note: str = ""
    locked: bool = False
    in_all: bool = False
    error: str = ""
    codes: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class GridRow:
    """An exercise's days; `typed` is what stands in the field that says them all."""

    exercise: Exercise
    cells: Sequence[GridCell]
    typed: str
    error: str


@dataclass(frozen=True, kw_only=True)
class SignRow:
    """A warning sign, and on which days it may be ticked."""

    code: str
    words: str
    cells: Sequence[GridCell]


@dataclass(frozen=True, kw_only=True)
class Grid:
    """What the page shows of one week; `seen` is what its fields held when they were shown."""

    week: LogWeek
    rows: Sequence[GridRow]
    pain: Sequence[GridCell]
    feel: GridCell
    answers: Sequence[tuple[str, str]]
    signs: Sequence[SignRow]
    has_signs: bool
    has_told: bool
    seen: str
    problems: Sequence[tuple[str, str, str]]
    most_sessions: int = MAX_SESSIONS
    most_pain: int = MAX_PAIN


@dataclass(frozen=True, kw_only=True)
class Typed:
    """What somebody typed that is not kept yet, and what is wrong with it, by the names of the fields."""

    fields: Mapping[str, str] = field(default_factory=dict)
    signs: Mapping[str, Sequence[str]] = field(default_factory=dict)
    problems: Mapping[str, str] = field(default_factory=dict)


def make_grid(sheet: Sheet, week: LogWeek, told: Mapping[Cell, ToldCell], typed: Typed) -> Grid:
    names = {cell: name for name, cell in sheet.names(week).items()}
    cells = {cell: _cell(name, cell, told.get(cell), sheet, typed) for cell, name in names.items()}

    def across(row: Row) -> list[GridCell]:
        return [cells.get(Cell(row=row, day=day), GridCell()) for day in week.days]

    rows = [
        GridRow(
            exercise=one,
            cells=[cells.get(one.cell(day), GridCell()) for day in week.days],
            typed=typed.fields.get(one.row_name, ""),
            error=typed.problems.get(one.row_name, ""),
        )
        for one in sheet.exercises
    ]
    feel = next(cell for place, cell in cells.items() if place.row is Row.FEEL)
    signs = across(Row.SIGNS)
    return Grid(
        week=week,
        rows=rows,
        pain=across(Row.PAIN),
        feel=feel,
        answers=_answers(feel.value),
        signs=[
            SignRow(code=code, words=words, cells=signs)
            for code, words in _signs(sheet.content, signs).items()
        ],
        has_signs=any(cell.codes or cell.error for cell in signs),
        has_told=any(cell.locked for cell in cells.values()),
        seen=json.dumps(
            {
                name: told[cell].value
                for cell, name in names.items()
                if cell in told and not cells[cell].locked
            }
        ),
        problems=[
            (name, place, typed.problems[name])
            for name, place in _places(sheet, week)
            if name in typed.problems
        ],
    )


def _cell(name: str, cell: Cell, told: ToldCell | None, sheet: Sheet, typed: Typed) -> GridCell:
    exercise = next((one for one in sheet.exercises if one.key == cell.item_key), None)
    locked = bool(told and is_locked(told, boxes=exercise.boxes if exercise else 1))
    shown = _shown(told.value) if told else ""
    codes: Sequence[str] = told.value if told and isinstance(told.value, tuple) else ()
    return GridCell(
        name=name,
        value=shown if locked else typed.fields.get(name, shown),
        note=_note(told) if told else "",
        locked=locked,
        in_all=bool(exercise and exercise.is_planned_on(cell.day)),
        error=typed.problems.get(name, ""),
        codes=tuple(codes if locked else typed.signs.get(name, codes)),
    )


def is_locked(told: ToldCell, *, boxes: int) -> bool:
    """Whether nothing can be keyed in: it was told elsewhere, with each of its sessions."""
    return told.elsewhere and (not told.sessions or len(told.sessions) >= boxes)


def _shown(value: Value) -> str:
    return "" if isinstance(value, tuple) else str(value)


def _note(told: ToldCell) -> str:
    if told.source == LogSource.PAGE:
        return _("told on the page")
    if told.source == LogSource.API:
        return _("told through another system")
    return _("keyed in by %(name)s") % {"name": told.by}


def _answers(told: str) -> list[tuple[str, str]]:
    """Return the paper's answers, and the one that was told elsewhere; one key chooses one, by its place."""
    answers = [*PAPER_ANSWERS, *(feel for feel in Feel if feel == told and feel not in PAPER_ANSWERS)]
    return [(feel.value, f"{place} {say_feel(feel)}") for place, feel in enumerate(answers, start=1)]


def _signs(content: PlanContent, cells: Sequence[GridCell]) -> dict[str, str]:
    """Return the words of each sign that may be ticked, and the code of one that another version had."""
    told = {code: code for cell in cells for code in cell.codes}
    return told | say_signs(content, RedFlag.EMERGENCY) | say_signs(content, RedFlag.SAME_DAY)


def _places(sheet: Sheet, week: LogWeek) -> Iterator[tuple[str, str]]:
    """Return the name of each field with the words for where it stands, in the order of the page."""
    for one in sheet.exercises:
        yield one.row_name, f"{one.number}. {one.name}"
        for day in sheet.days(week):
            yield f"{one.row_name}_{day}", f"{one.number}. {one.name}, {say_day(day)}"
    for day in sheet.days(week):
        yield f"pain_{day}", _("Pain, %(day)s") % {"day": say_day(day)}
    yield f"feel_{sheet.days(week)[-1]}", _("How was this week?")
    for day in sheet.days(week):
        yield f"signs_{day}", _("Warning signs, %(day)s") % {"day": say_day(day)}


def say_day(day: date) -> str:
    return f"{date_format(day, 'D')} {date_format(day, 'j M')}"


def title_of(week: LogWeek) -> str:
    said: dict[str, Any] = {"day": date_format(week.first, "j F Y"), "number": week.number}
    if week.number is None:
        return _("Week from %(day)s") % said
    return _("Week %(number)s, from %(day)s") % said
