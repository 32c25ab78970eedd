from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.utils import timezone

from plans.actions import publishing
from plans.models import FrozenContent, Rendering, RenderingState
from plans.rendering import job, store, sweep
from plans.rendering.handout import Handout
from plans.rendering.lease import file_name
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def pat():
    return factories.therapist(factories.clinic())


@pytest.fixture
def rendering(pat):
    return Rendering.objects.get(content=factories.publication(pat).content)


@pytest.fixture
def woken(monkeypatch):
    names = []
    monkeypatch.setattr(sweep, "wake_renderers", lambda rows: names.extend(row.pk for row in rows))
    return names


def lose(rendering):
    assert job.claim_rendering(rendering.pk)
    Rendering.objects.filter(pk=rendering.pk).update(lease_until=timezone.now() - timedelta(seconds=1))
    sweep.free_lost()
    rendering.refresh_from_db()


def test_what_a_dead_worker_held_is_queued_again(rendering):
    lose(rendering)
    assert (rendering.state, rendering.workers_lost) == (RenderingState.QUEUED, 1)


def test_what_killed_three_workers_is_parked_with_its_reason(rendering):
    for _ in range(3):
        lose(rendering)
    assert (rendering.state, rendering.error_code) == (RenderingState.FAILED, "worker_lost")


def test_a_lease_that_runs_is_left_alone(rendering):
    job.claim_rendering(rendering.pk)
    sweep.free_lost()
    rendering.refresh_from_db()
    assert rendering.state == RenderingState.RUNNING


def test_what_waits_too_long_is_woken_and_what_is_young_is_not(rendering, woken):
    sweep.wake_waiting()
    assert woken == []
    Rendering.objects.update(queued_at=timezone.now() - timedelta(minutes=1))
    sweep.wake_waiting()
    assert woken == [rendering.pk]


def test_what_pauses_is_not_woken_before_its_time(rendering, woken):
    Rendering.objects.update(
        queued_at=timezone.now() - timedelta(minutes=1), not_before=timezone.now() + timedelta(minutes=1)
    )
    sweep.wake_waiting()
    assert woken == []


def test_two_sweeps_at_once_count_a_lost_worker_once(rendering):
    job.claim_rendering(rendering.pk)
    Rendering.objects.update(lease_until=timezone.now() - timedelta(seconds=1))
    sweep.free_lost()
    sweep.free_lost()
    rendering.refresh_from_db()
    assert rendering.workers_lost == 1


def test_a_draft_looked_at_and_not_published_is_thrown_away_with_its_file(pat, monkeypatch):
    monkeypatch.setattr(job, "make", lambda rendering: Handout(b"%PDF-draft", 1))
    plan = factories.plan(pat)
    seen = publishing.prepare(plan=plan, by=pat, formats=[factories.PATIENT_COPY])
    row = Rendering.objects.get(content=seen.frozen)
    job.work(row.pk)
    row.refresh_from_db()
    sweep.drop_old_drafts()
    assert FrozenContent.objects.filter(pk=seen.frozen.pk).exists()
    FrozenContent.objects.update(created_at=timezone.now() - timedelta(hours=3))
    sweep.drop_old_drafts()
    assert not FrozenContent.objects.exists()
    assert not default_storage.exists(row.file.name)


def test_what_a_lost_worker_had_written_is_removed(rendering):
    claim = job.claim_rendering(rendering.pk)
    name = store.keep(file_name(claim.rendering), b"%PDF-orphan")
    Rendering.objects.update(lease_until=timezone.now() - timedelta(seconds=1))
    sweep.free_lost()
    assert not default_storage.exists(name)


def test_what_was_published_stays(rendering):
    FrozenContent.objects.update(created_at=timezone.now() - timedelta(days=300))
    sweep.drop_old_drafts()
    assert Rendering.objects.filter(pk=rendering.pk).exists()
