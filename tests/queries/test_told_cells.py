"""What is told of the days of a plan, box by box."""

from datetime import timedelta

import pytest

from plans.content import from_json
from plans.models import LogSource, Outcome
from plans.queries.told_cells import Cell, Row, count_boxes, told_cells
from tests.logs import keys_of, plan_of, tell, tell_day


@pytest.fixture
def publication(pat):
    return plan_of(pat, times_per_day_min=2, times_per_day_max=3)


@pytest.fixture
def today(clinic):
    return clinic.today()


@pytest.fixture
def cell(publication, today):
    return Cell(row=Row.EXERCISE, day=today, item_key=keys_of(publication)[0])


def cells_of(publication, day):
    return told_cells(publication.plan_id, first=day, last=day)


def test_an_exercise_has_a_box_for_each_time_that_its_dose_may_ask_for(publication):
    assert count_boxes(from_json(publication.content.json).items[0]) == 3


def test_sessions_are_counted_but_those_that_were_skipped(publication, today, cell, pat):
    for session, outcome in enumerate(("all", "part", "skipped"), start=1):
        tell(publication, session=session, outcome=outcome, source=LogSource.PAPER, by=pat)
    told = cells_of(publication, today)[cell]
    assert (told.value, told.by, told.elsewhere) == (2, str(pat), False)
    assert told.sessions == {1: Outcome.ALL, 2: Outcome.PART, 3: Outcome.SKIPPED}


def test_nothing_done_is_0_and_nothing_told_is_no_cell(publication, today, cell, pat):
    assert cells_of(publication, today) == {}
    tell(publication, outcome="skipped", source=LogSource.PAPER, by=pat)
    assert cells_of(publication, today)[cell].value == 0


def test_one_session_from_the_page_makes_it_told_elsewhere(publication, today, cell, pat):
    tell(publication, session=1, source=LogSource.PAGE)
    tell(publication, session=2, source=LogSource.PAPER, by=pat)
    told = cells_of(publication, today)[cell]
    assert (told.source, told.elsewhere, told.by) == (LogSource.PAGE, True, "")


def test_a_day_has_a_cell_for_each_thing_that_was_said(publication, today):
    tell_day(publication, pain=0, feel="right", signs=["fever", "chest_pain_or_breathlessness"])
    told = cells_of(publication, today)
    assert {cell.row: row.value for cell, row in told.items()} == {
        Row.PAIN: 0,
        Row.FEEL: "right",
        Row.SIGNS: ("chest_pain_or_breathlessness", "fever"),
    }


def test_only_these_days_in_two_questions(publication, today, django_assert_num_queries):
    tell(publication)
    tell_day(publication, pain=3)
    yesterday = today - timedelta(days=1)
    with django_assert_num_queries(2):
        assert told_cells(publication.plan_id, first=yesterday, last=yesterday) == {}
