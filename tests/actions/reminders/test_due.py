"""Which reminders are made when their hour comes: one a day, none after a log, none late, whoever looks."""

import threading
from datetime import date, timedelta

import pytest
from django.db import connection

from plans import tasks
from plans.actions import pausing
from plans.actions.mails.consents import mark_failing
from plans.actions.plans import save_plan
from plans.actions.reminders import due
from plans.actions.reminders.due import make_due
from plans.models import (
    DayEntry,
    LogEntry,
    MailState,
    Outcome,
    Pause,
    Reminder,
    ReminderKind,
    ReminderSchedule,
)
from tests import factories
from tests.actions.reminders.conftest import fresh, go_to, switch_on
from tests.at_once import in_thread


def made():
    rows = Reminder.objects.filter(kind=ReminderKind.REMINDER).order_by("day")
    return [(row.day.isoformat(), row.state, row.error_code) for row in rows]


QUEUED_TODAY = [("2026-06-10", "queued", "")]


def tell(plan, day, **fields):
    return LogEntry.objects.create(
        **{
            "plan": plan,
            "publication": plan.publications.get(),
            "day": day,
            "source": "page",
            "item_key": plan.items.get().pk,
            "outcome": Outcome.ALL,
            **fields,
        }
    )


def test_one_is_made_when_its_hour_has_come_and_no_earlier(schedule, clock):
    go_to(clock, 10, 17, 59)
    make_due()
    assert made() == []
    go_to(clock, 10, 18, 0)
    make_due()
    assert made() == QUEUED_TODAY
    make_due()
    go_to(clock, 10, 18, 30)
    tasks.make_reminders()
    assert made() == QUEUED_TODAY
    go_to(clock, 11, 18, 1)
    make_due()
    assert made() == [*QUEUED_TODAY, ("2026-06-11", "queued", "")]


def test_a_sender_is_woken_for_it(schedule, clock, monkeypatch):
    woken = []
    monkeypatch.setattr(due, "enqueue_reminders", woken.append)
    go_to(clock, 10, 18)
    make_due()
    make_due()
    assert woken == [1, 0]


def test_the_hour_is_that_of_the_patients_time_zone(plan, therapist, clock):
    switch_on(plan, therapist, hour=7, time_zone="Asia/Tokyo")
    go_to(clock, 11, 6, 59, zone="Asia/Tokyo")
    make_due()
    assert made() == []
    go_to(clock, 11, 7, 0, zone="Asia/Tokyo")
    make_due()
    assert made() == [("2026-06-11", "queued", "")]


def test_after_a_log_of_the_day_none_is_made(schedule, clock, plan):
    go_to(clock, 10, 17)
    tell(plan, date(2026, 6, 10))
    go_to(clock, 10, 18)
    make_due()
    assert made() == []
    go_to(clock, 11, 18)
    make_due()
    assert made() == [("2026-06-11", "queued", "")]


def test_what_is_told_of_the_day_as_a_whole_counts_too(schedule, clock, plan):
    DayEntry.objects.create(
        plan=plan, publication=plan.publications.get(), day=date(2026, 6, 10), source="page", pain=2
    )
    go_to(clock, 10, 18)
    make_due()
    assert made() == []


@pytest.mark.parametrize(("by_staff", "reminded"), [(False, []), (True, [("2026-06-11", "queued", "")])])
def test_far_from_the_clinic_the_patients_own_day_counts(plan, therapist, clock, by_staff, reminded):
    switch_on(plan, therapist, hour=18, time_zone="Asia/Tokyo")
    # Eight in the morning of the 11th in Tokyo, when it is the 10th in the clinic.
    go_to(clock, 11, 8, zone="Asia/Tokyo")
    tell(plan, date(2026, 6, 10), recorded_by=therapist if by_staff else None)
    go_to(clock, 11, 18, zone="Asia/Tokyo")
    make_due()
    assert made() == reminded


@pytest.mark.parametrize(("minutes", "state"), [(119, "queued"), (121, "cancelled")])
def test_an_hour_that_passed_long_ago_is_left_out_and_listed(schedule, clock, minutes, state):
    go_to(clock, 10, 18)
    clock.now += timedelta(minutes=minutes)
    make_due()
    assert made() == [("2026-06-10", state, "" if state == "queued" else "too_late")]


def test_after_days_without_a_scheduler_only_today_is_sent(schedule, clock):
    go_to(clock, 13, 18, 10)
    make_due()
    days = ["2026-06-10", "2026-06-11", "2026-06-12"]
    assert made() == [*((day, "cancelled", "too_late") for day in days), ("2026-06-13", "queued", "")]


