"""What a monitor is told: words for anyone, numbers for who knows the token, nothing of patients."""

import time
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.utils import timezone

from plans import __version__, monitoring, tasks
from plans.models import Plan, Publication, Rendering
from tests import factories
from tests.rendering.stuck import fail

TOKEN = "a monitor's token"
GOOD = dict.fromkeys(
    ("oldest_wait_seconds", "failed", "last_sweep_seconds", "oldest_review_hours", "free_megabytes"), "ok"
)


@pytest.fixture
def swept(broker, db):
    monitoring.sweep_seen()


@pytest.fixture
def rendering(swept):
    return factories.publication(factories.therapist(factories.clinic())).content.renderings.get()


def test_all_is_well(client, rendering):
    answer = client.get("/health/status")
    assert (answer.status_code, answer.json()) == (200, GOOD)


def test_a_file_that_waits_too_long(client, rendering):
    Rendering.objects.update(queued_at=timezone.now() - timedelta(minutes=3))
    answer = client.get("/health/status")
    assert (answer.status_code, answer.json()) == (503, {**GOOD, "oldest_wait_seconds": "failed"})


def test_what_was_asked_for_in_bulk_may_take_long(client, rendering):
    Rendering.objects.update(queued_at=timezone.now() - timedelta(minutes=3), bulk=True)
    assert client.get("/health/status").status_code == 200


def test_a_plan_in_use_that_the_rules_did_not_look_at_for_two_days(client, rendering):
    for hours, word in ((48, "ok"), (49, "failed")):
        Publication.objects.update(reviewed_at=timezone.now() - timedelta(hours=hours, minutes=5))
        assert client.get("/health/status").json() == {**GOOD, "oldest_review_hours": word}
    Plan.objects.update(stopped_on=timezone.localdate())
    assert client.get("/health/status").json() == GOOD


def test_a_failed_file(client, rendering, settings):
    fail(rendering)
    assert client.get("/health/status").json() == {**GOOD, "failed": "failed"}
    settings.STATUS_FAILED = 1
    assert client.get("/health/status").json() == GOOD


@pytest.mark.parametrize("at", [None, 61])
def test_no_sweep_lately(client, rendering, at):
    cache.delete(monitoring.SWEPT)
    if at:
        cache.set(monitoring.SWEPT, int(time.time()) - at, None)
    assert client.get("/health/status").json() == {**GOOD, "last_sweep_seconds": "failed"}


def test_the_sweeps_task_is_what_is_seen(client, rendering):
    cache.delete(monitoring.SWEPT)
    tasks.drop_old_drafts.apply()
    assert cache.get(monitoring.SWEPT) is None
    tasks.sweep_renderings.apply()
    assert client.get("/health/status").json() == GOOD


def test_the_disk_fills(client, rendering, settings):
    settings.STATUS_FREE_MB = 10**9
    assert client.get("/health/status").json() == {**GOOD, "free_megabytes": "failed"}


def test_a_broker_that_is_away_is_told_not_raised(client, rendering, settings):
    settings.CACHES = {"default": {**settings.CACHES["default"], "LOCATION": "redis://127.0.0.1:1/0"}}
    answer = client.get("/health/status")
    assert (answer.status_code, answer.json()) == (503, {**GOOD, "last_sweep_seconds": "failed"})


def test_numbers_are_for_who_knows_the_token(client, rendering, settings):
    settings.STATUS_TOKEN = TOKEN
    for given in ("", "Bearer ", "Bearer wrong", TOKEN):
        assert client.get("/health/status", headers={"Authorization": given}).json() == GOOD
    told = client.get("/health/status", headers={"Authorization": f"Bearer {TOKEN}"}).json()
    assert told["version"] == __version__
    assert told["failed"] == {"state": "ok", "value": 0, "at_most": 0, "at_least": None}
    assert told["free_megabytes"]["value"] > 0
    assert told["oldest_wait_seconds"]["value"] >= 0


def test_without_a_token_in_the_settings_nobody_gets_numbers(client, rendering, settings):
    settings.STATUS_TOKEN = ""
    assert client.get("/health/status", headers={"Authorization": "Bearer "}).json() == GOOD
