"""The first and last day of a plan; days and months later, to the end of the calendar."""

from datetime import date, timedelta

import pytest

from plans.contraindications import months_after
from plans.contraindications.days import DAYS_WITHOUT_END, days_after, first_day, last_day
from plans.dose import Dose, Span
from tests.contraindications.world import item, plan


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2028, 1, 31), 1, date(2028, 2, 29)),
        (date(2026, 11, 30), 1, date(2026, 12, 30)),
        (date(2026, 12, 5), 13, date(2028, 1, 5)),
        (date(9999, 10, 31), 1, date(9999, 11, 30)),
        (date(9999, 12, 1), 1, date.max),
    ],
)
def test_months_later_is_the_same_day_or_the_months_last(day, months, then):
    assert months_after(day, months) == then


@pytest.mark.parametrize(
    ("day", "days", "then"),
    [
        (date(2026, 2, 28), 1, date(2026, 3, 1)),
        (date(9999, 12, 30), 1, date.max),
        (date(9999, 12, 30), 5, date.max),
    ],
)
def test_days_later_end_with_the_calendar(day, days, then):
    assert days_after(day, days) == then


def ends_on(day, **dates):
    facts = plan(item(dose=Dose(repetitions=Span(5, 5), until=day)), **dates)
    return (last_day(facts) - first_day(facts)).days


def test_a_plan_ends_with_its_last_exercise_also_on_its_first_day():
    today = plan().today

    assert ends_on(today + timedelta(days=9), review_date=None) == 9
    assert ends_on(today, review_date=None) == 0
    # An end that is past ends nothing.
    assert ends_on(today - timedelta(days=1), review_date=None) == DAYS_WITHOUT_END
    assert ends_on(None, review_date=None) == DAYS_WITHOUT_END


def test_the_review_is_the_end_unless_it_is_past():
    today = plan().today

    assert ends_on(today + timedelta(days=9), review_date=today) == 0
    assert ends_on(today + timedelta(days=9), review_date=today - timedelta(days=1)) == 9
