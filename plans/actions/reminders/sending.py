"""Send reminders: whether one may still go, and what follows from its end."""

import structlog

from plans.actions.mail_cancelling import end_reminders
from plans.actions.mails.consents import mark_failing
from plans.actions.outgoing import queue
from plans.actions.outgoing.handing import Handed
from plans.actions.reminders.bounds import CONFIRM_TIME, LATEST
from plans.actions.reminders.due import ADDRESS_FAILS, TOO_LATE, why_ended
from plans.actions.reminders.letter import write_letter
from plans.enqueue import enqueue_reminders
from plans.models import Reminder, ReminderKind
from plans.queries.clock import database_now
from plans.queries.reminders import is_logged

PAUSES = (60, 300, 900, 1800, 3600)
"""Seconds until the next try: what is not sent by then is too late for its day."""
LOGGED = "logged"
CONFIRMED = "confirmed"

log = structlog.get_logger(__name__)


def send_next() -> None:
    queue.send_next(REMINDERS)


def sweep_reminders() -> None:
    queue.sweep(REMINDERS)


def why_not(reminder: Reminder) -> str:
    """Return why this mail shall not go any more; blank when it may."""
    schedule, now = reminder.schedule, database_now()
    if why := schedule.ended_why or why_ended(schedule, now):
        return why
    if reminder.kind == ReminderKind.CONFIRM:
        if schedule.confirmed_at:
            return CONFIRMED
        return TOO_LATE if reminder.due_at + CONFIRM_TIME < now else ""
    if reminder.due_at + LATEST < now:
        return TOO_LATE
    return LOGGED if is_logged(schedule, now) else ""


def _note_end(reminder: Reminder, handed: Handed) -> None:
    schedule, state = reminder.schedule, handed.state.value
    log.info("reminder_ended", reminder=str(reminder.pk), state=state, error_code=handed.error_code)
    if handed.refuses_address:
        if schedule.consent:
            mark_failing(schedule.consent, handed.answer)
        end_reminders(why=ADDRESS_FAILS, by=None, pk=schedule.pk)


REMINDERS = queue.MailQueue(
    model=Reminder,
    related=("schedule__plan__patient__clinic", "schedule__link", "schedule__consent"),
    pauses=PAUSES,
    plan_of=lambda reminder: reminder.schedule.plan_id,
    why_not=why_not,
    write=lambda reminder: write_letter(reminder),
    note_end=_note_end,
    enqueue=enqueue_reminders,
)
