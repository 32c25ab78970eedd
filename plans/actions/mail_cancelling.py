"""Mails that wait and shall not go any more: their plan was stopped or paused, their link or consent ended."""

from typing import Any

from django.db.models.functions import Now

from plans import audit
from plans.models import AuditVerb, Mail, MailState, User

PLAN_STOPPED = "plan_stopped"
PLAN_PAUSED = "plan_paused"
LINK_ENDED = "link_ended"
CONSENT_WITHDRAWN = "consent_withdrawn"
ADDRESS_CHANGED = "address_changed"


def cancel_mails(*, why: str, by: User | None, **those: Any) -> int:
    """Cancel what waits of those mails; how many. One that is on its way meets the same question before it goes."""
    cancelled = 0
    waiting = Mail.objects.filter(state=MailState.QUEUED, **those)
    for mail in waiting.select_related("publication__plan__patient"):
        ended = {"state": MailState.CANCELLED, "error_code": why, "finished_at": Now()}
        if Mail.objects.filter(pk=mail.pk, state=MailState.QUEUED).update(**ended):
            note_cancelled(mail, why=why, by=by)
            cancelled += 1
    return cancelled


def note_cancelled(mail: Mail, *, why: str, by: User | None) -> None:
    patient = mail.publication.plan.patient
    audit.append(
        verb=AuditVerb.MAIL_CANCELLED, by=by, what=mail, detail={"why": why}, **audit.place_of(patient)
    )
