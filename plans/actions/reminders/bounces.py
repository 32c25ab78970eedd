"""A reminder that was taken and came back later, as another program reports: its address is asked no more."""

from django.db import transaction
from django.db.models.functions import Now

from plans import audit, permissions
from plans.actions.mail_cancelling import end_reminders
from plans.actions.mails.bounces import CAME_BACK, MailNotHandedOver
from plans.actions.mails.consents import MAX_ANSWER, mark_failing
from plans.actions.reminders.due import ADDRESS_FAILS
from plans.models import AuditVerb, MailState, Reminder, User
from plans.permissions import NotAllowed


@transaction.atomic
def report_reminder_bounce(*, reminder: Reminder, answer: str = "", by: User) -> Reminder:
    """Note that a reminder came back, and end those to its address; reported again, it stays as it is.

    Raises NotAllowed, MailNotHandedOver.
    """
    rows = Reminder.objects.select_for_update(of=("self",))
    reminder = rows.select_related("schedule__plan__patient__clinic", "schedule__consent").get(pk=reminder.pk)
    schedule = reminder.schedule
    patient = schedule.plan.patient
    if not permissions.may_care_for(by, patient):
        raise NotAllowed
    if reminder.state == MailState.BOUNCED:
        return reminder
    if reminder.state not in (MailState.SENT, MailState.UNKNOWN):
        raise MailNotHandedOver
    answer = " ".join(answer.split())[:MAX_ANSWER]
    reminder.state, reminder.error_code, reminder.answer = MailState.BOUNCED, CAME_BACK, answer
    reminder.save(update_fields=["state", "error_code", "answer"])
    Reminder.objects.filter(pk=reminder.pk).update(finished_at=Now())
    reminder.refresh_from_db(fields=["finished_at"])
    if schedule.consent:
        mark_failing(schedule.consent, answer)
        end_reminders(why=ADDRESS_FAILS, by=by, consent=schedule.consent)
    else:
        end_reminders(why=ADDRESS_FAILS, by=by, plan=schedule.plan, typed_address=schedule.typed_address)
    audit.append(verb=AuditVerb.MAIL_BOUNCED, by=by, what=reminder, **audit.place_of(patient))
    return reminder
