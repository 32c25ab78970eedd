"""From what happened to what was delivered: nothing lost, nothing twice, tried again with growing pauses."""

import json
import uuid
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from plans import tasks
from plans.actions.encryption import decrypt
from plans.actions.links import open_link
from plans.actions.webhooks import collect_events, delivering, endpoints
from plans.actions.webhooks.addresses import AddressRefused
from plans.actions.webhooks.delivering import (
    LEASE,
    MAX_ATTEMPTS,
    MAX_FAILURES_IN_ROW,
    NOT_KNOWN,
    PAUSES,
    deliver,
    sweep_deliveries,
)
from plans.actions.webhooks.endpoints import BOTH_SECRETS_FOR, MOST_WEBHOOKS, TooManyWebhooks
from plans.actions.webhooks.signing import signed_headers
from plans.models import (
    AuditEvent,
    AuditVerb,
    DeliveryState,
    Rendering,
    RenderingState,
    Review,
    WebhookDelivery,
    WebhookEndpoint,
    WebhookEvent,
)
from plans.permissions import NotAllowed
from plans.tokens import token_of
from tests import factories
from tests.api.world import make_ready

pytestmark = pytest.mark.usefixtures("broker")


@pytest.fixture
def webhook(clinic, lead, receiver):
    made = endpoints.make_webhook(clinic=clinic, url=receiver.url, events=list(WebhookEvent), by=lead)
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
    assert (collect_events.collect(), collect_events.collect()) == (1, 0)
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
        keys=[decrypt(webhook.secret)],
    )
    assert headers["webhook-signature"] == expected["webhook-signature"]
    assert abs(int(headers["webhook-timestamp"]) - timezone.now().timestamp()) < 60
    assert only_delivery().state == DeliveryState.DELIVERED
    deliver(only_delivery().pk)
    assert len(receiver.calls) == 1


def test_no_patient_data_leaves(webhook, publication, receiver):
    make_ready(Rendering.objects.get())
    collect_events.collect()
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
    assert collect_events.collect() == 3
    told = {row.event: json.loads(row.body)["data"] for row in WebhookDelivery.objects.all()}
    assert set(told) == {"rendering.failed", "plan.to_be_reviewed", "link.opened"}
    assert told["rendering.failed"]["error_code"] == "worker_lost"


def test_a_file_made_before_publishing_is_told_when_it_is_published(webhook, publication):
    make_ready(Rendering.objects.get())
    WebhookEndpoint.objects.update(active_since=publication.published_at - timedelta(minutes=1))
    Rendering.objects.update(finished_at=publication.published_at - timedelta(hours=1))
    assert collect_events.collect() == 1


def test_drafts_and_other_clinics_are_not_told(webhook):
    elsewhere = factories.publication(factories.therapist(factories.clinic()))
    make_ready(Rendering.objects.get(content=elsewhere.content))
    assert collect_events.collect() == 0


def test_only_what_was_asked_for_and_from_now_on(clinic, lead, publication):
    make_ready(Rendering.objects.get())
    Rendering.objects.update(finished_at=timezone.now() - timedelta(minutes=1))
    endpoints.make_webhook(
        clinic=clinic, url="https://a.example.org/", events=[WebhookEvent.LINK_OPENED], by=lead
    )
    assert collect_events.collect() == 0


def test_a_webhook_hears_of_nothing_from_before_it_was_made_active_again(webhook, publication, lead):
    endpoints.change_webhook(endpoint=webhook, active=False, by=lead)
    WebhookEndpoint.objects.update(created_at=timezone.now() - timedelta(days=1))
    rendering = make_ready(Rendering.objects.get())
    endpoints.change_webhook(endpoint=webhook, active=True, by=lead)
    endpoints.change_webhook(endpoint=webhook, active=True, by=lead)  # it is: nothing begins anew
    assert collect_events.collect() == 0
    Rendering.objects.filter(pk=rendering.pk).update(finished_at=timezone.now())
    assert collect_events.collect() == 1


def test_what_was_missed_while_nobody_collected_is_found_later(webhook, publication):
    long_ago = timezone.now() - timedelta(days=3)
    WebhookEndpoint.objects.update(active_since=long_ago, collected_until=long_ago)
    make_ready(Rendering.objects.get())
    assert collect_events.collect() == 1
    assert collect_events.collect() == 0


def test_a_refused_delivery_is_tried_with_growing_pauses_then_failed(webhook, publication, receiver):
    receiver.status = 500
    make_ready(Rendering.objects.get())
    collect_events.collect()
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
    collect_events.collect()
    deliver(only_delivery().pk)
    receiver.status = 200
    make_due()
    deliver(only_delivery().pk)
    assert only_delivery().state == DeliveryState.DELIVERED


def test_gone_ends_the_webhook(webhook, publication, receiver):
    receiver.status = 410
    make_ready(Rendering.objects.get())
    collect_events.collect()
    deliver(only_delivery().pk)
    assert only_delivery().state == DeliveryState.FAILED
    assert not WebhookEndpoint.objects.get().active


