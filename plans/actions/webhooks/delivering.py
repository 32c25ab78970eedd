"""Deliver one event: claimed by a conditional UPDATE, sent, its end written behind a token; tried again later.

To one endpoint goes one delivery at a time, the oldest first. The try is in the log before anything is sent: a sender
that dies leaves it there, and it counts.
"""

import uuid
from dataclasses import dataclass
from datetime import timedelta

import structlog
from django.db import IntegrityError, transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Now
from django.utils import timezone

from plans import audit
from plans.actions.encryption import decrypt
from plans.actions.webhooks.addresses import AddressRefused
from plans.actions.webhooks.sending import post
from plans.actions.webhooks.signing import signed_headers
from plans.enqueue import enqueue_deliveries
from plans.exceptions import PlansError
from plans.models import AuditVerb, DeliveryState, WebhookDelivery, WebhookEndpoint

PAUSES = (5, 300, 1800, 7200, 18000, 36000, 50400, 72000, 86400)
"""Seconds until the next try, as the specification suggests; after the last the delivery is failed."""
MAX_ATTEMPTS = len(PAUSES) + 1
MAX_FAILURES_IN_ROW = 20
"""After so many failed tries, of whichever deliveries, an endpoint is paused until somebody resumes it."""
LEASE = timedelta(seconds=60)
"""How long a dead sender holds an endpoint: well beyond the deadline of a living one."""
WAITED_TOO_LONG = timedelta(seconds=15)
KEPT = timedelta(days=90)
BATCH = 200
MOST_TRIES_KEPT = 20
NOT_KNOWN = "The sender stopped before there was an answer."

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Result:
    """How a try ended: the receiver's status, or why there is none."""

    status: int | None = None
    error: str = ""
    final: bool = False

    @property
    def delivered(self) -> bool:
        """Whether the receiver took it."""
        return self.status is not None and 200 <= self.status < 300


def deliver(delivery_id: uuid.UUID) -> None:
    """Send one delivery, if it waits, its webhook is active and not paused, and nothing else is being sent to it."""
    delivery = _claim(delivery_id)
    if delivery is None:
        return
    _finish(delivery, _send(delivery))
    enqueue_next(WebhookEndpoint.objects.filter(pk=delivery.endpoint_id))


def enqueue_next(endpoints: QuerySet[WebhookEndpoint]) -> None:
    """Wake a sender for the oldest delivery that is due of each of these endpoints, where none is being sent."""
    own = WebhookDelivery.objects.filter(endpoint=OuterRef("pk")).order_by()
    due = own.filter(state=DeliveryState.QUEUED, not_before__lte=Now()).order_by("happened_at", "pk")
    idle = endpoints.filter(~Exists(own.filter(state=DeliveryState.RUNNING)), active=True, paused_at=None)
    chosen = idle.annotate(due=Subquery(due.values("pk")[:1])).filter(due__isnull=False)
    waiting = list(chosen.order_by("pk").values_list("due", flat=True)[:BATCH])
    enqueue_deliveries(WebhookDelivery.objects.filter(pk__in=waiting))


def sweep_deliveries() -> None:
    """Free what a dead sender held, and wake what waits."""
    lost = WebhookDelivery.objects.filter(state=DeliveryState.RUNNING, lease_until__lt=Now())
    for delivery in lost[:BATCH]:
        _leave(delivery, **_after_failure(delivery, final=False))
    enqueue_next(WebhookEndpoint.objects.all())


def drop_old_deliveries() -> int:
    """Throw away the log of deliveries that ended long ago, and what waited as long for a paused webhook."""
    oldest = timezone.now() - KEPT
    waited = Q(state=DeliveryState.QUEUED, created_at__lt=oldest)
    return WebhookDelivery.objects.filter(Q(finished_at__lt=oldest) | waited).delete()[0]


def _claim(delivery_id: uuid.UUID) -> WebhookDelivery | None:
    row = WebhookDelivery.objects.select_related("endpoint__clinic").filter(pk=delivery_id).first()
    if row is None:
        return None
    row.attempt_token = uuid.uuid4()
    row.tries = [*row.tries, _try(Result(error=NOT_KNOWN))][-MOST_TRIES_KEPT:]
    # Not by a join: PostgreSQL would not ask again what stands there when it has waited for another's UPDATE.
    open_endpoint = WebhookEndpoint.objects.filter(pk=OuterRef("endpoint_id"), active=True, paused_at=None)
    waiting = WebhookDelivery.objects.filter(
        Exists(open_endpoint),
        pk=row.pk,
        state=DeliveryState.QUEUED,
        attempts=row.attempts,
        not_before__lte=Now(),
    )
    try:
        with transaction.atomic():
            taken = waiting.update(
                state=DeliveryState.RUNNING,
                attempts=F("attempts") + 1,
                attempt_token=row.attempt_token,
                lease_until=Now() + LEASE,
                tries=row.tries,
            )
    except IntegrityError:
        return None  # another delivery is being sent to this endpoint; the next is woken when that ends
    row.attempts += 1
    return row if taken else None


def _send(delivery: WebhookDelivery) -> Result:
    body = delivery.body
    headers = signed_headers(
        message_id=str(delivery.event_id),
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


@transaction.atomic
def _finish(delivery: WebhookDelivery, result: Result) -> None:
    tries = [*delivery.tries[:-1], {**_try(result), "at": delivery.tries[-1]["at"]}]
    columns: dict[str, object] = {"state": DeliveryState.DELIVERED, "finished_at": Now()}
    if not result.delivered:
        columns = _after_failure(delivery, final=result.final or result.status == 410, status=result.status)
    if _leave(delivery, tries=tries, **columns):
        _note_on_endpoint(delivery, result)


def _after_failure(delivery: WebhookDelivery, *, final: bool, status: int | None = None) -> dict[str, object]:
    """Return the columns of a delivery that was not taken: it waits for its next try, or has had its last."""
    if final or delivery.attempts >= MAX_ATTEMPTS:
        log.warning("webhook_failed", delivery=str(delivery.pk), status=status)
        return {"state": DeliveryState.FAILED, "finished_at": Now()}
    pause = timedelta(seconds=PAUSES[delivery.attempts - 1])
    return {"state": DeliveryState.QUEUED, "not_before": Now() + pause}


def _leave(delivery: WebhookDelivery, **columns: object) -> bool:
    """End the attempt, unless the delivery is another's by now; whether it was ours."""
    held = WebhookDelivery.objects.filter(
        pk=delivery.pk, state=DeliveryState.RUNNING, attempt_token=delivery.attempt_token
    )
    return bool(held.update(attempt_token=None, lease_until=None, **columns))


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
