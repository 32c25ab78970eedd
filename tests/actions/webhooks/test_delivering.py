"""From what happened to what was delivered: nothing lost, nothing twice, tried again with growing pauses."""

import json
from datetime import timedelta

import pytest
from django.utils import timezone

from plans import tasks
from plans.actions.links import open_link
from plans.actions.sealing import unseal
from plans.actions.webhooks import collecting, delivering, endpoints
from plans.actions.webhooks.addresses import AddressRefused
from plans.actions.webhooks.delivering import LEASE, PAUSES, deliver, sweep_deliveries
from plans.actions.webhooks.endpoints import BOTH_SECRETS_FOR, MOST_WEBHOOKS, TooManyWebhooks
from plans.actions.webhooks.events import Event
from plans.actions.webhooks.signing import signed_headers
from plans.models import DeliveryState, Rendering, RenderingState, Review, WebhookDelivery, WebhookEndpoint
from plans.permissions import NotAllowed
from plans.tokens import token_of
from tests import factories
from tests.api.world import make_ready

pytestmark = pytest.mark.usefixtures("broker")


@pytest.fixture
def clinic(db):
    return factories.clinic()


@pytest.fixture
def lead(clinic):
    return factories.lead(clinic)


@pytest.fixture
def webhook(clinic, lead, receiver):
    made = endpoints.make_webhook(clinic=clinic, url=receiver.url, events=list(Event), by=lead)
    return made.endpoint


@pytest.fixture
def publication(clinic):
    return factories.publication(factories.therapist(clinic))


def only_delivery():
    return WebhookDelivery.objects.get()


def make_due(**columns):
    WebhookDelivery.objects.update(not_before=timezone.now(), **columns)


def test_a_ready_rendering_is_told_once_with_a_good_signature(webhook, publication, receiver):
    rendering = make_ready(Rendering.objects.get())
    assert (collecting.collect(), collecting.collect()) == (1, 0)
    deliver(only_delivery().pk)
    ((_, headers, body),) = receiver.calls
    told = json.loads(body)
    assert told["type"] == "rendering.ready"
    assert told["data"]["rendering"] == str(rendering.pk)
    assert told["data"]["plan"] == str(publication.plan_id)
    expected = signed_headers(
        message_id=headers["webhook-id"],
        timestamp=int(headers["webhook-timestamp"]),
        body=body,
        keys=[unseal(webhook.secret)],
    )
    assert headers["webhook-signature"] == expected["webhook-signature"]
    assert abs(int(headers["webhook-timestamp"]) - timezone.now().timestamp()) < 60
    assert only_delivery().state == DeliveryState.DELIVERED
    deliver(only_delivery().pk)
    assert len(receiver.calls) == 1


def test_no_patient_data_leaves(webhook, publication, receiver):
    make_ready(Rendering.objects.get())
    collecting.collect()
    body, patient = only_delivery().body, publication.plan.patient
    for word in (
        patient.name,
        str(patient.birth_date),
        patient.record_number or "Robin",
        publication.plan.title,
    ):
        assert word not in body


def test_all_kinds_of_events_are_told(webhook, publication):
    Rendering.objects.update(
        state=RenderingState.FAILED, error_code="worker_lost", finished_at=timezone.now()
    )
    Review.objects.create(publication=publication, difference="d", appeared=[], gone=[])
    link = publication.plan.links.get()
    open_link(
        token=token_of(link_id=link.pk, digest=link.token_digest),
        birth_date=publication.plan.patient.birth_date,
        address="1.2.3.4",
    )
    assert collecting.collect() == 3
    told = {row.event: json.loads(row.body)["data"] for row in WebhookDelivery.objects.all()}
    assert set(told) == {"rendering.failed", "plan.to_be_reviewed", "link.opened"}
    assert told["rendering.failed"]["error_code"] == "worker_lost"


def test_a_file_made_before_publishing_is_told_when_it_is_published(webhook, publication):
    make_ready(Rendering.objects.get())
    WebhookEndpoint.objects.update(created_at=publication.published_at - timedelta(minutes=1))
    Rendering.objects.update(finished_at=publication.published_at - timedelta(hours=1))
    assert collecting.collect() == 1


def test_drafts_and_other_clinics_are_not_told(webhook):
    elsewhere = factories.publication(factories.therapist(factories.clinic()))
    make_ready(Rendering.objects.get(content=elsewhere.content))
    assert collecting.collect() == 0


def test_only_what_was_asked_for_and_from_now_on(clinic, lead, publication):
    make_ready(Rendering.objects.get())
    Rendering.objects.update(finished_at=timezone.now() - timedelta(minutes=1))
    endpoints.make_webhook(clinic=clinic, url="https://a.example.org/", events=[Event.LINK_OPENED], by=lead)
    assert collecting.collect() == 0


def test_what_was_missed_while_nobody_collected_is_found_later(webhook, publication):
    long_ago = timezone.now() - timedelta(days=3)
    WebhookEndpoint.objects.update(created_at=long_ago, collected_until=long_ago)
    make_ready(Rendering.objects.get())
    assert collecting.collect() == 1
    assert collecting.collect() == 0


