"""Rows by plan and day."""

from datetime import timedelta
from uuid import uuid4

import pytest

from plans.models import LogChange, LogEntry, LogSource
from plans.queries.logs import day_entries_of, entries_of, has_told, pain_by_day, read_told, worst_pains
from tests.logs import issued_days_ago, keys_of, plan_of, tell, tell_day

DAY = timedelta(days=1)


def test_entries_of_the_days_asked_for_and_of_this_plan_alone(pat, clinic):
    publication, other = (issued_days_ago(plan_of(pat), 9) for _ in range(2))
    today = clinic.today()
    for day in (today, today - DAY, today - 2 * DAY):
        tell(publication, day=day, source=LogSource.PAPER, by=pat)
        tell_day(publication, day=day, pain=1, source=LogSource.PAPER, by=pat)
    tell(other)

    assert [row.day for row in entries_of(publication.plan, first=today - DAY, last=today)] == [
        today,
        today - DAY,
    ]
    days = day_entries_of(publication.plan, first=today - 2 * DAY, last=today - DAY)
    assert [row.day for row in days] == [today - DAY, today - 2 * DAY]


def test_whether_anything_was_ever_told(pat):
    publication, other = plan_of(pat), plan_of(pat)
    assert not has_told(publication.plan)

    tell_day(publication, pain=1)

    assert has_told(publication.plan)
    assert not has_told(other.plan)


def test_the_worst_pain_of_a_day(pat, clinic, django_assert_num_queries):
    publication, other = (issued_days_ago(plan_of(pat, 2), 9) for _ in range(2))
    today, (first, second) = clinic.today(), keys_of(publication)
    tell(publication, first, pain_before=5)
    tell(publication, second, pain_after=3)
    tell_day(publication, pain=4)
    tell(publication, day=today - DAY)
    tell_day(publication, day=today - DAY, words="No number.")
    tell_day(publication, day=today - 2 * DAY, pain=0, source=LogSource.PAPER, by=pat)
    tell_day(other, pain=8)

    with django_assert_num_queries(2):
        found = pain_by_day([publication.plan, other.plan], first=today - 3 * DAY, last=today)

    assert found == {publication.plan_id: {today: 5, today - 2 * DAY: 0}, other.plan_id: {today: 8}}
    days = {"first": today - 3 * DAY, "last": today}
    with django_assert_num_queries(2):
        assert worst_pains(read_told([publication.plan, other.plan], **days)) == found


@pytest.mark.any_engine
def test_an_index_leads_to_the_rows_however_many_there_are(pat, clinic):
    publication, today = plan_of(pat), clinic.today()
    days = {"first": today - 27 * DAY, "last": today}
    asked = [
        entries_of(publication.plan, **days),
        day_entries_of(publication.plan, **days),
        LogEntry.objects.filter(plan__in=[publication.plan], day__range=(today - 27 * DAY, today)),
        LogEntry.objects.filter(plan=publication.plan).order_by("-day", "id")[:50],
        LogChange.objects.filter(plan=publication.plan, client_id=uuid4()),
        LogChange.objects.filter(plan=publication.plan),
    ]

    for plan in (rows.explain() for rows in asked):
        assert "SEARCH plans_log" in plan or "SEARCH plans_dayentry" in plan, plan
        assert "SCAN" not in plan, plan
