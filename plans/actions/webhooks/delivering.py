"""Deliver one event: claimed by a conditional UPDATE, sent, its end written behind a token; tried again later."""

import uuid
from dataclasses import dataclass
from datetime import timedelta

import structlog
from django.db.models import F, Q
from django.utils import timezone

from plans.actions.sealing import unseal
from plans.actions.webhooks.addresses import AddressRefused
from plans.actions.webhooks.sending import post
from plans.actions.webhooks.signing import signed_headers
from plans.exceptions import PlansError
from plans.models import DeliveryState, WebhookDelivery, WebhookEndpoint
from plans.wakeups import wake_deliveries

PAUSES = (5, 300, 1800, 7200, 18000, 36000, 50400, 72000, 86400)
"""Seconds until the next try, as the specification suggests; after the last the delivery is failed."""
LEASE = timedelta(seconds=90)
WAITED_TOO_LONG = timedelta(seconds=15)
KEPT = timedelta(days=90)
BATCH = 200
MOST_TRIES_KEPT = 20

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
    """Send one delivery, if it waits and its webhook is active."""
    token, now = uuid.uuid4(), timezone.now()
    due = Q(state=DeliveryState.QUEUED, not_before__lte=now, endpoint__active=True)
    taken = WebhookDelivery.objects.filter(due, pk=delivery_id).update(
        state=DeliveryState.RUNNING,
        attempts=F("attempts") + 1,
        attempt_token=token,
        lease_until=now + LEASE,
    )
    if taken:
        delivery = WebhookDelivery.objects.select_related("endpoint").get(pk=delivery_id)
        _finish(delivery, token, _send(delivery))


def sweep_deliveries() -> None:
    """Free what a dead worker held, and wake what waits too long."""
    now = timezone.now()
    lost = WebhookDelivery.objects.filter(state=DeliveryState.RUNNING, lease_until__lt=now)
    lost.update(state=DeliveryState.QUEUED, attempt_token=None, lease_until=None, not_before=now)
    late = Q(state=DeliveryState.QUEUED, not_before__lte=now, created_at__lt=now - WAITED_TOO_LONG)
    wake_deliveries(
        WebhookDelivery.objects.filter(late, endpoint__active=True).order_by("not_before")[:BATCH]
    )


def drop_old_deliveries() -> int:
    """Throw away the log of deliveries that ended long ago."""
    old = WebhookDelivery.objects.filter(finished_at__lt=timezone.now() - KEPT)
    return old.delete()[0]


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
    keys = [unseal(endpoint.secret)]
    if endpoint.old_secret_until and endpoint.old_secret_until > timezone.now():
        keys.append(unseal(endpoint.old_secret))
    return keys


def _finish(delivery: WebhookDelivery, token: uuid.UUID, result: Result) -> None:
    now = timezone.now()
    tries = [*delivery.tries, {"at": now.isoformat(), "status": result.status, "error": result.error}]
    columns: dict[str, object] = {
        "tries": tries[-MOST_TRIES_KEPT:],
        "attempt_token": None,
        "lease_until": None,
    }
    if result.delivered:
        columns |= {"state": DeliveryState.DELIVERED, "finished_at": now}
    elif result.final or result.status == 410 or delivery.attempts > len(PAUSES):
        columns |= {"state": DeliveryState.FAILED, "finished_at": now}
        log.warning("webhook_failed", delivery=str(delivery.pk), status=result.status)
    else:
        pause = timedelta(seconds=PAUSES[delivery.attempts - 1])
        columns |= {"state": DeliveryState.QUEUED, "not_before": now + pause}
    held = WebhookDelivery.objects.filter(
        pk=delivery.pk, state=DeliveryState.RUNNING, attempt_token=token
    ).update(**columns)
    if held and result.status == 410:
        # Gone: the receiver asks to hear no more.
        WebhookEndpoint.objects.filter(pk=delivery.endpoint_id).update(active=False)
