"""The log of a sheet is kept as what is told on the page, whole or not at all, and over nothing that was told there."""

from datetime import timedelta

import pytest
from django.utils import translation

from plans.actions.logs.paper import (
    CellChanged,
    CellEmptied,
    CellsRefused,
    CellToldElsewhere,
    ImpossibleCount,
    KeyedCell,
    KeyedIn,
    key_in_log,
)
from plans.models import AuditEvent, AuditVerb, DayEntry, FollowUp, LogEntry, LogSource
from plans.permissions import NotAllowed
from plans.queries.told_cells import Cell, Row
from tests import factories
from tests.logs import issue_again, issued_days_ago, keys_of, plan_of, tell, tell_day

DAY = timedelta(days=1)


@pytest.fixture
def publication(pat):
    return issued_days_ago(plan_of(pat, 2, times_per_day_min=2, times_per_day_max=2), 10)


@pytest.fixture
def day(clinic):
    return clinic.today() - 5 * DAY


@pytest.fixture
def colleague(clinic):
    return factories.lead(clinic)


def of_exercise(publication, day, number=1):
    return Cell(row=Row.EXERCISE, day=day, item_key=keys_of(publication)[number - 1])


def keyed(cell, value, seen=None):
    return KeyedCell(cell=cell, value=value, seen=seen)


def key_in(publication, by, *cells):
    return key_in_log(publication=publication, cells=cells, by=by)


def sessions():
    return list(LogEntry.objects.order_by("day", "session").values_list("session", "outcome"))


def refused(publication, by, *cells):
    """Key in what is refused, and give what is wrong by the cell; nothing is written."""
    before = (sessions(), list(DayEntry.objects.order_by("day").values_list("pain", "feel", "signs")))
    with pytest.raises(CellsRefused) as info:
        key_in(publication, by, *cells)
    assert before == (sessions(), list(DayEntry.objects.order_by("day").values_list("pain", "feel", "signs")))
    return info.value.problems


# --- The same rows ---


def test_a_number_says_how_many_sessions_were_done_and_nothing_of_the_rest(publication, pat, day):
    cell = of_exercise(publication, day)
    assert key_in(publication, pat, keyed(cell, 1)) == KeyedIn(changed=1)
    row = LogEntry.objects.get()
    assert (row.plan, row.publication, row.item_key, row.day) == (
        publication.plan,
        publication,
        cell.item_key,
        day,
    )
    assert (row.session, row.outcome, row.source, row.recorded_by) == (1, "all", LogSource.PAPER, pat)


def test_0_says_of_all_planned_sessions_that_they_were_not_done(publication, pat, day):
    key_in(publication, pat, keyed(of_exercise(publication, day), 0))
    assert sessions() == [(1, "skipped"), (2, "skipped")]


def test_an_empty_cell_stays_unknown(publication, pat, day):
    done = key_in(publication, pat, keyed(of_exercise(publication, day), None))
    assert done == KeyedIn()
    assert sessions() == []
    assert not AuditEvent.objects.filter(verb=AuditVerb.LOG_KEYED_IN).exists()


def test_pain_the_weeks_answer_and_signs_stand_on_their_day(publication, pat, day):
    key_in(
        publication,
        pat,
        keyed(Cell(row=Row.PAIN, day=day), 0),
        keyed(Cell(row=Row.FEEL, day=day), "too_hard"),
        keyed(Cell(row=Row.SIGNS, day=day), ("fever",)),
    )
    row = DayEntry.objects.get()
    assert (row.day, row.pain, row.feel, row.signs) == (day, 0, "too_hard", ["fever"])
    assert (row.source, row.recorded_by, row.publication) == (LogSource.PAPER, pat, publication)


def test_a_sheet_of_a_replaced_version_keeps_its_own(publication, pat, day):
    issue_again(publication, pat)
    key_in(publication, pat, keyed(of_exercise(publication, day), 1))
    assert LogEntry.objects.get().publication == publication


