"""What the addresses in reminders' mails do: say yes to a typed address, and end the reminders."""

from django.db import transaction
from django.db.models import QuerySet

from plans import tokens
from plans.actions.mail_cancelling import end_reminders, why_no_link
from plans.actions.reminders.bounds import CONFIRM_TIME
from plans.actions.reminders.schedules import first_moment, locked_plan, note
from plans.actions.reminders.switching import SWITCHED_OFF
from plans.exceptions import PlansError
from plans.models import AuditVerb, ReminderSchedule
from plans.queries.clock import database_now


class ConfirmationEnded(PlansError):
    """This address cannot be confirmed any more. Ask for reminders again on the page."""

    code = "confirmation_ended"


@transaction.atomic
def confirm_address(*, token: str) -> ReminderSchedule:
    """Let the reminders begin that were asked for at a typed address; confirmed again, they stay as they are.

    Raises ConfirmationEnded, also for a token that confirms nothing.
    """
    found = schedule_to_confirm(token)
    if found is None:
        raise ConfirmationEnded
    plan = locked_plan(found.plan)
    schedule = ReminderSchedule.objects.select_for_update(of=("self",)).get(pk=found.pk)
    if schedule.is_on:
        return schedule
    now = database_now()
    today = plan.patient.clinic.day_of(now)
    if why_no_link(schedule.link, plan=plan, today=today, consent=None):
        raise ConfirmationEnded
    if schedule.ended_at or schedule.created_at + CONFIRM_TIME < now:
        raise ConfirmationEnded
    schedule.plan = plan
    schedule.confirmed_at, schedule.next_at = now, first_moment(schedule, now)
    schedule.save(update_fields=["confirmed_at", "next_at"])
    note(AuditVerb.REMINDERS_ON, schedule, None)
    return schedule


@transaction.atomic
def stop_by_mail(*, token: str) -> ReminderSchedule | None:
    """End the reminders whose mail holds this token; None if no mail does. Ended ones stay as they are."""
    schedule = schedule_to_stop(token)
    if schedule:
        end_reminders(why=SWITCHED_OFF, by=None, pk=schedule.pk)
    return schedule


def schedule_to_stop(token: str) -> ReminderSchedule | None:
    return _schedules().filter(stop_digest=tokens.token_digest(token)).first()


def schedule_to_confirm(token: str) -> ReminderSchedule | None:
    return _schedules().filter(confirm_digest=tokens.token_digest(token)).first()


def _schedules() -> QuerySet[ReminderSchedule]:
    return ReminderSchedule.objects.select_related("plan__patient__clinic", "link")
