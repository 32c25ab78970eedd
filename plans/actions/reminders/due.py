"""Make the reminders of the hours that have come: one row for each schedule and day, whoever finds it due.

What is decided by time is decided by the database's clock. An hour that passed long ago, as after a night without a
scheduler, is not caught up on: its row is left out, and listed as that.
"""

from datetime import datetime

from django.db import transaction

from plans.actions.mail_cancelling import PLAN_PAUSED, end_reminders, why_no_link
from plans.actions.reminders.bounds import LATEST
from plans.enqueue import enqueue_due_reminders, enqueue_reminders
from plans.models import MailState, Reminder, ReminderKind, ReminderSchedule
from plans.queries.clock import database_now
from plans.queries.reminders import days_of_plan, due_schedules, is_logged, next_moment

BATCH = 200
MAX_SENDERS = 50
"""So many are woken at once; each wakes the next one."""
MAX_LISTED = 7
"""So many days that were left out are listed, the newest."""
TOO_LATE = "too_late"
ADDRESS_FAILS = "address_fails"


def make_due() -> None:
    """Make the rows of some schedules whose hour has come, and go on if there may be more."""
    now = database_now()
    schedules = list(due_schedules(now)[:BATCH])
    waiting = sum(_make(schedule, now) for schedule in schedules)
    enqueue_reminders(min(waiting, MAX_SENDERS))
    if len(schedules) == BATCH:
        enqueue_due_reminders()


def why_ended(schedule: ReminderSchedule, now: datetime) -> str:
    """Return why nothing of this schedule shall go now; blank when it may."""
    plan = schedule.plan
    today = plan.patient.clinic.day_of(now)
    if why := why_no_link(schedule.link, plan=plan, today=today, consent=schedule.consent):
        return why
    return ADDRESS_FAILS if schedule.consent and schedule.consent.failing_since else ""


@transaction.atomic
def _make(schedule: ReminderSchedule, now: datetime) -> bool:
    """Go on to the schedule's next hour, and make the row of this one; whether one waits to be sent."""
    due_at = schedule.next_at
    seen = ReminderSchedule.objects.filter(pk=schedule.pk, ended_at=None, next_at=due_at)
    if not seen.update(next_at=next_moment(schedule.hour, schedule.zone, after=now)):
        return False  # another scheduler was faster, or it ended meanwhile
    if due_at is None or due_at > now:
        return False  # counted by a clock that was far ahead
    if why := why_ended(schedule, now):
        if why != PLAN_PAUSED:
            end_reminders(why=why, by=None, pk=schedule.pk)
        return False
    rows = [_row(schedule, moment, now) for moment in _passed(schedule, due_at, now)]
    Reminder.objects.bulk_create(rows, ignore_conflicts=True)
    return any(row.state == MailState.QUEUED for row in rows)


def _passed(schedule: ReminderSchedule, due_at: datetime, now: datetime) -> list[datetime]:
    """Return the hours that have come since, on days of the plan on which nothing was logged."""
    days = days_of_plan(schedule.plan)
    moments, clinic = [due_at], schedule.plan.patient.clinic
    while (following := next_moment(schedule.hour, schedule.zone, after=moments[-1])) <= now:
        moments.append(following)
    return [
        moment
        for moment in moments[-MAX_LISTED:]
        if days and days[0] <= clinic.day_of(moment) <= days[1] and not is_logged(schedule, moment)
    ]


def _row(schedule: ReminderSchedule, moment: datetime, now: datetime) -> Reminder:
    row = Reminder(
        clinic=schedule.plan.patient.clinic,
        schedule=schedule,
        kind=ReminderKind.REMINDER,
        day=moment.astimezone(schedule.zone).date(),
        due_at=moment,
    )
    if moment + LATEST < now:
        row.state, row.error_code, row.finished_at = MailState.CANCELLED, TOO_LATE, now
    return row
