"""Which moment an hour of a day is, also when the clocks change; and that a schedule stands as it is told."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from plans.actions.plans import save_plan
from plans.dose import Dose, Span
from plans.queries.reminders import days_of, moment_of, next_moment, reminders_by_plan
from tests import factories

CHICAGO, BERLIN, APIA = ZoneInfo("America/Chicago"), ZoneInfo("Europe/Berlin"), ZoneInfo("Pacific/Apia")


def local(moment, zone):
    return moment.astimezone(zone).strftime("%Y-%m-%d %H:%M")


@pytest.mark.parametrize(
    ("after", "then"),
    [("2026-06-10 17:59", "2026-06-10 18:00"), ("2026-06-10 18:00", "2026-06-11 18:00")],
)
def test_the_next_hour_is_today_until_it_has_come(after, then):
    moment = datetime.fromisoformat(after).replace(tzinfo=CHICAGO)
    assert local(next_moment(18, CHICAGO, after=moment), CHICAGO) == then


def test_an_hour_stays_the_same_by_the_clock_when_the_clocks_change():
    before = datetime(2026, 3, 7, 18, 0, tzinfo=CHICAGO)
    after = next_moment(18, CHICAGO, after=before)
    assert local(after, CHICAGO) == "2026-03-08 18:00"
    assert after - before.astimezone(UTC) == timedelta(hours=23)


@pytest.mark.parametrize(("zone", "day"), [(CHICAGO, date(2026, 3, 8)), (BERLIN, date(2026, 3, 29))])
def test_an_hour_that_does_not_exist_is_the_next_one(zone, day):
    moment = moment_of(day, 2, zone)
    assert local(moment, zone) == f"{day} 03:00"
    assert local(next_moment(2, zone, after=moment), zone) == f"{day + timedelta(days=1)} 02:00"


@pytest.mark.parametrize(
    ("zone", "day", "hour"), [(CHICAGO, date(2026, 11, 1), 1), (BERLIN, date(2026, 10, 25), 2)]
)
def test_an_hour_that_comes_twice_comes_once(zone, day, hour):
    first = moment_of(day, hour, zone)
    assert first.astimezone(zone).fold == 0
    again = next_moment(hour, zone, after=first)
    assert local(again, zone) == f"{day + timedelta(days=1)} {hour:02}:00"
    assert again - first == timedelta(hours=25)


def test_a_day_that_a_country_left_out_has_no_hour():
    moment = next_moment(10, APIA, after=datetime(2011, 12, 29, 20, 0, tzinfo=UTC))
    days = []
    for _ in range(2):
        days.append(local(moment, APIA))
        moment = next_moment(10, APIA, after=moment)
    assert days == ["2011-12-31 10:00", "2012-01-01 10:00"]


@pytest.mark.django_db
def test_many_plans_are_asked_for_at_once(clinic, therapist, django_assert_num_queries):
    plans = [factories.reminders(therapist).plan for _ in range(2)]
    with django_assert_num_queries(3):
        stands = reminders_by_plan(plans)
    assert [stands[plan.pk].is_on for plan in plans] == [True, True]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("review", "untils", "last"),
    [
        (42, (None, None), 42),
        (42, (50, None), 50),
        (None, (14, 20), 20),
        (None, (14, None), None),
        (None, (None, None), None),
    ],
)
def test_a_plan_is_over_only_when_it_says_so(clinic, therapist, review, untils, last):
    today = clinic.today()
    plan = factories.plan(therapist, exercises=[], review_on=review and today + timedelta(days=review))
    items = []
    for order, until in enumerate(untils, start=1):
        row = factories.item(factories.approved_exercise(clinic, f"exercise-{order}"), order=order)
        row.dose = Dose(
            sets=Span(2, 2), repetitions=Span(5, 6), until=until and today + timedelta(days=until)
        )
        items.append(row)
    save_plan(plan=plan, items=items, by=therapist)

    days = days_of(factories.publication(therapist, of_plan=plan))

    assert days == (today, today + timedelta(days=last) if last else date.max)
