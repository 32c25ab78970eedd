"""From what happened to what was delivered: nothing lost, nothing twice, tried again with growing pauses."""

import json
import uuid
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.db.models.functions import Now
from django.utils import timezone

from plans import tasks
from plans.actions.encryption import decrypt
from plans.actions.webhooks import collect_events, delivering, endpoints
from plans.actions.webhooks.addresses import AddressRefused
from plans.actions.webhooks.delivering import (
    LEASE,
    MAX_ATTEMPTS,
    MAX_FAILURES_IN_ROW,
    MAX_PER_CLINIC,
    NOT_KNOWN,
    PAUSES,
    deliver_next,
    sweep_deliveries,
)
from plans.actions.webhooks.endpoints import BOTH_SECRETS_FOR, MAX_WEBHOOKS, TooManyWebhooks
from plans.actions.webhooks.signing import signed_headers
from plans.models import (
    AuditEvent,
    AuditVerb,
    DeliveryState,
    Rendering,
    WebhookDelivery,
    WebhookEndpoint,
    WebhookEvent,
)
from plans.permissions import NotAllowed
from tests import factories
from tests.servers import forget_messages

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
    WebhookDelivery.objects.update(not_before=Now() - timedelta(seconds=1), **columns)


def test_a_ready_rendering_is_told_once_with_a_good_signature(webhook, publication, receiver):
    rendering = factories.finish_file(Rendering.objects.get())
    assert (collect_events.collect(), collect_events.collect()) == (1, 0)
    deliver_next()
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
    deliver_next()
    assert len(receiver.calls) == 1


def test_no_patient_data_leaves(webhook, publication, receiver):
    factories.finish_file(Rendering.objects.get())
    collect_events.collect()
    body, patient = only_delivery().event.body, publication.plan.patient
    for word in (
        patient.name,
        str(patient.birth_date),
        patient.record_number or "Robin",
        publication.plan.title,
    ):
        assert word not in body


def test_a_refused_delivery_is_tried_with_growing_pauses_then_failed(webhook, publication, receiver):
    receiver.status = 500
    factories.finish_file(Rendering.objects.get())
    collect_events.collect()
    assert list(PAUSES) == sorted(PAUSES)
    for pause in PAUSES:
        before = timezone.now()
        deliver_next()
        row = only_delivery()
        assert row.state == DeliveryState.QUEUED
        assert abs((row.not_before - before).total_seconds() - pause) < 5
        deliver_next()  # not due yet
        make_due()
    deliver_next()
    row = only_delivery()
    assert row.state == DeliveryState.FAILED
    assert [one["status"] for one in row.tries] == [500] * (len(PAUSES) + 1)
    assert len(receiver.calls) == len(PAUSES) + 1
    assert len({headers["webhook-id"] for _, headers, _ in receiver.calls}) == 1


def test_a_receiver_that_comes_back_gets_it(webhook, publication, receiver):
    receiver.status = 503
    factories.finish_file(Rendering.objects.get())
    collect_events.collect()
    deliver_next()
    receiver.status = 200
    make_due()
    deliver_next()
    assert only_delivery().state == DeliveryState.DELIVERED


def test_gone_ends_the_webhook(webhook, publication, receiver):
    receiver.status = 410
    factories.finish_file(Rendering.objects.get())
    collect_events.collect()
    deliver_next()
    assert only_delivery().state == DeliveryState.FAILED
    assert not WebhookEndpoint.objects.get().active


def test_a_name_that_turned_inward_fails_at_once(webhook, publication, receiver, monkeypatch):
    def refuse(*_args, **_kwargs):
        raise AddressRefused

    monkeypatch.setattr(delivering, "post", refuse)
    factories.finish_file(Rendering.objects.get())
    collect_events.collect()
    deliver_next()
    assert only_delivery().state == DeliveryState.FAILED
    assert only_delivery().tries[0]["error"] == "address_refused"


def test_what_a_dead_worker_held_is_freed_and_its_late_end_counts_no_more(
    webhook, publication, receiver, monkeypatch
):
    factories.finish_file(Rendering.objects.get())
    collect_events.collect()
    send = delivering.post

    def die_meanwhile(*args, **kwargs):
        WebhookDelivery.objects.update(lease_until=timezone.now() - LEASE)
        sweep_deliveries()
        return send(*args, **kwargs)

    monkeypatch.setattr(delivering, "post", die_meanwhile)
    deliver_next()
    assert only_delivery().state == DeliveryState.QUEUED


class SenderDied(BaseException):
    """What ends a process in the middle of sending."""


def die(*_args, **_kwargs):
    raise SenderDied


