"""From the outbox to deliveries: each event to whom it belongs, once, in order; the questions asked stay few."""

from datetime import timedelta

import pytest
from django.db import connection
from django.db.models.functions import Now
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from plans import tasks
from plans.actions.webhooks import collect_events, endpoints
from plans.actions.webhooks.collect_events import KEPT, collect, drop_old_events
from plans.models import OutboxEvent, User, WebhookDelivery, WebhookEndpoint, WebhookEvent
from tests import factories

pytestmark = [pytest.mark.engine, pytest.mark.usefixtures("broker")]


def add_webhook(clinic, lead, events=tuple(WebhookEvent), **options):
    made = endpoints.make_webhook(
        clinic=clinic, url="https://a.example.org/", events=events, by=lead, **options
    )
    WebhookEndpoint.objects.filter(pk=made.endpoint.pk).update(active_since=Now() - timedelta(minutes=1))
    return made.endpoint


def test_an_event_goes_to_each_webhook_of_its_clinic_that_asked_for_it_once(clinic, lead):
    wanting = {add_webhook(clinic, lead).pk, add_webhook(clinic, lead, [WebhookEvent.LINK_OPENED]).pk}
    add_webhook(clinic, lead, [WebhookEvent.PLAN_PAUSED])
    add_webhook(clinic, lead, active=False)
    elsewhere = factories.clinic()
    add_webhook(elsewhere, factories.lead(elsewhere))
    event = factories.event(clinic, WebhookEvent.LINK_OPENED)
    assert (collect(), collect()) == (2, 0)
    rows = WebhookDelivery.objects.all()
    assert {row.endpoint_id for row in rows} == wanting
    assert {(row.event_id, row.clinic_id) for row in rows} == {(event.pk, clinic.pk)}


def test_a_webhook_hears_of_nothing_that_was_written_before_it_was_made(clinic, lead):
    factories.event(clinic, created_at=timezone.now() - timedelta(minutes=1))
    endpoints.make_webhook(clinic=clinic, url="https://a.example.org/", events=list(WebhookEvent), by=lead)
    assert collect() == 0
    factories.event(clinic)
    assert collect() == 1


def test_a_webhook_hears_of_nothing_from_before_it_was_made_active_again(clinic, lead):
    webhook = add_webhook(clinic, lead)
    endpoints.change_webhook(endpoint=webhook, active=False, by=lead)
    factories.event(clinic, created_at=timezone.now() - timedelta(seconds=30))
    endpoints.change_webhook(endpoint=webhook, active=True, by=lead)
    endpoints.change_webhook(endpoint=webhook, active=True, by=lead)  # it is: nothing begins anew
    assert collect() == 0
    factories.event(clinic)
    assert collect() == 1


def test_which_events_are_older_the_databases_clock_says(clinic, lead, monkeypatch):
    """A machine whose clock is an hour fast makes the webhook, another one the event."""
    monkeypatch.setattr(timezone, "now", lambda now=timezone.now: now() + timedelta(hours=1))
    endpoints.make_webhook(clinic=clinic, url="https://a.example.org/", events=list(WebhookEvent), by=lead)
    factories.event(clinic)
    assert collect() == 1


def test_what_was_missed_while_nobody_collected_is_found_later(clinic, lead):
    webhook = add_webhook(clinic, lead)
    WebhookEndpoint.objects.filter(pk=webhook.pk).update(active_since=Now() - timedelta(days=4))
    factories.event(clinic, created_at=timezone.now() - timedelta(days=3))
    assert collect() == 1


def test_more_than_one_turn_takes_is_collected_in_order(clinic, lead, monkeypatch):
    monkeypatch.setattr(collect_events, "BATCH", 2)
    add_webhook(clinic, lead)
    events = [factories.event(clinic).pk for _ in range(5)]
    assert collect() == 5
    assert list(WebhookDelivery.objects.order_by("event").values_list("event", flat=True)) == events


def test_an_event_is_kept_while_a_delivery_needs_it_and_a_while_when_none_does(clinic, lead):
    webhook = add_webhook(clinic, lead)
    long_ago = timezone.now() - KEPT - timedelta(minutes=1)
    unheard = factories.event(clinic, collected_at=long_ago)
    young = factories.event(clinic, collected_at=timezone.now())
    new = factories.event(clinic, created_at=long_ago)
    heard = factories.delivery(webhook, event=factories.event(clinic, collected_at=long_ago))
    drop_old_events()
    assert set(OutboxEvent.objects.all()) == {young, new, heard.event}
    assert not OutboxEvent.objects.filter(pk=unheard.pk).exists()
    WebhookDelivery.objects.update(state="delivered", finished_at=timezone.now() - timedelta(days=91))
    tasks.drop_old_calls()
    assert set(OutboxEvent.objects.all()) == {young, new}


def count_sweep():
    with CaptureQueriesContext(connection) as asked:
        tasks.sweep_webhooks()
    return len(asked)


def add_webhooks(clinics):
    """Ten webhooks for each clinic: as many as one may have."""
    by = User.objects.first()
    WebhookEndpoint.objects.bulk_create(
        WebhookEndpoint(
            clinic=clinic,
            url=f"https://a.example.org/{number}",
            events=list(WebhookEvent),
            created_by=by,
            active_since=timezone.now() - timedelta(minutes=1),
        )
        for clinic in clinics
        for number in range(10)
    )


def test_sending_asks_no_more_for_300_webhooks_than_for_3(clinic, lead):
    for _ in range(3):
        add_webhook(clinic, lead)
    idle = count_sweep()
    factories.event(clinic)
    busy = count_sweep()
    add_webhooks([factories.clinic() for _ in range(29)])
    assert count_sweep() == idle
    factories.event(clinic)
    assert count_sweep() == busy
    assert (idle, busy) <= (5, 9)


def test_events_of_30_clinics_are_collected_at_once(clinic, lead):
    clinics = [clinic, *(factories.clinic() for _ in range(29))]
    add_webhooks(clinics)
    for each in clinics:
        factories.event(each)
    with CaptureQueriesContext(connection) as asked:
        assert collect() == 300
    # SQLite takes 83 rows in one INSERT.
    assert len(asked) <= 10