def test_a_name_that_turned_inward_fails_at_once(webhook, publication, receiver, monkeypatch):
    def refuse(*_args, **_kwargs):
        raise AddressRefused

    monkeypatch.setattr(delivering, "post", refuse)
    make_ready(Rendering.objects.get())
    collect_events.collect()
    deliver(only_delivery().pk)
    assert only_delivery().state == DeliveryState.FAILED
    assert only_delivery().tries[0]["error"] == "address_refused"


def test_what_a_dead_worker_held_is_freed_and_its_late_end_counts_no_more(
    webhook, publication, receiver, monkeypatch
):
    make_ready(Rendering.objects.get())
    collect_events.collect()
    send = delivering.post

    def die_meanwhile(*args, **kwargs):
        WebhookDelivery.objects.update(lease_until=timezone.now() - LEASE)
        sweep_deliveries()
        return send(*args, **kwargs)

    monkeypatch.setattr(delivering, "post", die_meanwhile)
    deliver(only_delivery().pk)
    assert only_delivery().state == DeliveryState.QUEUED


def add_delivery(webhook, *, minutes=0):
    """One more event for the webhook, due now."""
    return WebhookDelivery.objects.create(
        endpoint=webhook,
        event_id=uuid.uuid4(),
        event=WebhookEvent.RENDERING_READY,
        body="{}",
        happened_at=timezone.now() - timedelta(minutes=minutes),
    )


class SenderDied(BaseException):
    """What ends a process in the middle of sending."""


def die(*_args, **_kwargs):
    raise SenderDied


def test_a_try_is_in_the_log_before_anything_is_sent(webhook, monkeypatch):
    row = add_delivery(webhook)
    monkeypatch.setattr(delivering, "post", die)
    with pytest.raises(SenderDied):
        deliver(row.pk)
    row.refresh_from_db()
    assert (row.state, row.attempts) == (DeliveryState.RUNNING, 1)
    assert [one["error"] for one in row.tries] == [NOT_KNOWN]


def test_a_delivery_that_kills_its_senders_is_not_tried_for_ever(webhook, monkeypatch):
    row = add_delivery(webhook)
    monkeypatch.setattr(delivering, "post", die)
    for attempt in range(MAX_ATTEMPTS):
        make_due()
        with pytest.raises(SenderDied):
            deliver(row.pk)
        WebhookDelivery.objects.update(lease_until=timezone.now() - LEASE)
        before = timezone.now()
        sweep_deliveries()
        row.refresh_from_db()
        if attempt < len(PAUSES):
            assert row.state == DeliveryState.QUEUED
            assert abs((row.not_before - before).total_seconds() - PAUSES[attempt]) < 5
    assert (row.state, len(row.tries)) == (DeliveryState.FAILED, MAX_ATTEMPTS)


def test_to_one_endpoint_goes_one_delivery_at_a_time_and_then_the_oldest(
    webhook, monkeypatch, django_capture_on_commit_callbacks
):
    newest, first, oldest = (
        add_delivery(webhook),
        add_delivery(webhook, minutes=5),
        add_delivery(webhook, minutes=9),
    )
    states, sent = [], []

    def send(*_args, **_kwargs):
        deliver(newest.pk)
        states.extend(WebhookDelivery.objects.filter(pk=newest.pk).values_list("state", "attempts"))
        return 204

    monkeypatch.setattr(delivering, "post", send)
    monkeypatch.setattr(
        "plans.enqueue.current_app.send_task", lambda name, args, queue: sent.append((name, args, queue))
    )
    with django_capture_on_commit_callbacks(execute=True):
        deliver(first.pk)
    assert states == [(DeliveryState.QUEUED, 0)]
    assert sent == [("plans.deliver_webhook", (str(oldest.pk),), "webhooks")]


def test_the_database_holds_an_endpoint_to_one_delivery(webhook):
    rows = [add_delivery(webhook), add_delivery(webhook)]
    running = {"state": DeliveryState.RUNNING, "attempt_token": uuid.uuid4(), "lease_until": timezone.now()}
    with pytest.raises(IntegrityError, match=r"delivery_one_at_a_time|endpoint_id"), transaction.atomic():
        WebhookDelivery.objects.filter(pk__in=[row.pk for row in rows]).update(**running)


def test_another_endpoint_is_not_kept_waiting(clinic, lead, webhook, monkeypatch):
    other = endpoints.make_webhook(clinic=clinic, url="https://b.example.org/", events=[], by=lead).endpoint
    held, free = add_delivery(webhook), add_delivery(other)

    def send(url, **_):
        if url == webhook.url:
            deliver(free.pk)
        return 204

    monkeypatch.setattr(delivering, "post", send)
    deliver(held.pk)
    free.refresh_from_db()
    assert free.state == DeliveryState.DELIVERED


def fail_in_row(webhook, receiver, times):
    receiver.status = 500
    for _ in range(times):
        deliver(add_delivery(webhook).pk)
    webhook.refresh_from_db()


