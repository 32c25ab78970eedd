import json
from types import SimpleNamespace

import pytest
from celery.signals import heartbeat_sent
from celery.worker.heartbeat import Heart
from django.core.cache import cache

from clinic import health
from tests.servers import poll


def test_live_answers_without_any_other_part(client):
    assert client.get("/health/live").json() == {"live": True}


def test_ready_with_a_real_worker(client, worker):
    states = poll(
        lambda: (answer := client.get("/health/ready")).status_code == 200 and answer.json(), seconds=20
    )

    assert states == {"database": "ok", "broker": "ok", "storage": "ok", "worker": "ok"}


@pytest.mark.django_db
def test_ready_names_the_part_that_is_missing(client, broker):
    cache.delete(health.WORKER_SEEN)

    answer = client.get("/health/ready")

    assert answer.status_code == 503
    assert answer.json() == {"database": "ok", "broker": "ok", "storage": "ok", "worker": "failed"}


@pytest.mark.django_db
def test_ready_without_a_broker_answers_quickly_and_says_so(client, settings, monkeypatch):
    monkeypatch.setitem(
        health.CHECKS, "broker", lambda: (_ for _ in ()).throw(ConnectionRefusedError("secret"))
    )

    answer = client.get("/health/ready")

    assert json.loads(answer.content)["broker"] == "failed"
    assert b"secret" not in answer.content


@pytest.mark.django_db
@pytest.mark.parametrize(("node", "state"), [("worker@host", "ok"), ("webhooks@host", "failed")])
def test_the_sender_of_webhooks_is_no_worker_that_makes_handouts(client, broker, node, state):
    cache.delete(health.WORKER_SEEN)

    heart = Heart(timer=None, eventer=SimpleNamespace(hostname=node, on_enabled=set(), on_disabled=set()))
    heartbeat_sent.send(sender=heart)

    assert client.get("/health/ready").json()["worker"] == state