def test_the_trail_says_who_keyed_in_which_sheet(publication, pat, day):
    key_in(
        publication,
        pat,
        keyed(of_exercise(publication, day), 1),
        keyed(Cell(row=Row.PAIN, day=day + DAY), 7),
    )
    event = AuditEvent.objects.get(verb=AuditVerb.LOG_KEYED_IN)
    assert (event.created_by, event.object_id) == (pat, str(publication.pk))
    assert event.patient_id == publication.plan.patient_id
    assert event.detail == {"from": day.isoformat(), "to": (day + DAY).isoformat(), "cells": 2}


# --- Corrections ---


@pytest.mark.parametrize(
    ("first", "then", "rows"),
    [
        (1, 2, [(1, "all"), (2, "all")]),
        (2, 1, [(1, "all")]),
        (2, 0, [(1, "skipped"), (2, "skipped")]),
        (0, 1, [(1, "all")]),
        (1, None, []),
    ],
)
def test_a_cell_from_paper_is_corrected(publication, pat, day, first, then, rows):
    cell = of_exercise(publication, day)
    key_in(publication, pat, keyed(cell, first))
    key_in(publication, pat, keyed(cell, then, seen=first))
    assert sessions() == rows


def test_a_day_that_is_emptied_is_unknown_again_and_its_rest_stays(publication, pat, day):
    pain, feel = Cell(row=Row.PAIN, day=day), Cell(row=Row.FEEL, day=day)
    key_in(publication, pat, keyed(pain, 4), keyed(feel, "right"))
    key_in(publication, pat, keyed(pain, None, seen=4))
    row = DayEntry.objects.get()
    assert (row.pain, row.feel) == (None, "right")
    key_in(publication, pat, keyed(feel, None, seen="right"))
    assert not DayEntry.objects.exists()


def test_the_same_again_writes_nothing(publication, pat, day):
    cells = [keyed(of_exercise(publication, day), 2), keyed(Cell(row=Row.PAIN, day=day), 3)]
    key_in(publication, pat, *cells)
    assert key_in(publication, pat, *cells) == KeyedIn()
    assert AuditEvent.objects.filter(verb=AuditVerb.LOG_KEYED_IN).count() == 1


# --- Whole or not at all ---


def test_one_bad_cell_keeps_all_others_back(publication, pat, day, clinic):
    good, bad = of_exercise(publication, day), of_exercise(publication, day, number=2)
    pain, future = Cell(row=Row.PAIN, day=day), Cell(row=Row.PAIN, day=clinic.today() + DAY)
    problems = refused(publication, pat, keyed(good, 1), keyed(bad, 11), keyed(pain, 11), keyed(future, 3))
    assert set(problems) == {bad, pain, future}
    assert isinstance(problems[bad], ImpossibleCount)


@pytest.mark.parametrize("value", [-1, "2", ("fever",)])
def test_what_is_no_number_of_sessions(publication, pat, day, value):
    cell = of_exercise(publication, day)
    assert isinstance(refused(publication, pat, keyed(cell, value))[cell], ImpossibleCount)


# --- Two people, and the page ---


def test_a_cell_that_somebody_else_filled_in_is_not_overwritten_unseen(publication, pat, colleague, day):
    cell = of_exercise(publication, day)
    key_in(publication, colleague, keyed(cell, 2))
    problem = refused(publication, pat, keyed(cell, 1))[cell]
    assert isinstance(problem, CellChanged)
    assert str(problem) == f"Meanwhile {colleague} keyed in 2. Save again to have yours instead."
    key_in(publication, pat, keyed(cell, 1, seen=2))
    assert sessions() == [(1, "all")]


def test_what_somebody_else_keyed_in_of_the_week_is_said_in_the_papers_words(
    publication, pat, colleague, day
):
    cell = Cell(row=Row.FEEL, day=day)
    key_in(publication, colleague, keyed(cell, "right"))
    with translation.override("es"):
        problem = refused(publication, pat, keyed(cell, "hurt"))[cell]
    assert f"{colleague} escribió bien." in str(problem)


def test_a_cell_that_somebody_else_emptied_is_said(publication, pat, colleague, day):
    cell = Cell(row=Row.PAIN, day=day)
    key_in(publication, pat, keyed(cell, 5))
    key_in(publication, colleague, keyed(cell, None, seen=5))
    assert isinstance(refused(publication, pat, keyed(cell, 6, seen=5))[cell], CellEmptied)


