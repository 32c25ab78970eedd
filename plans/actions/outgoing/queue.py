"""Send letters that wait as rows: one is claimed, asked once more whether it may go, handed over, its end written.

The hand-over is noted before it begins: a sender that dies in it leaves a letter that nobody knows whether it was sent.
Such a letter is listed as that, and never sent a second time.
"""

import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import lru_cache, partial
from typing import Generic, TypeVar

from django.core.mail import EmailMessage
from django.db import connection, transaction
from django.db.models import OuterRef, QuerySet
from django.db.models.functions import Now

from plans import leases
from plans.actions.outgoing.handing import BROKE_OFF, Handed, hand_over, has_server
from plans.enqueue import WEBHOOKS, messages_waiting
from plans.exceptions import PlansError
from plans.models import MailState, Plan
from plans.models.outgoing import OutgoingMail
from plans.queries.locks import lock_patient_of

LEASE = timedelta(minutes=5)
"""Well beyond what a living sender takes: each answer of the server is waited for at most EMAIL_TIMEOUT seconds."""
MAX_PER_CLINIC = 4
BATCH = 200

Row = TypeVar("Row", bound=OutgoingMail)


@dataclass(frozen=True, kw_only=True)
class MailQueue(Generic[Row]):
    """What differs between the kinds of letters.

    `why_not` says why a letter shall not go any more, blank when it may; `note_end` what follows from an end, in its
    transaction. `pauses` are the seconds until the next try; after the last the letter is failed.
    """

    model: type[Row]
    related: Sequence[str]
    pauses: Sequence[int]
    plan_of: Callable[[Row], uuid.UUID]
    why_not: Callable[[Row], str]
    write: Callable[[Row], EmailMessage]
    note_end: Callable[[Row, Handed], None]
    enqueue: Callable[[int], None]

    @property
    def rows(self) -> QuerySet[Row]:
        return self.model._default_manager.all()

    @property
    def rows_with_what_decides(self) -> QuerySet[Row]:
        return self.rows.select_related(*self.related)

    @property
    def max_attempts(self) -> int:
        return len(self.pauses) + 1


def send_next(queue: MailQueue[Row]) -> None:
    """Send what is next in turn, if anything is due, and wake a sender for what is next after it."""
    claim = leases.claim_next(partial(_next_in_turn, queue.model), partial(_claim, queue))
    if claim is None:
        return
    why = queue.why_not(claim.row)
    handed = Handed(state=MailState.CANCELLED, error_code=why) if why else _send(queue, claim)
    leases.finish(
        claim, _columns(queue, claim.row, handed), then=partial(_note_end, queue, claim.row, handed)
    )
    if _next_in_turn(queue.model):
        queue.enqueue(1)


def sweep(queue: MailQueue[Row]) -> None:
    """Free what a dead sender held, and wake a sender for each letter that is due."""
    for row in leases.lost(queue.rows_with_what_decides)[:BATCH]:
        handed = Handed(state=MailState.QUEUED)
        if row.handover_at:
            handed = Handed(state=MailState.UNKNOWN, error_code=BROKE_OFF)
        leases.free(row, _columns(queue, row, handed), then=partial(_note_end, queue, row, handed))
    waiting = queue.rows.filter(leases.due()).count()
    if waiting:
        queue.enqueue(max(0, min(waiting, BATCH) - messages_waiting(WEBHOOKS)))


def _next_in_turn(model: type[OutgoingMail]) -> uuid.UUID | None:
    return leases.ask(_question(model, connection.vendor))


@lru_cache(maxsize=4)
def _question(model: type[OutgoingMail], vendor: str) -> leases.Question:
    rows = model._default_manager.all()
    due = rows.filter(leases.due(), clinic=OuterRef("pk")).order_by("created_at")
    return leases.in_turn(rows, due.values("pk"), share=MAX_PER_CLINIC)


def _claim(queue: MailQueue[Row], row_id: uuid.UUID) -> leases.Claim[Row] | None:
    return leases.claim(
        queue.rows, row_id, lease=LEASE, rows=queue.rows_with_what_decides, columns={"handover_at": None}
    )


def _send(queue: MailQueue[Row], claim: leases.Claim[Row]) -> Handed:
    try:
        letter = queue.write(claim.row)
    except PlansError as error:  # no try makes it better, such as a link whose key was removed
        return Handed(state=MailState.FAILED, error_code=error.code)
    return hand_over(letter, begin=partial(_begin, queue, claim))


@transaction.atomic
def _begin(queue: MailQueue[Row], claim: leases.Claim[Row]) -> Handed | None:
    """Ask once more: the server may have kept us waiting. Who stops the plan meanwhile waits for the same rows."""
    plan_id = queue.plan_of(claim.row)
    lock_patient_of(plan_id)
    Plan.objects.select_for_update().get(pk=plan_id)
    if why := queue.why_not(queue.rows_with_what_decides.get(pk=claim.row.pk)):
        return Handed(state=MailState.CANCELLED, error_code=why)
    held = queue.rows.filter(pk=claim.row.pk, state=MailState.RUNNING, attempt_token=claim.token)
    return None if held.update(handover_at=Now()) else Handed(state=MailState.QUEUED)


def _columns(queue: MailQueue[Row], row: Row, handed: Handed) -> dict[str, object]:
    columns: dict[str, object] = {"error_code": handed.error_code, "answer": handed.answer}
    if handed.state == MailState.SENT:
        columns["written_to_file"] = not has_server()
    if handed.state != MailState.QUEUED:
        return {**columns, "state": handed.state, "finished_at": Now()}
    if row.attempts >= queue.max_attempts:
        columns["error_code"] = handed.error_code or BROKE_OFF
        return {**columns, "state": MailState.FAILED, "finished_at": Now()}
    pause = timedelta(seconds=queue.pauses[row.attempts - 1])
    return {**columns, "state": MailState.QUEUED, "not_before": Now() + pause}


def _note_end(queue: MailQueue[Row], row: Row, handed: Handed) -> None:
    """Note an end; another try is none, until the last has failed."""
    if handed.state == MailState.QUEUED:
        if row.attempts < queue.max_attempts:
            return
        handed = replace(handed, state=MailState.FAILED)
    queue.note_end(row, handed)
