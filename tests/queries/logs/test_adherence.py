"""Days done of days planned: the denominator is always there, and what was not told is unknown."""

from datetime import datetime, time, timedelta

import pytest
from django.utils import timezone

from plans.actions import pausing
from plans.actions import plans as plan_actions
from plans.models import FrozenContent, LogSource, Pause, Plan
from plans.queries.logs import Adherence, adherence, adherences, read_told, recent_adherences
from plans.queries.logs.adherence import _RHYTHMS
from tests import factories
from tests.logs import issue_again, issued_days_ago, keys_of, plan_of, tell, tell_day

DAY = timedelta(days=1)


def asked(publication, days=14):
    today = publication.plan.patient.clinic.today()
    _RHYTHMS.clear()  # the tests move contents in time, which nothing else does
    return adherence(publication.plan, first=today - (days - 1) * DAY, last=today)


def told(publication, by, *days_ago, **fields):
    today = publication.plan.patient.clinic.today()
    for days in days_ago:
        tell(publication, day=today - days * DAY, source=LogSource.PAPER, by=by, **fields)


def test_days_on_which_anything_was_done_of_those_planned(pat):
    publication = issued_days_ago(plan_of(pat, 2), 30)
    told(publication, pat, 0, 1, 2)
    told(publication, pat, 1, outcome="part", item_key=keys_of(publication)[1])
    told(publication, pat, 5, outcome="skipped")
    tell_day(publication, day=publication.plan.patient.clinic.today() - 6 * DAY, pain=2,
             source=LogSource.PAPER, by=pat)  # fmt: skip

    # Nine days of fourteen are unknown: of five something was told, of one that it was skipped, of one the pain.
    assert asked(publication) == Adherence(done_days=3, planned_days=14, untold_days=9)


@pytest.mark.parametrize(("low", "high", "days", "planned"), [(3, 5, 14, 6), (3, 3, 10, 4), (2, 7, 2, 1)])
def test_planned_is_the_lower_bound_of_the_dose(pat, low, high, days, planned):
    publication = issued_days_ago(plan_of(pat, days_per_week_min=low, days_per_week_max=high), 30)

    assert asked(publication, days).planned_days == planned


def test_days_before_the_plan_count_for_nothing(pat):
    publication = issued_days_ago(plan_of(pat), 4)

    assert asked(publication) == Adherence(done_days=0, planned_days=5, untold_days=4)


def test_days_of_rest_are_not_unknown(pat):
    publication = issued_days_ago(plan_of(pat, days_per_week_min=3, days_per_week_max=3), 13)
    told(publication, pat, 0, 2, 4, 7, 9, 11)

    assert asked(publication) == Adherence(done_days=6, planned_days=6, untold_days=0)


@pytest.mark.parametrize(
    ("days_ago", "untold"),
    [((), 5), ((0,), 5), ((12,), 4), ((0, 12), 4), ((1, 2, 3, 4, 5, 6, 7), 0)],
)
def test_unknown_are_at_most_the_planned_days_that_are_left(pat, days_ago, untold):
    publication = issued_days_ago(plan_of(pat, days_per_week_min=3, days_per_week_max=5), 13)
    told(publication, pat, *days_ago)

    assert asked(publication) == Adherence(done_days=len(days_ago), planned_days=6, untold_days=untold)


def test_what_was_told_today_is_one_of_the_planned_days(pat):
    publication = issued_days_ago(plan_of(pat, days_per_week_min=3, days_per_week_max=3), 12)
    told(publication, pat, 0)

    # Five of thirteen days are planned, today or before it; one of the five is told.
    assert asked(publication) == Adherence(done_days=1, planned_days=5, untold_days=4)


@pytest.mark.parametrize(("low", "days", "untold"), [(7, 0, 0), (7, 1, 1), (3, 1, 0), (3, 2, 0), (3, 3, 1)])
def test_before_anything_was_due_nothing_is_unknown(pat, low, days, untold):
    publication = issued_days_ago(plan_of(pat, days_per_week_min=low, days_per_week_max=7), days)

    assert asked(publication).untold_days == untold


def test_days_outside_the_plan_fill_no_gap_of_it(pat):
    publication = issued_days_ago(plan_of(pat), 30)
    pausing.pause_plan(plan=publication.plan, by=pat)
    Pause.objects.update(
        paused_at=timezone.now() - 9 * DAY, resumed_at=timezone.now() - 5 * DAY, resumed_by=pat
    )
    told(publication, pat, 6, 7)

    assert asked(publication) == Adherence(done_days=2, planned_days=10, untold_days=9)


