from datetime import date, timedelta

import pytest

from plans.contraindications import Level
from tests.contraindications.world import TODAY, codes, findings, plan, the


def test_no_condition_is_said_and_not_safe():
    found = the("no_condition", plan(conditions=()))
    assert (found.level, found.message) == (Level.CAUTION, "No condition is recorded: the rules cannot help.")


def test_review_date():
    assert the("review_date_missing", plan(review_date=None)).level is Level.CAUTION
    yesterday = TODAY - timedelta(days=1)
    assert the("review_date_past", plan(review_date=yesterday, start_date=None)).level is Level.CAUTION
    assert codes(plan(review_date=TODAY)) == []


@pytest.mark.parametrize(
    ("start", "review", "far"),
    [
        (TODAY, date(2026, 9, 2), False),
        (TODAY, date(2026, 9, 3), True),
        (date(2026, 8, 31), date(2027, 2, 28), False),
        (date(2026, 8, 31), date(2027, 3, 1), True),
        # A plan that has run for long is judged from today.
        (date(2024, 1, 1), date(2026, 9, 2), False),
        (None, date(2026, 9, 3), True),
        (None, date.max, True),
        (date.max, date.max, False),
    ],
)
def test_a_review_more_than_six_months_after_the_start_is_a_caution(start, review, far):
    found = [f for f in findings(plan(start_date=start, review_date=review)) if f.code == "review_date_far"]
    assert [f.level for f in found] == [Level.CAUTION] * far
    assert all(f"{review}, is more than 6 months after the start." in f.message for f in found)
