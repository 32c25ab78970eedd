"""Deliver events: a delivery is claimed, sent, its end written behind the claim's token; tried again later.

A message only says that something waits. What a free sender takes is decided when it is free: of the clinic with the
fewest on their way, among equals of the one served longest ago, its oldest event; to one endpoint one at a time. The
try is in the log before anything is sent: a sender that dies leaves it there, and it counts.
"""

import uuid
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache, partial

import structlog
from django.db import IntegrityError, connection
from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Now
from django.utils import timezone

from plans import audit, leases
from plans.actions.encryption import decrypt
from plans.actions.webhooks.addresses import AddressRefused
from plans.actions.webhooks.sending import post
from plans.actions.webhooks.signing import signed_headers
from plans.enqueue import WEBHOOKS, enqueue_deliveries, messages_waiting
from plans.exceptions import PlansError
from plans.models import AuditVerb, DeliveryState, WebhookDelivery, WebhookEndpoint

PAUSES = (5, 300, 1800, 7200, 18000, 36000, 50400, 72000, 86400)
"""Seconds until the next try, as the specification suggests; after the last the delivery is failed."""
MAX_ATTEMPTS = len(PAUSES) + 1
MAX_FAILURES_IN_ROW = 20
"""After so many failed tries, of whichever deliveries, an endpoint is paused until somebody resumes it."""
LEASE = timedelta(seconds=60)
"""How long a dead sender holds an endpoint: well beyond the deadline of a living one."""
MAX_PER_CLINIC = 4
"""So many of the 16 senders may be busy for one clinic, whose receivers may all be silent."""
KEPT = timedelta(days=90)
BATCH = 200
MAX_TRIES_KEPT = 20
NOT_KNOWN = "The sender stopped before there was an answer."

Claim = leases.Claim[WebhookDelivery]

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Result:
    """How a try ended: the receiver's status, or why there is none."""

    status: int | None = None
    error: str = ""
    final: bool = False

    @property
    def delivered(self) -> bool:
        return self.status is not None and 200 <= self.status < 300


def deliver_next() -> None:
    """Send what is next in turn, if anything is due, and wake a sender for what is next after it."""
    claim = leases.claim_next(_next_in_turn, _claim)
    if claim is None:
        return
    _finish(claim, _send(claim.row))
    if _next_in_turn():
        enqueue_deliveries()


def sweep_deliveries() -> None:
    """Free what a dead sender held, and wake a sender for each endpoint for which something waits."""
    for delivery in leases.lost(WebhookDelivery.objects.all())[:BATCH]:
        leases.free(delivery, _after_failure(delivery, final=False))
    waiting = _waiting().count()
    if waiting:
        enqueue_deliveries(max(0, min(waiting, BATCH) - messages_waiting(WEBHOOKS)))


def drop_old_deliveries() -> int:
    """Throw away the log of deliveries that ended long ago, and what waited as long for a paused webhook."""
    oldest = Now() - KEPT
    waited = Q(state=DeliveryState.QUEUED, created_at__lt=oldest)
    return WebhookDelivery.objects.filter(Q(finished_at__lt=oldest) | waited).delete()[0]


def _next_in_turn() -> uuid.UUID | None:
    return leases.ask(_question(connection.vendor))


@lru_cache(maxsize=2)
def _question(vendor: str) -> leases.Question:
    due = _of_endpoint().filter(leases.due()).order_by("event_id")
    waiting = (
        _waiting()
        .filter(clinic=OuterRef("pk"))
        .annotate(oldest=Subquery(due.values("event_id")[:1]), delivery=Subquery(due.values("pk")[:1]))
    )
    return leases.in_turn(
        WebhookDelivery.objects.all(), waiting.order_by("oldest").values("delivery"), share=MAX_PER_CLINIC
    )


def _waiting() -> QuerySet[WebhookEndpoint]:
    own = _of_endpoint()
    idle = WebhookEndpoint.objects.filter(~Exists(own.filter(state=DeliveryState.RUNNING)), paused_at=None)
    return idle.filter(Exists(own.filter(leases.due())), active=True)


