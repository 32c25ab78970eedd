"""The log that a patient fills in: its weeks, and a row for each exercise with a box for each session of a day."""

import math
from dataclasses import dataclass
from datetime import timedelta

from django.utils.translation import gettext, pgettext

from plans.content import ItemContent, PlanContent
from plans.handout import phrases
from plans.languages import Language

USUAL_WEEKS = 4
"""Of a plan that does not say when it is looked at again."""
MAX_WEEKS = 8
DAYS = 7


@dataclass(frozen=True, kw_only=True)
class LogRow:
    """An exercise in the log. `days` is said when it is not done every day."""

    number: int
    name: str
    sessions: int
    days: str


@dataclass(frozen=True, kw_only=True)
class Log:
    """`weeks` has the number of each week that may be printed; the page takes as many as it has room for."""

    instruction: str
    weeks: range
    rows: tuple[LogRow, ...]
    answers: tuple[str, ...]


def make_log(content: PlanContent, items: tuple[ItemContent, ...], language: Language) -> Log:
    """Return the log in the active language; `items` are the content's, as this page writes them."""
    return Log(
        instruction=say_instruction(),
        weeks=range(1, count_weeks(content) + 1),
        rows=tuple(_make_row(item, language) for item in items),
        answers=say_answers(),
    )


def count_weeks(content: PlanContent) -> int:
    if content.review_date is None:
        return USUAL_WEEKS
    days = content.review_date - (content.start_date or content.issued_on)
    return min(max(math.ceil(days / timedelta(days=DAYS)), 1), MAX_WEEKS)


def say_instruction() -> str:
    return phrases.keep_ranges(
        gettext("Tick a box each time you do the exercise. Write down your pain each day, from 0 to 10.")
    )


def say_answers() -> tuple[str, ...]:
    return (
        pgettext("the week was", "too easy"),
        pgettext("the week was", "right"),
        pgettext("the week was", "too hard"),
        pgettext("the week was", "it hurt"),
    )


def _make_row(item: ItemContent, language: Language) -> LogRow:
    times, days = item.dose.times_per_day, item.dose.days_per_week
    return LogRow(
        number=item.number,
        name=item.name,
        sessions=times.high if times else 1,
        days=phrases.say_days(item.dose, language) if days and days.low < DAYS else "",
    )