def test_one_plan_alone_and_many_in_a_list_say_the_same(pat):
    publications = [
        issued_days_ago(plan_of(pat, days_per_week_min=low, days_per_week_max=7), 20) for low in (2, 3, 7)
    ]
    for publication in publications:
        told(publication, pat, 0, 3, 5)
    plans = list(Plan.objects.select_related("patient__clinic"))
    last = plans[0].patient.clinic.today()
    days = {"first": last - 13 * DAY, "last": last}
    _RHYTHMS.clear()

    alone = {plan.pk: adherence(plan, **days) for plan in plans}

    assert recent_adherences(plans) == adherences(plans, **days) == alone
    assert adherences(plans, **days, told=read_told(plans, **days)) == alone
    assert sorted(one.untold_days for one in alone.values()) == [1, 3, 11]


def test_a_plan_that_begins_later_plans_no_days_before(pat, clinic):
    publication = plan_of(pat, start_on=clinic.today() + 5 * DAY)

    assert asked(publication) == Adherence(done_days=0, planned_days=0, untold_days=0)


def test_each_day_goes_by_the_version_of_its_time(pat):
    publication = issued_days_ago(plan_of(pat), 13)
    second = issue_again(publication, pat, days_per_week_min=3, days_per_week_max=3)
    issued_days_ago(second, 6)

    assert asked(publication).planned_days == (7 * 7 + 7 * 3) // 7


def test_days_of_a_pause_and_after_the_end_are_not_planned(pat):
    publication = issued_days_ago(plan_of(pat), 30)
    pausing.pause_plan(plan=publication.plan, by=pat)
    Pause.objects.update(paused_at=timezone.now() - 5 * DAY)

    assert asked(publication).planned_days == 14 - 6
    Pause.objects.update(resumed_at=timezone.now() - 2 * DAY, resumed_by=pat)
    assert asked(publication).planned_days == 14 - 3
    plan_actions.stop_plan(plan=publication.plan, by=pat)
    Plan.objects.update(stopped_on=publication.plan.patient.clinic.today() - 2 * DAY)
    publication.refresh_from_db()
    assert asked(publication).planned_days == 12 - 3


def test_the_queries_do_not_grow_with_plans_versions_or_rows(pat, django_assert_max_num_queries):
    publications = [issued_days_ago(plan_of(pat), 30) for _ in range(3)]
    for publication in publications:
        issue_again(publication, pat)
        told(publication, pat, *range(10))
    plans = list(Plan.objects.select_related("patient__clinic"))
    today = publication.plan.patient.clinic.today()
    _RHYTHMS.clear()

    with django_assert_max_num_queries(5):
        found = adherences(plans, first=today - 13 * DAY, last=today)

    assert [one.done_days for one in found.values()] == [10, 10, 10]
    days = {"first": today - 13 * DAY, "last": today}
    rows = read_told(plans, **days)
    with django_assert_max_num_queries(2):
        assert adherences(plans, **days, told=rows) == found


def test_the_last_two_weeks_end_on_each_clinics_own_day(clinic, pat, monkeypatch):
    moment = datetime.combine(clinic.today(), time(23, 30), clinic.zone)
    monkeypatch.setattr("django.utils.timezone.now", lambda: moment)
    other = factories.clinic(time_zone="Pacific/Kiritimati")
    there = factories.therapist(other)
    publications = [issued_days_ago(plan_of(by, start_on=None), 30) for by in (pat, there)]
    for publication, by in zip(publications, (pat, there), strict=True):
        told(publication, by, 0, 13)
        told(publication, by, 14)
    assert other.today() > clinic.today()
    _RHYTHMS.clear()

    found = recent_adherences(list(Plan.objects.select_related("patient__clinic").order_by("created_at")))

    assert [one.planned_days for one in found.values()] == [14, 14]
    assert [one.done_days for one in found.values()] == [2, 2]


def test_of_what_cannot_be_read_any_more_nothing_was_planned(pat):
    publication = issued_days_ago(plan_of(pat), 9)
    FrozenContent.objects.update(json="{}")

    assert asked(publication).planned_days == 0


def test_no_plans_ask_nothing(db, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert recent_adherences([]) == {}
