"""Turn what happened into deliveries: read from the rows, so that a lost message loses no event."""

import json
import uuid
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from plans.actions.webhooks.delivering import enqueue_next
from plans.models import WebhookDelivery, WebhookEndpoint
from plans.queries.events import Event, events_since

OVERLAP = timedelta(minutes=10)
"""A transaction may commit later than the moment that it wrote: so far back we look again. Known ones stay single."""


def collect() -> int:
    """Give every active webhook a delivery for each event that it asked for; gives how many are new."""
    return sum(
        _collect(pk) for pk in WebhookEndpoint.objects.filter(active=True).values_list("pk", flat=True)
    )


@transaction.atomic
def _collect(endpoint_id: uuid.UUID) -> int:
    endpoint = (
        WebhookEndpoint.objects.select_for_update(of=("self",), skip_locked=True)
        .select_related("clinic")
        .filter(pk=endpoint_id, active=True)
        .first()
    )
    if endpoint is None:
        return 0
    now = timezone.now()
    since = max(endpoint.collected_until - OVERLAP, endpoint.active_since)
    wanted = [one for one in events_since(endpoint.clinic, since=since) if one.event in endpoint.events]
    ids = {event_id(one): one for one in wanted}
    known = set(
        WebhookDelivery.objects.filter(endpoint=endpoint, event_id__in=ids).values_list("event_id", flat=True)
    )
    new = [_delivery(endpoint, key, one) for key, one in ids.items() if key not in known]
    WebhookDelivery.objects.bulk_create(new, ignore_conflicts=True)
    WebhookEndpoint.objects.filter(pk=endpoint.pk).update(collected_until=now)
    enqueue_next(WebhookEndpoint.objects.filter(pk=endpoint.pk))
    return len(new)


def event_id(event: Event) -> uuid.UUID:
    """Name an event: the same for all webhooks, for every try, and however often it is collected."""
    return uuid.uuid5(uuid.NAMESPACE_URL, f"{event.event} {event.key}")


def _delivery(endpoint: WebhookEndpoint, key: uuid.UUID, event: Event) -> WebhookDelivery:
    body = {"type": event.event, "timestamp": event.at.isoformat(), "data": event.about}
    return WebhookDelivery(
        endpoint=endpoint,
        event_id=key,
        event=event.event,
        body=json.dumps(body, separators=(",", ":")),
        happened_at=event.at,
    )