def _of_endpoint() -> QuerySet[WebhookDelivery]:
    return WebhookDelivery.objects.filter(endpoint=OuterRef("pk")).order_by()


def _claim(delivery_id: uuid.UUID) -> Claim | None:
    open_endpoint = WebhookEndpoint.objects.filter(pk=OuterRef("endpoint_id"), active=True, paused_at=None)
    try:
        claim = leases.claim(
            WebhookDelivery.objects.filter(Exists(open_endpoint)),
            delivery_id,
            lease=LEASE,
            rows=WebhookDelivery.objects.select_related("event", "endpoint__clinic"),
        )
    except IntegrityError:
        return None  # another delivery is being sent to this endpoint
    if claim:
        claim.row.tries = [*claim.row.tries, _try(Result(error=NOT_KNOWN))][-MAX_TRIES_KEPT:]
        WebhookDelivery.objects.filter(pk=delivery_id, attempt_token=claim.token).update(
            tries=claim.row.tries
        )
    return claim


def _send(delivery: WebhookDelivery) -> Result:
    body = delivery.event.body
    headers = signed_headers(
        message_id=str(delivery.event.uuid),
        timestamp=int(timezone.now().timestamp()),
        body=body,
        keys=_keys(delivery.endpoint),
    )
    headers |= {"Content-Type": "application/json", "User-Agent": "home-exercise-webhooks/1"}
    try:
        return Result(status=post(delivery.endpoint.url, body=body, headers=headers))
    except AddressRefused as error:
        return Result(error=error.code, final=True)
    except PlansError as error:
        return Result(error=str(error))


def _keys(endpoint: WebhookEndpoint) -> list[str]:
    keys = [decrypt(endpoint.secret)]
    if endpoint.old_secret_until and endpoint.old_secret_until > timezone.now():
        keys.append(decrypt(endpoint.old_secret))
    return keys


def _try(result: Result) -> dict[str, object]:
    return {"at": timezone.now().isoformat(), "status": result.status, "error": result.error}


def _finish(claim: Claim, result: Result) -> None:
    delivery = claim.row
    tries = [*delivery.tries[:-1], {**_try(result), "at": delivery.tries[-1]["at"]}]
    columns: dict[str, object] = {"state": DeliveryState.DELIVERED, "finished_at": Now()}
    if not result.delivered:
        columns = _after_failure(delivery, final=result.final or result.status == 410, status=result.status)
    leases.finish(claim, {**columns, "tries": tries}, then=partial(_note_on_endpoint, delivery, result))


def _after_failure(delivery: WebhookDelivery, *, final: bool, status: int | None = None) -> dict[str, object]:
    """Return the columns of a delivery that was not taken: it waits for its next try, or has had its last."""
    if final or delivery.attempts >= MAX_ATTEMPTS:
        log.warning("webhook_failed", delivery=str(delivery.pk), status=status)
        return {"state": DeliveryState.FAILED, "finished_at": Now()}
    pause = timedelta(seconds=PAUSES[delivery.attempts - 1])
    return {"state": DeliveryState.QUEUED, "not_before": Now() + pause}


def _note_on_endpoint(delivery: WebhookDelivery, result: Result) -> None:
    """Count the failures in a row; pause an endpoint that has too many, end one that is gone."""
    endpoint = WebhookEndpoint.objects.filter(pk=delivery.endpoint_id)
    if result.delivered:
        endpoint.exclude(failures_in_row=0).update(failures_in_row=0)
        return
    endpoint.update(failures_in_row=F("failures_in_row") + 1)
    if result.status == 410:
        # Gone: the receiver asks to hear no more.
        endpoint.update(active=False)
    failing = endpoint.filter(paused_at=None, failures_in_row__gte=MAX_FAILURES_IN_ROW)
    if failing.update(paused_at=Now()):
        log.warning("webhook_paused", webhook=str(delivery.endpoint_id), failures=MAX_FAILURES_IN_ROW)
        audit.append(
            verb=AuditVerb.WEBHOOK_PAUSED,
            by=None,
            what=delivery.endpoint,
            clinic=delivery.endpoint.clinic,
            detail={"failures": MAX_FAILURES_IN_ROW},
        )