def test_a_try_is_in_the_log_before_anything_is_sent(webhook, monkeypatch):
    row = factories.delivery(webhook)
    monkeypatch.setattr(delivering, "post", die)
    with pytest.raises(SenderDied):
        deliver_next()
    row.refresh_from_db()
    assert (row.state, row.attempts) == (DeliveryState.RUNNING, 1)
    assert [one["error"] for one in row.tries] == [NOT_KNOWN]


def test_a_delivery_that_kills_its_senders_is_not_tried_for_ever(webhook, monkeypatch):
    row = factories.delivery(webhook)
    monkeypatch.setattr(delivering, "post", die)
    for attempt in range(MAX_ATTEMPTS):
        make_due()
        with pytest.raises(SenderDied):
            deliver_next()
        WebhookDelivery.objects.update(lease_until=timezone.now() - LEASE)
        before = timezone.now()
        sweep_deliveries()
        row.refresh_from_db()
        if attempt < len(PAUSES):
            assert row.state == DeliveryState.QUEUED
            assert abs((row.not_before - before).total_seconds() - PAUSES[attempt]) < 5
    assert (row.state, len(row.tries)) == (DeliveryState.FAILED, MAX_ATTEMPTS)


def sent_messages(monkeypatch):
    sent = []
    monkeypatch.setattr(
        "plans.enqueue.current_app.send_task", lambda name, args, queue: sent.append((name, args, queue))
    )
    return sent


MESSAGE = ("plans.deliver_webhook", (), "webhooks")


def test_to_one_endpoint_goes_one_delivery_at_a_time_and_then_the_oldest(
    webhook, monkeypatch, django_capture_on_commit_callbacks
):
    for _ in range(3):
        factories.delivery(webhook)
    meanwhile = []

    def send(*_args, **_kwargs):
        deliver_next()
        meanwhile.append(list(WebhookDelivery.objects.order_by("event").values_list("state", flat=True)))
        return 204

    monkeypatch.setattr(delivering, "post", send)
    sent = sent_messages(monkeypatch)
    with django_capture_on_commit_callbacks(execute=True):
        deliver_next()
    assert meanwhile == [["running", "queued", "queued"]]
    assert sent == [MESSAGE]
    deliver_next()
    assert meanwhile[1] == ["delivered", "running", "queued"]


def test_a_clinic_with_silent_receivers_leaves_senders_for_the_others(lead, webhook, clinic, monkeypatch):
    """All of them are busy with the first clinic's, as many as it may have; the second clinic's goes out."""
    silent = [webhook, *(more_webhooks(clinic, lead, MAX_PER_CLINIC))]
    for endpoint in silent:
        factories.delivery(endpoint)
    elsewhere = factories.clinic()
    (other,) = more_webhooks(elsewhere, factories.lead(elsewhere), 1)
    late = factories.delivery(other)
    called = []

    def send(url, **_):
        called.append(url)
        deliver_next()
        return 204

    monkeypatch.setattr(delivering, "post", send)
    deliver_next()
    late.refresh_from_db()
    assert late.state == DeliveryState.DELIVERED
    # Which of two clinics that were never served comes first is not said; the other comes before any second event.
    assert called.index(other.url) <= 1
    assert len(called) == MAX_PER_CLINIC + 1


def test_clinics_take_turns_also_with_one_sender(webhook, receiver):
    """Not the clinic whose events are the oldest first, until it has no more."""
    elsewhere = factories.clinic()
    (other,) = more_webhooks(elsewhere, factories.lead(elsewhere), 1)
    WebhookEndpoint.objects.filter(pk=other.pk).update(url=webhook.url)
    for endpoint in (webhook, other):
        for _ in range(2):
            factories.delivery(endpoint)
    served = []
    for _ in range(4):
        deliver_next()
        served.append(
            WebhookDelivery.objects.filter(state=DeliveryState.DELIVERED).latest("started_at").clinic_id
        )
    assert served[:2] != served[1:3]
    assert sorted(served[:2]) == sorted(served[2:]) == sorted([webhook.clinic_id, elsewhere.pk])


def more_webhooks(clinic, lead, count):
    return [
        endpoints.make_webhook(
            clinic=clinic, url=f"https://h{n}.{clinic.pk}.example.org/", events=[], by=lead
        ).endpoint
        for n in range(count)
    ]


def test_the_database_holds_an_endpoint_to_one_delivery(webhook):
    rows = [factories.delivery(webhook), factories.delivery(webhook)]
    running = {"state": DeliveryState.RUNNING, "attempt_token": uuid.uuid4(), "lease_until": timezone.now()}
    with pytest.raises(IntegrityError, match=r"delivery_one_at_a_time|endpoint_id"), transaction.atomic():
        WebhookDelivery.objects.filter(pk__in=[row.pk for row in rows]).update(**running)


