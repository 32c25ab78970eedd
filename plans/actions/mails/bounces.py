"""A mail that was taken and came back later, as another program reports."""

from django.db import transaction
from django.db.models.functions import Now

from plans import audit, permissions
from plans.actions.mails.consents import MAX_ANSWER, mark_failing
from plans.exceptions import PlansError
from plans.models import AuditVerb, Mail, MailState, User
from plans.permissions import NotAllowed

CAME_BACK = "came_back"


class MailNotHandedOver(PlansError):
    """This mail was not handed over to a mail server, so it cannot have come back."""

    code = "mail_not_handed_over"


@transaction.atomic
def report_bounce(*, mail: Mail, answer: str = "", by: User) -> Mail:
    """Note that a mail came back, and that its address fails; reported again, it stays as it is.

    Raises NotAllowed, MailNotHandedOver.
    """
    rows = Mail.objects.select_for_update(of=("self",))
    mail = rows.select_related("publication__plan__patient", "consent").get(pk=mail.pk)
    patient = mail.publication.plan.patient
    if not permissions.may_care_for(by, patient):
        raise NotAllowed
    if mail.state == MailState.BOUNCED:
        return mail
    if mail.state not in (MailState.SENT, MailState.UNKNOWN):
        raise MailNotHandedOver
    answer = " ".join(answer.split())[:MAX_ANSWER]
    mail.state, mail.error_code, mail.answer = MailState.BOUNCED, CAME_BACK, answer
    mail.save(update_fields=["state", "error_code", "answer"])
    Mail.objects.filter(pk=mail.pk).update(finished_at=Now())
    mail.refresh_from_db(fields=["finished_at"])
    mark_failing(mail.consent, answer)
    audit.append(verb=AuditVerb.MAIL_BOUNCED, by=by, what=mail, **audit.place_of(patient))
    return mail
