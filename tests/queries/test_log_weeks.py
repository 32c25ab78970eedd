"""The weeks of a sheet's log, and at which one keying in goes on."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from plans.content import from_json
from plans.models import Clinic, DayEntry, LogEntry, LogSource, Publication
from plans.queries.log_weeks import first_of_week, log_weeks
from tests.logs import issue_again, issued_days_ago, plan_of, tell, tell_day

DAY, WEEK = timedelta(days=1), timedelta(days=7)


@pytest.fixture
def monday(clinic):
    """The first day of this week; weeks of this clinic begin on Mondays."""
    Clinic.objects.update(week_starts_on=0)
    return first_of_week(clinic.today(), 0)


@pytest.fixture
def publication(pat, clinic, monday):
    """Issued on the Wednesday of the week before last."""
    return issued_days_ago(plan_of(pat), (clinic.today() - (monday - 2 * WEEK + 2 * DAY)).days)


def weeks_of(publication):
    return log_weeks(publication, from_json(publication.content.json))


def key_in(publication, day, *, on=None, by):
    """A number on paper, keyed in on a day of its own."""
    row = tell_day(publication, day=day, pain=2, source=LogSource.PAPER, by=by)
    if on:
        moment = timezone.now() - (publication.plan.patient.clinic.today() - on)
        DayEntry.objects.filter(pk=row.pk).update(changed_at=moment)


@pytest.mark.parametrize(
    ("starts_on", "first"),
    [(0, date(2026, 11, 2)), (6, date(2026, 11, 1)), (5, date(2026, 10, 31)), (2, date(2026, 11, 4))],
)
def test_a_week_begins_where_the_paper_begins_it(starts_on, first):
    assert first_of_week(date(2026, 11, 4), starts_on) == first


def test_they_run_from_the_issue_to_today_with_the_numbers_of_the_paper(publication, clinic, monday):
    found = weeks_of(publication)
    assert [(week.first, week.number) for week in found.weeks] == [
        (monday - 2 * WEEK, 1),
        (monday - WEEK, 2),
        (monday, 3),
    ]
    assert found.earliest == publication.issued_on
    assert found.weeks[0].days[0] == monday - 2 * WEEK
    assert found.weeks[0].last == monday - 8 * DAY
    open_days = [day for week in found.weeks for day in week.days if found.may_have(day)]
    assert (open_days[0], open_days[-1]) == (publication.issued_on, clinic.today())


def test_a_week_that_the_paper_has_no_more_has_no_number(pat, clinic):
    publication = issued_days_ago(plan_of(pat, review_on=clinic.today() + 7 * DAY), 14)
    assert [week.number for week in weeks_of(publication).weeks][:1] == [1]
    long_ago = issued_days_ago(publication, 70)
    assert weeks_of(long_ago).weeks[-1].number is None


def test_a_later_version_may_have_what_was_done_with_the_first_and_counts_its_own_weeks(
    publication, pat, monday, clinic
):
    second = issued_days_ago(issue_again(publication, pat), 0)
    found = weeks_of(second)
    assert found.earliest == publication.issued_on
    assert [week.number for week in found.weeks] == [None, None, 1]


def test_after_a_stop_no_day_is_open(publication, monday):
    plan = publication.plan
    plan.stopped_on = monday - 5 * DAY
    found = weeks_of(publication)
    assert found.latest == plan.stopped_on
    assert len(found.weeks) == 2


def test_it_opens_at_the_first_week_and_then_at_the_one_after_the_last_keyed_in(publication, pat, monday):
    assert weeks_of(publication).next.first == monday - 2 * WEEK
    key_in(publication, monday - 2 * WEEK + 3 * DAY, by=pat)
    assert weeks_of(publication).next.first == monday - WEEK
    key_in(publication, monday - 3 * DAY, by=pat)
    assert weeks_of(publication).next.first == monday
    key_in(publication, monday, by=pat)
    assert weeks_of(publication).next.first == monday


def test_a_week_that_was_keyed_in_before_it_was_over_is_opened_again(publication, pat, monday):
    key_in(publication, monday - WEEK + DAY, on=monday - WEEK + 2 * DAY, by=pat)
    assert weeks_of(publication).next.first == monday - WEEK
    key_in(publication, monday - DAY, on=monday - DAY, by=pat)
    assert weeks_of(publication).next.first == monday


def test_what_was_told_on_the_page_is_not_keyed_in(publication, monday):
    tell(publication, source=LogSource.API, by=None, day=monday - 3 * DAY)
    assert LogEntry.objects.exists()
    assert weeks_of(publication).next.first == monday - 2 * WEEK


def test_a_week_is_found_by_any_of_its_days(publication, monday):
    found = weeks_of(publication)
    assert found.at(monday - DAY) == found.weeks[1]
    assert found.at(None) == found.at(date(2001, 1, 1)) == found.next
    assert found.after(found.weeks[0]) == found.weeks[1]
    assert found.after(found.weeks[-1]) == found.weeks[-1]


def test_few_questions(publication, django_assert_num_queries):
    content = from_json(publication.content.json)
    publication = Publication.objects.select_related("plan__patient__clinic").get(pk=publication.pk)
    with django_assert_num_queries(3):
        log_weeks(publication, content)