def test_an_endpoint_that_fails_20_times_in_a_row_is_paused_and_nothing_is_lost(
    webhook, receiver, lead, caplog, django_capture_on_commit_callbacks, monkeypatch
):
    fail_in_row(webhook, receiver, MAX_FAILURES_IN_ROW - 1)
    assert webhook.paused_at is None
    fail_in_row(webhook, receiver, 1)
    assert (webhook.failures_in_row, webhook.paused_at is None) == (MAX_FAILURES_IN_ROW, False)
    event = AuditEvent.objects.get(verb=AuditVerb.WEBHOOK_PAUSED)
    assert (event.by, event.clinic, event.detail) == (None, webhook.clinic, {"failures": MAX_FAILURES_IN_ROW})
    assert any("webhook_paused" in str(record.msg) for record in caplog.records)
    waiting = add_delivery(webhook)
    deliver(waiting.pk)
    waiting.refresh_from_db()
    assert (waiting.state, waiting.attempts) == (DeliveryState.QUEUED, 0)

    receiver.status = 204
    sent = []
    monkeypatch.setattr("plans.enqueue.current_app.send_task", lambda name, args, queue: sent.append(args))
    with django_capture_on_commit_callbacks(execute=True):
        resumed = endpoints.resume_webhook(endpoint=webhook, by=lead)
    assert (resumed.failures_in_row, resumed.paused_at) == (0, None)
    assert sent == [(str(waiting.pk),)]
    deliver(waiting.pk)
    waiting.refresh_from_db()
    assert waiting.state == DeliveryState.DELIVERED


def test_one_that_is_taken_ends_the_row_of_failures(webhook, receiver):
    fail_in_row(webhook, receiver, 3)
    receiver.status = 204
    deliver(add_delivery(webhook).pk)
    webhook.refresh_from_db()
    assert webhook.failures_in_row == 0


def test_a_new_address_ends_the_pause(webhook, receiver, lead):
    WebhookEndpoint.objects.update(paused_at=timezone.now(), failures_in_row=20)
    kept = endpoints.change_webhook(endpoint=webhook, url=webhook.url, by=lead)
    assert kept.paused_at is not None
    moved = endpoints.change_webhook(endpoint=webhook, url="https://new.example.org/", by=lead)
    assert (moved.paused_at, moved.failures_in_row) == (None, 0)


def test_only_leads_resume(clinic, webhook):
    with pytest.raises(NotAllowed):
        endpoints.resume_webhook(endpoint=webhook, by=factories.therapist(clinic))


def test_the_sweep_wakes_one_delivery_of_each_endpoint(webhook, clinic, lead, monkeypatch):
    other = endpoints.make_webhook(clinic=clinic, url="https://b.example.org/", events=[], by=lead).endpoint
    paused = endpoints.make_webhook(clinic=clinic, url="https://c.example.org/", events=[], by=lead).endpoint
    WebhookEndpoint.objects.filter(pk=paused.pk).update(paused_at=timezone.now())
    rows = [add_delivery(one, minutes=minutes) for one in (webhook, other, paused) for minutes in (1, 7)]
    woken = []
    monkeypatch.setattr(delivering, "enqueue_deliveries", lambda found: woken.extend(row.pk for row in found))
    sweep_deliveries()
    assert set(woken) == {rows[1].pk, rows[3].pk}


def test_the_sweep_wakes_what_waits(webhook, publication, django_capture_on_commit_callbacks, monkeypatch):
    make_ready(Rendering.objects.get())
    collect_events.collect()
    old = timezone.now() - timedelta(minutes=1)
    WebhookDelivery.objects.update(created_at=old, not_before=old)
    sent = []
    monkeypatch.setattr(
        "plans.enqueue.current_app.send_task", lambda name, args, queue: sent.append((name, args))
    )
    with django_capture_on_commit_callbacks(execute=True):
        tasks.sweep_webhooks()
    assert ("plans.deliver_webhook", (str(only_delivery().pk),)) in sent


def test_a_new_secret_signs_beside_the_old_one_for_a_day(webhook, publication, receiver, lead):
    old = decrypt(webhook.secret)
    made = endpoints.renew_secret(endpoint=webhook, by=lead)
    webhook.refresh_from_db()
    assert delivering._keys(webhook) == [made.secret, old]
    webhook.old_secret_until -= BOTH_SECRETS_FOR
    assert delivering._keys(webhook) == [made.secret]


def test_secrets_are_sealed_in_the_database(webhook):
    assert "whsec" not in str(WebhookEndpoint.objects.values().get())


def test_replay_sends_the_same_event_again(webhook, publication, receiver, lead):
    make_ready(Rendering.objects.get())
    collect_events.collect()
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
    collect_events.collect()
    deliver(only_delivery().pk)
    WebhookDelivery.objects.update(finished_at=timezone.now() - timedelta(days=91))
    tasks.drop_old_calls()
    assert not WebhookDelivery.objects.exists()
