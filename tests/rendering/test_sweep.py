from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.utils import timezone

from plans.handout.make import Handout
from plans.models import Rendering, RenderingState
from plans.rendering import job, queue, storage, sweep
from plans.rendering.claim import file_name, give_back
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def rendering(pat):
    return Rendering.objects.get(content=factories.publication(pat).content)


@pytest.fixture
def woken(monkeypatch):
    names = []
    monkeypatch.setattr(sweep, "enqueue_renderings", lambda rows: names.extend(row.pk for row in rows))
    monkeypatch.setattr(sweep, "messages_waiting", lambda queue: 0)
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
    sweep.enqueue_waiting()
    assert woken == []
    Rendering.objects.update(queued_at=timezone.now() - timedelta(minutes=1))
    sweep.enqueue_waiting()
    assert woken == [rendering.pk]


def wait(rows, **ago):
    """These have waited for so long."""
    rows.update(queued_at=timezone.now() - timedelta(**ago))


@pytest.fixture
def others_in_queue(woken, monkeypatch):
    """The broker has messages; whose, nobody can tell."""
    monkeypatch.setattr(sweep, "messages_waiting", lambda queue: 1)


@pytest.mark.usefixtures("others_in_queue")
def test_what_was_woken_is_left_in_the_queue_for_a_while_then_woken_again(rendering, woken):
    wait(Rendering.objects.all(), minutes=1)
    sweep.enqueue_waiting()
    sweep.enqueue_waiting()
    assert woken == [rendering.pk]
    Rendering.objects.update(task_sent_at=timezone.now() - sweep.WOKEN_AGAIN - timedelta(seconds=1))
    sweep.enqueue_waiting()
    assert woken == [rendering.pk] * 2


def test_with_an_empty_queue_all_messages_are_lost_and_sent_again_at_once(rendering, woken):
    wait(Rendering.objects.all(), minutes=1)
    sweep.enqueue_waiting()
    sweep.enqueue_waiting()
    assert woken == [rendering.pk] * 2


@pytest.mark.usefixtures("others_in_queue")
def test_what_was_taken_up_and_waits_again_is_woken_as_if_it_were_new(rendering, woken):
    wait(Rendering.objects.all(), minutes=1)
    sweep.enqueue_waiting()
    claim = job.claim_rendering(rendering.pk)
    give_back(claim)
    Rendering.objects.update(not_before=None)
    sweep.enqueue_waiting()
    assert woken == [rendering.pk] * 2


@pytest.mark.usefixtures("others_in_queue")
def test_what_starts_over_is_woken_as_if_it_were_new(rendering, woken):
    Rendering.objects.update(state=RenderingState.FAILED, error_code="x", task_sent_at=timezone.now())
    queue.ask(content=rendering.content, formats=[factories.PATIENT_COPY], again=True)
    wait(Rendering.objects.all(), minutes=1)
    sweep.enqueue_waiting()
    assert woken == [rendering.pk]


def test_a_lost_queue_is_filled_oldest_first_and_what_a_therapist_waits_for_before_the_many(pat, woken):
    rows = [Rendering.objects.get(content=factories.publication(pat).content) for _ in range(4)]
    for minutes, row in enumerate(rows, start=1):
        wait(Rendering.objects.filter(pk=row.pk), minutes=minutes)
    Rendering.objects.filter(pk__in=[rows[0].pk, rows[3].pk]).update(bulk=True)
    sweep.enqueue_waiting()
    assert woken == [rows[2].pk, rows[1].pk, rows[3].pk, rows[0].pk]


def test_each_sweep_wakes_the_next_and_no_more_than_the_queue_has_room_for(pat, woken, monkeypatch):
    rows = [Rendering.objects.get(content=factories.publication(pat).content) for _ in range(5)]
    for minutes, row in enumerate(rows, start=1):
        wait(Rendering.objects.filter(pk=row.pk), minutes=10 - minutes)
    monkeypatch.setattr(sweep, "MAX_MESSAGES", 3)
    in_queue = iter([0, 0, 1, 1, 3, 3])
    monkeypatch.setattr(sweep, "messages_waiting", lambda queue: next(in_queue))
    sweep.enqueue_waiting()
    assert woken == [row.pk for row in rows[:3]]
    sweep.enqueue_waiting()
    assert woken == [row.pk for row in rows]
    Rendering.objects.update(task_sent_at=None)
    sweep.enqueue_waiting()
    assert len(woken) == 5


def test_a_long_queue_of_the_many_holds_up_no_one_else(rendering, woken, monkeypatch):
    monkeypatch.setattr(sweep, "messages_waiting", lambda queue: 10**6 if queue == "bulk" else 0)
    wait(Rendering.objects.all(), minutes=1)
    sweep.enqueue_waiting()
    assert woken == [rendering.pk]


def test_what_pauses_is_not_woken_before_its_time(rendering, woken):
    Rendering.objects.update(
        queued_at=timezone.now() - timedelta(minutes=1), not_before=timezone.now() + timedelta(minutes=1)
    )
    sweep.enqueue_waiting()
    assert woken == []


class TestStrays:
    @pytest.fixture
    def stray(self, rendering):
        claim = job.claim_rendering(rendering.pk)
        name = storage.keep(file_name(claim.row), b"%PDF-orphan")
        Rendering.objects.update(lease_until=timezone.now() - timedelta(seconds=1))
        return name

    def test_what_a_lost_worker_had_written_is_removed(self, stray, woken):
        sweep.sweep()
        assert not default_storage.exists(stray)

    def test_a_storage_that_does_not_delete_holds_no_row_up(self, pat, stray, woken, monkeypatch):
        other = Rendering.objects.get(content=factories.publication(pat).content)
        job.claim_rendering(other.pk)
        past = timezone.now() - timedelta(minutes=1)
        Rendering.objects.update(lease_until=past, queued_at=past)

        def broken(name):
            raise PermissionError

        monkeypatch.setattr(default_storage, "delete", broken)
        sweep.sweep()
        assert set(Rendering.objects.values_list("state", flat=True)) == {RenderingState.QUEUED}
        assert len(woken) == 2


class TestTwoSweepsAtOnce:
    """Each reads what is lost before the other writes."""

    @pytest.fixture
    def seen(self, rendering):
        job.claim_rendering(rendering.pk)
        Rendering.objects.update(lease_until=timezone.now() - timedelta(seconds=1))
        return Rendering.objects.get()

    def test_a_lost_worker_is_counted_once(self, seen):
        assert sweep._free(seen)
        assert not sweep._free(seen)
        assert Rendering.objects.get().workers_lost == 1

    def test_the_next_worker_keeps_what_it_took_in_between(self, seen):
        sweep._free(seen)
        claim = job.claim_rendering(seen.pk)
        assert not sweep._free(seen)
        Rendering.objects.update(lease_until=timezone.now() - timedelta(seconds=1))
        assert not sweep._free(seen)  # by the token of the worker that was lost
        assert Rendering.objects.get().attempt_token == claim.token

    def test_a_lease_that_was_renewed_in_between_holds(self, seen):
        Rendering.objects.update(lease_until=timezone.now() + timedelta(minutes=1))
        assert not sweep._free(seen)
        assert Rendering.objects.get().state == RenderingState.RUNNING

    def test_a_file_that_was_finished_in_between_stays_ready(self, seen):
        lost_worker = job.Claim(seen, seen.attempt_token)
        job._finish(lost_worker, Handout(b"%PDF-made", 1))
        assert not sweep._free(seen)
        assert Rendering.objects.get().state == RenderingState.READY
