"""Give each event of the outbox to the webhooks that asked for its type."""

from collections import defaultdict
from datetime import timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.db.models.functions import Now

from plans.models import OutboxEvent, WebhookDelivery, WebhookEndpoint

BATCH = 500
KEPT = timedelta(days=1)
"""How long an event stays that no delivery needs; one that was sent stays as long as the log of its deliveries."""


def collect() -> int:
    """Make the deliveries of all events that are new; how many. The questions asked do not grow with the webhooks."""
    made = 0
    while True:
        events, deliveries = _collect_some()
        made += deliveries
        if events < BATCH:
            return made


@transaction.atomic
def _collect_some() -> tuple[int, int]:
    # Waits for another collector instead of passing over what it holds: its events come before ours.
    events = list(OutboxEvent.objects.select_for_update().filter(collected_at=None).order_by("pk")[:BATCH])
    if not events:
        return 0, 0
    # Held, so that none is removed or made active in between.
    endpoints = WebhookEndpoint.objects.select_for_update(no_key=True).order_by("pk")
    listening = defaultdict(list)
    for endpoint in endpoints.filter(active=True, clinic__in={event.clinic_id for event in events}):
        listening[endpoint.clinic_id].append(endpoint)
    deliveries = [
        WebhookDelivery(clinic_id=event.clinic_id, endpoint=endpoint, event=event)
        for event in events
        for endpoint in listening[event.clinic_id]
        if event.type in endpoint.events and event.created_at >= endpoint.active_since
    ]
    WebhookDelivery.objects.bulk_create(deliveries)
    OutboxEvent.objects.filter(pk__in=[event.pk for event in events]).update(collected_at=Now())
    return len(events), len(deliveries)


def drop_old_events() -> None:
    needed = Exists(WebhookDelivery.objects.filter(event=OuterRef("pk")))
    old = OutboxEvent.objects.filter(~needed, collected_at__lt=Now() - KEPT).order_by("pk")
    while some := list(old.values_list("pk", flat=True)[:BATCH]):
        OutboxEvent.objects.filter(pk__in=some).delete()