def test_a_clock_that_was_a_year_ahead_does_no_harm_for_long(schedule, clock):
    go_to(clock, 10, 18)
    clock.now += timedelta(days=365)
    make_due()
    assert len(made()) == 0  # the plan is over by then
    ReminderSchedule.objects.update(ended_at=None, ended_why="", next_at=clock.now + timedelta(days=1))
    go_to(clock, 10, 18, 5)
    make_due()
    assert fresh(schedule).next_at.isoformat() == "2026-06-11T23:00:00+00:00"
    go_to(clock, 11, 18, 5)
    make_due()
    assert made() == [("2026-06-11", "queued", "")]


def test_a_clock_that_goes_backwards_makes_no_second_one(schedule, clock):
    go_to(clock, 10, 18)
    make_due()
    ReminderSchedule.objects.update(next_at=clock.now)
    make_due()
    assert made() == QUEUED_TODAY


def test_they_end_with_the_plan_and_go_on_with_its_next_version(schedule, clock, plan, therapist):
    go_to(clock, 10, 12)
    clock.now += timedelta(days=28)
    clock.now += timedelta(hours=6)
    make_due()
    assert [day for day, state, _ in made() if state == "queued"] == ["2026-07-08"]
    clock.now += timedelta(days=1)
    make_due()
    assert "2026-07-09" not in [day for day, *_ in made()]
    plan.refresh_from_db()
    plan.review_on = clock.now.date() + timedelta(days=14)
    save_plan(plan=plan, by=therapist)
    factories.publication(therapist, of_plan=plan)
    clock.now += timedelta(days=1)
    make_due()
    assert made()[-1] == ("2026-07-10", "queued", "")


def test_of_a_plan_without_an_end_they_go_on_as_long_as_its_link(clock, broker, therapist):
    plan = factories.plan(therapist, review_on=None)
    factories.publication(therapist, of_plan=plan)
    row = switch_on(plan, therapist, hour=18, time_zone="America/Chicago")
    plan.links.update(expires_on=date(2026, 6, 12))
    for day in range(10, 15):
        go_to(clock, day, 18)
        make_due()
    assert [day for day, *_ in made()] == ["2026-06-10", "2026-06-11", "2026-06-12"]
    assert fresh(row).ended_why == "link_ended"


def test_none_is_made_before_the_plan_starts(clock, broker, therapist):
    start = clock.now.date() + timedelta(days=2)
    plan = factories.plan(therapist, start_on=start)
    factories.publication(therapist, of_plan=plan)
    switch_on(plan, therapist, hour=18, time_zone="America/Chicago")
    for day in (10, 11, 12):
        go_to(clock, day, 18)
        make_due()
    assert [day for day, *_ in made()] == ["2026-06-12"]


def test_a_pause_makes_none_and_the_resumed_plan_goes_on(schedule, clock, plan, therapist):
    pausing.pause_plan(plan=plan, by=therapist)
    go_to(clock, 10, 18)
    make_due()
    assert made() == []
    Pause.objects.update(paused_at=clock.now)
    pausing.resume_plan(plan=plan, by=therapist)
    go_to(clock, 11, 18)
    make_due()
    assert made() == [("2026-06-11", "queued", "")]


def test_a_link_that_is_over_ends_them(schedule, clock, plan):
    plan.links.update(expires_on=date(2026, 6, 9))
    go_to(clock, 10, 18)
    make_due()
    assert (made(), fresh(schedule).ended_why) == ([], "link_ended")


def test_an_address_that_fails_ends_them(schedule, clock):
    mark_failing(schedule.consent, "550 no such user")
    go_to(clock, 10, 18)
    make_due()
    assert (made(), fresh(schedule).ended_why) == ([], "address_fails")


def test_a_full_batch_goes_on(schedule, clock, monkeypatch):
    asked = []
    monkeypatch.setattr(due, "BATCH", 1)
    monkeypatch.setattr(due, "enqueue_due_reminders", lambda: asked.append(1))
    go_to(clock, 10, 18)
    make_due()
    assert asked == [1]
    make_due()
    assert asked == [1]


def test_two_schedulers_that_found_the_same_hour_make_one(schedule, clock):
    go_to(clock, 10, 18)
    seen = fresh(schedule)
    assert due._make(seen, clock.now)
    assert not due._make(seen, clock.now)
    assert made() == QUEUED_TODAY


def test_a_row_that_is_there_already_is_not_made_twice(schedule, clock, plan):
    go_to(clock, 10, 18)
    Reminder.objects.create(
        clinic=plan.patient.clinic,
        schedule=schedule,
        day=date(2026, 6, 10),
        due_at=clock.now,
        state=MailState.SENT,
        finished_at=clock.now,
    )
    make_due()
    assert made() == [("2026-06-10", "sent", "")]


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_two_schedulers_at_once_make_one(schedule, clock):
    go_to(clock, 10, 18)
    barrier = threading.Barrier(3)

    def look():
        barrier.wait(timeout=30)
        make_due()

    threads = [in_thread(look) for _ in range(3)]
    for thread in threads:
        thread.join()
    assert connection.vendor == "postgresql"
    assert made() == QUEUED_TODAY
