"""Send mails with plans' links: whether one may still go, and what follows from its end."""

import structlog

from plans import audit
from plans.actions.mail_cancelling import note_cancelled, why_no_link
from plans.actions.mails.consents import mark_failing
from plans.actions.mails.letter import write_letter
from plans.actions.outgoing import queue
from plans.actions.outgoing.handing import Handed
from plans.enqueue import enqueue_mails
from plans.models import AuditVerb, Mail, MailState

PAUSES = (60, 300, 900, 3600, 10800, 21600, 43200, 86400, 86400)
"""Seconds until the next try, about three days in all; after the last the mail is failed."""

log = structlog.get_logger(__name__)


def send_next() -> None:
    queue.send_next(MAILS)


def sweep_mails() -> None:
    queue.sweep(MAILS)


def why_not(mail: Mail) -> str:
    """Return why this mail shall not go any more; blank when it may."""
    plan = mail.publication.plan
    return why_no_link(mail.link, plan=plan, today=plan.patient.clinic.today(), consent=mail.consent)


def _note_end(mail: Mail, handed: Handed) -> None:
    if handed.state == MailState.CANCELLED:
        note_cancelled(mail, why=handed.error_code, by=None)
        return
    if handed.refuses_address:
        mark_failing(mail.consent, handed.answer)
    log.info("mail_ended", mail=str(mail.pk), state=handed.state.value, error_code=handed.error_code)
    audit.append(
        verb=AuditVerb.MAIL_ENDED,
        by=None,
        what=mail,
        detail={"state": handed.state.value, "error_code": handed.error_code},
        **audit.place_of(mail.publication.plan.patient),
    )


MAILS = queue.MailQueue(
    model=Mail,
    related=("publication__plan__patient__clinic", "link", "consent"),
    pauses=PAUSES,
    plan_of=lambda mail: mail.publication.plan_id,
    why_not=why_not,
    write=lambda mail: write_letter(mail),
    note_end=_note_end,
    enqueue=enqueue_mails,
)