def test_two_people_who_key_in_the_same_write_it_once(publication, pat, colleague, day):
    cell = of_exercise(publication, day)
    key_in(publication, colleague, keyed(cell, 2))
    assert key_in(publication, pat, keyed(cell, 2)) == KeyedIn()
    assert {row.recorded_by for row in LogEntry.objects.all()} == {colleague}


def test_what_others_wrote_into_cells_that_were_left_alone_is_counted_and_stays(
    publication, pat, colleague, day
):
    mine, theirs = of_exercise(publication, day), of_exercise(publication, day, number=2)
    key_in(publication, colleague, keyed(theirs, 2))
    done = key_in(publication, pat, keyed(mine, 1), keyed(theirs, None))
    assert done == KeyedIn(changed=1, meanwhile=1)
    assert LogEntry.objects.count() == 3


@pytest.mark.parametrize("value", [0, 1, None])
def test_what_the_page_told_stays(publication, pat, day, value):
    cell = of_exercise(publication, day)
    for session in (1, 2):
        tell(publication, day=day, session=session, source=LogSource.API)
    problem = refused(publication, pat, keyed(cell, value, seen=2))[cell]
    assert isinstance(problem, CellToldElsewhere)


def test_paper_adds_the_session_that_the_page_was_not_told(publication, pat, day):
    cell = of_exercise(publication, day)
    tell(publication, day=day, session=2, outcome="part", source=LogSource.API)
    key_in(publication, pat, keyed(cell, 2, seen=1))
    assert sessions() == [(1, "all"), (2, "part")]
    assert LogEntry.objects.get(session=2).source == LogSource.API


def test_a_session_that_was_skipped_on_the_page_is_not_done_on_paper(publication, pat, day):
    cell = of_exercise(publication, day)
    tell(publication, day=day, session=1, outcome="skipped", source=LogSource.API)
    assert cell in refused(publication, pat, keyed(cell, 2, seen=0))


def test_the_pages_pain_stays_and_paper_adds_what_it_left_out(publication, pat, day):
    tell_day(publication, day=day, pain=3, words="In the morning.", source=LogSource.API)
    pain = Cell(row=Row.PAIN, day=day)
    assert isinstance(refused(publication, pat, keyed(pain, 4, seen=3))[pain], CellToldElsewhere)
    key_in(publication, pat, keyed(Cell(row=Row.FEEL, day=day), "right"))
    row = DayEntry.objects.get()
    assert (row.pain, row.feel, row.words) == (3, "right", "In the morning.")


# --- Who may ---


def test_only_who_treats_the_patient_keys_in(publication, day, clinic):
    with pytest.raises(NotAllowed):
        key_in(publication, factories.therapist(clinic), keyed(of_exercise(publication, day), 1))
    assert sessions() == []


# --- Follow-ups ---


def kinds():
    return sorted(FollowUp.objects.filter(ended_at=None).values_list("kind", flat=True))


def test_high_pain_and_a_warning_sign_raise_follow_ups_as_from_the_page(publication, pat, day):
    pain, signs = Cell(row=Row.PAIN, day=day), Cell(row=Row.SIGNS, day=day)
    key_in(publication, pat, keyed(pain, 5), keyed(of_exercise(publication, day), 2))
    assert kinds() == []
    key_in(publication, pat, keyed(pain, 9, seen=5), keyed(signs, ("fever",)))
    assert kinds() == ["pain", "sign"]


def test_a_week_looks_at_each_of_its_days_once(publication, pat, day, monkeypatch):
    looked = []
    monkeypatch.setattr(
        "plans.actions.logs.paper.raise_follow_ups", lambda *, plan, day: looked.append((plan.pk, day))
    )
    cells = [of_exercise(publication, one, number) for one in (day, day + DAY) for number in (1, 2)]
    key_in(publication, pat, *(keyed(cell, 1) for cell in cells))
    assert looked == [(publication.plan_id, day), (publication.plan_id, day + DAY)]