def test_another_endpoint_is_not_kept_waiting(clinic, lead, webhook, monkeypatch):
    other = endpoints.make_webhook(clinic=clinic, url="https://b.example.org/", events=[], by=lead).endpoint
    factories.delivery(webhook)
    free = factories.delivery(other)

    def send(url, **_):
        if url == webhook.url:
            deliver_next()
        return 204

    monkeypatch.setattr(delivering, "post", send)
    deliver_next()
    free.refresh_from_db()
    assert free.state == DeliveryState.DELIVERED


def fail_in_row(webhook, receiver, times):
    receiver.status = 500
    for _ in range(times):
        factories.delivery(webhook)
        deliver_next()
    webhook.refresh_from_db()


def test_an_endpoint_that_fails_20_times_in_a_row_is_paused_and_nothing_is_lost(
    webhook, receiver, lead, caplog, django_capture_on_commit_callbacks, monkeypatch
):
    fail_in_row(webhook, receiver, MAX_FAILURES_IN_ROW - 1)
    assert webhook.paused_at is None
    fail_in_row(webhook, receiver, 1)
    assert (webhook.failures_in_row, webhook.paused_at is None) == (MAX_FAILURES_IN_ROW, False)
    event = AuditEvent.objects.get(verb=AuditVerb.WEBHOOK_PAUSED)
    assert (event.created_by, event.clinic, event.detail) == (
        None,
        webhook.clinic,
        {"failures": MAX_FAILURES_IN_ROW},
    )
    assert any("webhook_paused" in str(record.msg) for record in caplog.records)
    waiting = factories.delivery(webhook)
    deliver_next()
    waiting.refresh_from_db()
    assert (waiting.state, waiting.attempts) == (DeliveryState.QUEUED, 0)

    receiver.status = 204
    sent = sent_messages(monkeypatch)
    with django_capture_on_commit_callbacks(execute=True):
        resumed = endpoints.resume_webhook(endpoint=webhook, by=lead)
    assert (resumed.failures_in_row, resumed.paused_at) == (0, None)
    assert sent == [MESSAGE]
    deliver_next()
    waiting.refresh_from_db()
    assert waiting.state == DeliveryState.DELIVERED


def test_one_that_is_taken_ends_the_row_of_failures(webhook, receiver):
    fail_in_row(webhook, receiver, 3)
    receiver.status = 204
    factories.delivery(webhook)
    deliver_next()
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


@pytest.fixture
def empty_queue():
    forget_messages()
    yield
    forget_messages()


def test_the_sweep_wakes_a_sender_for_each_endpoint_that_waits(
    webhook, clinic, lead, monkeypatch, empty_queue
):
    other, paused, _ = more_webhooks(clinic, lead, 3)
    WebhookEndpoint.objects.filter(pk=paused.pk).update(paused_at=timezone.now())
    for endpoint in (webhook, webhook, other, paused):
        factories.delivery(endpoint)
    woken = []
    monkeypatch.setattr(delivering, "enqueue_deliveries", woken.append)
    sweep_deliveries()
    assert woken == [2]
    monkeypatch.setattr(delivering, "messages_waiting", lambda queue: 2)
    sweep_deliveries()
    assert woken == [2, 0]


def test_the_sweep_finds_what_happened_and_wakes_a_sender(
    webhook, publication, django_capture_on_commit_callbacks, monkeypatch, empty_queue
):
    factories.finish_file(Rendering.objects.get())
    sent = sent_messages(monkeypatch)
    with django_capture_on_commit_callbacks(execute=True):
        tasks.sweep_webhooks()
    assert sent == [MESSAGE]


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
    factories.finish_file(Rendering.objects.get())
    collect_events.collect()
    deliver_next()
    endpoints.replay(delivery=only_delivery(), by=lead)
    deliver_next()
    assert [headers["webhook-id"] for _, headers, _ in receiver.calls] == [
        str(only_delivery().event.uuid)
    ] * 2


def test_only_leads_keep_webhooks(clinic, webhook):
    for person in (factories.therapist(clinic), factories.lead(factories.clinic())):
        with pytest.raises(NotAllowed):
            endpoints.change_webhook(endpoint=webhook, active=False, by=person)


def test_a_clinic_has_a_bounded_number(clinic, lead, webhook):
    for number in range(MAX_WEBHOOKS - 1):
        endpoints.make_webhook(clinic=clinic, url=f"https://a.example.org/{number}", events=[], by=lead)
    with pytest.raises(TooManyWebhooks):
        endpoints.make_webhook(clinic=clinic, url="https://a.example.org/x", events=[], by=lead)


def test_old_logs_are_dropped(webhook, publication, receiver):
    factories.finish_file(Rendering.objects.get())
    collect_events.collect()
    deliver_next()
    WebhookDelivery.objects.update(finished_at=timezone.now() - timedelta(days=91))
    tasks.drop_old_calls()
    assert not WebhookDelivery.objects.exists()
