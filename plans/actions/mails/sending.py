"""Send mails: a row is claimed, asked once more whether it may go, handed over, its end written behind the token.

The hand-over is noted before it begins: a sender that dies in it leaves a mail that nobody knows whether it was sent.
Such a mail is listed as that, and never sent a second time.
"""

import uuid
from datetime import timedelta
from functools import lru_cache, partial

import structlog
from django.db import connection, transaction
from django.db.models import OuterRef, QuerySet
from django.db.models.functions import Now

from plans import audit, leases
from plans.actions.mail_cancelling import (
    CONSENT_WITHDRAWN,
    LINK_ENDED,
    PLAN_PAUSED,
    PLAN_STOPPED,
    note_cancelled,
)
from plans.actions.mails.consents import mark_failing
from plans.actions.mails.handing import BROKE_OFF, Handed, hand_over, has_server
from plans.actions.mails.letter import write_letter
from plans.enqueue import WEBHOOKS, enqueue_mails, messages_waiting
from plans.exceptions import PlansError
from plans.models import AuditVerb, Mail, MailState, Plan
from plans.queries.locks import lock_patient_of
from plans.queries.pauses import open_pause

PAUSES = (60, 300, 900, 3600, 10800, 21600, 43200, 86400, 86400)
"""Seconds until the next try, about three days in all; after the last the mail is failed."""
MAX_ATTEMPTS = len(PAUSES) + 1
LEASE = timedelta(minutes=5)
"""Well beyond what a living sender takes: each answer of the server is waited for at most EMAIL_TIMEOUT seconds."""
MAX_PER_CLINIC = 4
BATCH = 200

Claim = leases.Claim[Mail]

log = structlog.get_logger(__name__)


def send_next() -> None:
    """Send what is next in turn, if anything is due, and wake a sender for what is next after it."""
    claim = leases.claim_next(_next_in_turn, _claim)
    if claim is None:
        return
    why = why_not(claim.row)
    _finish(claim, Handed(state=MailState.CANCELLED, error_code=why) if why else _send(claim))
    if _next_in_turn():
        enqueue_mails()


def sweep_mails() -> None:
    """Free what a dead sender held, and wake a sender for each mail that is due."""
    for mail in leases.lost(Mail.objects.select_related("publication__plan__patient"))[:BATCH]:
        handed = Handed(state=MailState.QUEUED)
        if mail.handover_at:
            handed = Handed(state=MailState.UNKNOWN, error_code=BROKE_OFF)
        leases.free(mail, _columns(mail, handed), then=partial(_note_end, mail, handed))
    waiting = Mail.objects.filter(leases.due()).count()
    if waiting:
        enqueue_mails(max(0, min(waiting, BATCH) - messages_waiting(WEBHOOKS)))


def why_not(mail: Mail) -> str:
    """Return why this mail shall not go any more; blank when it may."""
    plan, today = mail.publication.plan, mail.publication.plan.patient.clinic.today()
    if plan.stopped_on:
        return PLAN_STOPPED
    if open_pause(plan):
        return PLAN_PAUSED
    if mail.link.revoked_at or mail.link.blocked_at or mail.link.expires_on < today:
        return LINK_ENDED
    return CONSENT_WITHDRAWN if mail.consent.withdrawn_at else ""


def _next_in_turn() -> uuid.UUID | None:
    return leases.ask(_question(connection.vendor))


@lru_cache(maxsize=2)
def _question(vendor: str) -> leases.Question:
    due = Mail.objects.filter(leases.due(), clinic=OuterRef("pk")).order_by("created_at")
    return leases.in_turn(Mail.objects.all(), due.values("pk"), share=MAX_PER_CLINIC)


def _claim(mail_id: uuid.UUID) -> Claim | None:
    return leases.claim(
        Mail.objects.all(),
        mail_id,
        lease=LEASE,
        rows=_with_what_decides(),
        columns={"handover_at": None},
    )


def _send(claim: Claim) -> Handed:
    try:
        letter = write_letter(claim.row)
    except PlansError as error:  # no try makes it better, such as a link whose key was removed
        return Handed(state=MailState.FAILED, error_code=error.code)
    return hand_over(letter, begin=partial(_begin, claim))


def _with_what_decides() -> QuerySet[Mail]:
    return Mail.objects.select_related("publication__plan__patient__clinic", "link", "consent")


@transaction.atomic
def _begin(claim: Claim) -> Handed | None:
    """Ask once more: the server may have kept us waiting. Who stops the plan meanwhile waits for the same rows."""
    plan_id = claim.row.publication.plan_id
    lock_patient_of(plan_id)
    Plan.objects.select_for_update().get(pk=plan_id)
    if why := why_not(_with_what_decides().get(pk=claim.row.pk)):
        return Handed(state=MailState.CANCELLED, error_code=why)
    held = Mail.objects.filter(pk=claim.row.pk, state=MailState.RUNNING, attempt_token=claim.token)
    return None if held.update(handover_at=Now()) else Handed(state=MailState.QUEUED)


def _finish(claim: Claim, handed: Handed) -> None:
    mail = claim.row
    leases.finish(claim, _columns(mail, handed), then=partial(_note_end, mail, handed))


def _columns(mail: Mail, handed: Handed) -> dict[str, object]:
    columns: dict[str, object] = {"error_code": handed.error_code, "answer": handed.answer}
    if handed.state == MailState.SENT:
        columns["written_to_file"] = not has_server()
    if handed.state != MailState.QUEUED:
        return {**columns, "state": handed.state, "finished_at": Now()}
    if mail.attempts >= MAX_ATTEMPTS:
        columns["error_code"] = handed.error_code or BROKE_OFF
        return {**columns, "state": MailState.FAILED, "finished_at": Now()}
    pause = timedelta(seconds=PAUSES[mail.attempts - 1])
    return {**columns, "state": MailState.QUEUED, "not_before": Now() + pause}


def _note_end(mail: Mail, handed: Handed) -> None:
    if handed.state == MailState.CANCELLED:
        note_cancelled(mail, why=handed.error_code, by=None)
        return
    if handed.refuses_address:
        mark_failing(mail.consent, handed.answer)
    state = handed.state
    if state == MailState.QUEUED:
        if mail.attempts < MAX_ATTEMPTS:
            return
        state = MailState.FAILED
    log.info("mail_ended", mail=str(mail.pk), state=state.value, error_code=handed.error_code)
    audit.append(
        verb=AuditVerb.MAIL_ENDED,
        by=None,
        what=mail,
        detail={"state": state.value, "error_code": handed.error_code},
        **audit.place_of(mail.publication.plan.patient),
    )