def test_a_refused_delivery_is_tried_with_growing_pauses_then_failed(webhook, publication, receiver):
    receiver.status = 500
    make_ready(Rendering.objects.get())
    collecting.collect()
    assert list(PAUSES) == sorted(PAUSES)
    for pause in PAUSES:
        before = timezone.now()
        deliver(only_delivery().pk)
        row = only_delivery()
        assert row.state == DeliveryState.QUEUED
        assert abs((row.not_before - before).total_seconds() - pause) < 5
        deliver(row.pk)  # not due yet
        make_due()
    deliver(only_delivery().pk)
    row = only_delivery()
    assert row.state == DeliveryState.FAILED
    assert [one["status"] for one in row.tries] == [500] * (len(PAUSES) + 1)
    assert len(receiver.calls) == len(PAUSES) + 1
    assert len({headers["webhook-id"] for _, headers, _ in receiver.calls}) == 1


def test_a_receiver_that_comes_back_gets_it(webhook, publication, receiver):
    receiver.status = 503
    make_ready(Rendering.objects.get())
    collecting.collect()
    deliver(only_delivery().pk)
    receiver.status = 200
    make_due()
    deliver(only_delivery().pk)
    assert only_delivery().state == DeliveryState.DELIVERED


def test_gone_ends_the_webhook(webhook, publication, receiver):
    receiver.status = 410
    make_ready(Rendering.objects.get())
    collecting.collect()
    deliver(only_delivery().pk)
    assert only_delivery().state == DeliveryState.FAILED
    assert not WebhookEndpoint.objects.get().active


def test_a_name_that_turned_inward_fails_at_once(webhook, publication, receiver, monkeypatch):
    def refuse(*_args, **_kwargs):
        raise AddressRefused

    monkeypatch.setattr(delivering, "post", refuse)
    make_ready(Rendering.objects.get())
    collecting.collect()
    deliver(only_delivery().pk)
    assert only_delivery().state == DeliveryState.FAILED
    assert only_delivery().tries[0]["error"] == "address_refused"


def test_what_a_dead_worker_held_is_freed_and_its_late_end_counts_no_more(
    webhook, publication, receiver, monkeypatch
):
    make_ready(Rendering.objects.get())
    collecting.collect()
    send = delivering.post

    def die_meanwhile(*args, **kwargs):
        WebhookDelivery.objects.update(lease_until=timezone.now() - LEASE)
        sweep_deliveries()
        return send(*args, **kwargs)

    monkeypatch.setattr(delivering, "post", die_meanwhile)
    deliver(only_delivery().pk)
    assert only_delivery().state == DeliveryState.QUEUED


def test_the_sweep_wakes_what_waits(webhook, publication, django_capture_on_commit_callbacks, monkeypatch):
    make_ready(Rendering.objects.get())
    collecting.collect()
    old = timezone.now() - timedelta(minutes=1)
    WebhookDelivery.objects.update(created_at=old, not_before=old)
    sent = []
    monkeypatch.setattr(
        "plans.wakeups.current_app.send_task", lambda name, args, queue: sent.append((name, args))
    )
    with django_capture_on_commit_callbacks(execute=True):
        tasks.sweep_webhooks()
    assert ("plans.deliver_webhook", (str(only_delivery().pk),)) in sent


def test_a_new_secret_signs_beside_the_old_one_for_a_day(webhook, publication, receiver, lead):
    old = unseal(webhook.secret)
    made = endpoints.renew_secret(endpoint=webhook, by=lead)
    webhook.refresh_from_db()
    assert delivering._keys(webhook) == [made.secret, old]
    webhook.old_secret_until -= BOTH_SECRETS_FOR
    assert delivering._keys(webhook) == [made.secret]


def test_secrets_are_sealed_in_the_database(webhook):
    assert "whsec" not in str(WebhookEndpoint.objects.values().get())


def test_replay_sends_the_same_event_again(webhook, publication, receiver, lead):
    make_ready(Rendering.objects.get())
    collecting.collect()
    deliver(only_delivery().pk)
    endpoints.replay(delivery=only_delivery(), by=lead)
    deliver(only_delivery().pk)
    assert [headers["webhook-id"] for _, headers, _ in receiver.calls] == [str(only_delivery().event_id)] * 2


def test_only_leads_keep_webhooks(clinic, webhook):
    for person in (factories.therapist(clinic), factories.lead(factories.clinic())):
        with pytest.raises(NotAllowed):
            endpoints.change_webhook(endpoint=webhook, active=False, by=person)


def test_a_clinic_has_a_bounded_number(clinic, lead, webhook):
    for number in range(MOST_WEBHOOKS - 1):
        endpoints.make_webhook(clinic=clinic, url=f"https://a.example.org/{number}", events=[], by=lead)
    with pytest.raises(TooManyWebhooks):
        endpoints.make_webhook(clinic=clinic, url="https://a.example.org/x", events=[], by=lead)


def test_old_logs_are_dropped(webhook, publication, receiver):
    make_ready(Rendering.objects.get())
    collecting.collect()
    deliver(only_delivery().pk)
    WebhookDelivery.objects.update(finished_at=timezone.now() - timedelta(days=91))
    tasks.drop_old_calls()
    assert not WebhookDelivery.objects.exists()
