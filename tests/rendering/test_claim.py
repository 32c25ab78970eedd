"""Who holds a rendering: by which clock, of which release, while the database restarts, and who comes too late."""

import uuid
from datetime import timedelta

import pytest
from django.db import InterfaceError, OperationalError, connection
from django.db.models.query import QuerySet
from django.utils import timezone

from plans import leases
from plans.actions import publishing
from plans.content.records import SCHEMA
from plans.handout.formats import Copy, Format
from plans.handout.make import Handout
from plans.models import FrozenContent, Rendering, RenderingState
from plans.rendering import claim, job, queue, storage, sweep
from tests import factories

pytestmark = pytest.mark.django_db


def state(rendering):
    rendering.refresh_from_db()
    return rendering.state


def end_lease():
    Rendering.objects.update(lease_until=timezone.now() - timedelta(seconds=1))


def ask_again(rendering, **options):
    return queue.ask(content=rendering.content, formats=[factories.PATIENT_COPY], again=True, **options)


def test_a_rendering_is_taken_once(rendering):
    assert job.claim_rendering(rendering.pk) is not None
    assert job.claim_rendering(rendering.pk) is None


def test_a_rendering_that_is_not_there_is_no_error():
    assert job.claim_rendering(uuid.uuid4()) is None


class TestTooLate:
    @pytest.fixture
    def slow(self, rendering):
        """A worker that lost its row, which another one holds and still works on."""
        slow = job.claim_rendering(rendering.pk)
        end_lease()
        sweep.free_lost()
        self.other = job.claim_rendering(rendering.pk)
        return slow

    def test_a_slow_worker_cannot_finish_what_another_works_on(self, rendering, slow):
        job._finish(slow, Handout(b"%PDF-late", 1))
        assert (state(rendering), rendering.attempt_token) == (RenderingState.RUNNING, self.other.token)
        assert not storage.exists(claim.file_name(slow.row))
        job._finish(self.other, Handout(b"%PDF-made", 1))
        assert state(rendering) == RenderingState.READY
        assert storage.read(rendering.file.name) == b"%PDF-made"

    def test_a_slow_worker_cannot_overwrite_what_another_finished(self, rendering, slow):
        job._finish(self.other, Handout(b"%PDF-made", 1))
        job._finish(slow, Handout(b"%PDF-late", 1))
        rendering.refresh_from_db()
        assert storage.read(rendering.file.name) == b"%PDF-made"

    @pytest.mark.parametrize(
        "leave",
        [
            lambda slow: claim.fail(slow, job.RenderingTooSlow()),
            lambda slow: claim.try_later(slow, storage.StorageFailed(problem="x")),
            lambda slow: claim.give_back(slow),
        ],
    )
    def test_a_slow_worker_cannot_end_another_ones_attempt(self, leave, rendering, slow):
        leave(slow)
        assert (state(rendering), rendering.attempt_token) == (RenderingState.RUNNING, self.other.token)


class TestClocks:
    @pytest.fixture(params=[-3600, 3600])
    def wrong_clock(self, rendering, request, monkeypatch):
        """This machine's clock is an hour off; the database's is right."""
        wrong = timedelta(seconds=request.param)
        monkeypatch.setattr(timezone, "now", lambda now=timezone.now: now() + wrong)

    def test_a_new_rendering_is_taken_at_once(self, rendering, wrong_clock):
        (row,) = queue.ask(content=rendering.content, formats=[Format(copy=Copy.SUMMARY)])
        assert job.claim_rendering(row.pk) is not None

    def test_a_lease_lasts_as_long_as_it_should(self, rendering, wrong_clock):
        before = Rendering.objects.get().queued_at
        job.claim_rendering(rendering.pk)
        rendering.refresh_from_db()
        assert timedelta(0) < rendering.lease_until - before < timedelta(minutes=10)
        sweep.free_lost()
        assert state(rendering) == RenderingState.RUNNING

    def test_what_is_freed_is_taken_at_once(self, rendering, wrong_clock):
        job.claim_rendering(rendering.pk)
        Rendering.objects.update(lease_until=rendering.queued_at - timedelta(seconds=1))
        sweep.free_lost()
        assert job.claim_rendering(rendering.pk) is not None


class TestStorage:
    def fail_once(self, rendering):
        held = job.claim_rendering(rendering.pk)
        before = Rendering.objects.get().lease_until - claim.LEASE
        claim.try_later(held, storage.StorageFailed(problem="OSError"))
        rendering.refresh_from_db()
        return (rendering.not_before - before).total_seconds()

    def test_pauses_grow_and_the_last_repeats(self, rendering):
        for number, pause in enumerate((*claim.STORAGE_PAUSES, *claim.STORAGE_PAUSES[-1:] * 2), start=1):
            assert self.fail_once(rendering) == pytest.approx(pause, abs=4)
            assert (rendering.state, rendering.storage_errors) == (RenderingState.QUEUED, number)
            assert rendering.error_code == "storage_failed"
            assert job.claim_rendering(rendering.pk) is None
            Rendering.objects.update(not_before=timezone.now() - timedelta(seconds=1))

    def test_who_asks_need_not_wait_for_the_pause(self, rendering):
        self.fail_once(rendering)
        queue.ask(content=rendering.content, formats=[factories.PATIENT_COPY])
        assert job.claim_rendering(rendering.pk) is None
        ask_again(rendering)
        assert job.claim_rendering(rendering.pk) is not None

    def test_a_finished_file_forgets_its_trouble(self, rendering, quick):
        self.fail_once(rendering)
        ask_again(rendering)
        job.work(rendering.pk)
        assert (state(rendering), rendering.error_code, rendering.not_before) == (
            RenderingState.READY,
            "",
            None,
        )


class TestReleases:
    @pytest.fixture
    def newer(self, rendering, monkeypatch):
        """Another web machine has the next release already; this process is a worker of the older one."""
        Rendering.objects.update(template_version="newer")

    def test_what_a_newer_release_asked_for_is_left_to_its_workers(self, rendering, newer):
        job.work(rendering.pk)
        assert (state(rendering), rendering.attempts) == (RenderingState.QUEUED, 0)

    def test_what_no_worker_of_its_release_came_for_is_made_and_says_by_which(self, rendering, newer, quick):
        Rendering.objects.update(queued_at=timezone.now() - claim.VERSION_PATIENCE - timedelta(seconds=1))
        job.work(rendering.pk)
        assert state(rendering) == RenderingState.READY
        assert {name: getattr(rendering, name) for name in queue.made_with()} == queue.made_with()

    def test_what_is_there_already_is_not_made_for_another_release(self, rendering, newer, quick):
        (ours,) = ask_again(rendering)
        job.work(ours.pk)
        Rendering.objects.filter(pk=rendering.pk).update(queued_at=timezone.now() - timedelta(minutes=2))
        job.work(rendering.pk)
        assert Rendering.objects.get() == ours

    def test_a_content_of_a_newer_schema_waits_for_who_can_read_it(self, rendering, monkeypatch):
        FrozenContent.objects.filter(pk=rendering.content_id).update(schema=SCHEMA + 1)
        Rendering.objects.update(queued_at=timezone.now() - timedelta(hours=1))
        job.work(rendering.pk)
        assert (state(rendering), rendering.attempts) == (RenderingState.QUEUED, 0)


@pytest.mark.django_db(transaction=True)
class TestDatabaseAway:
    @pytest.fixture
    def pauses(self, monkeypatch):
        pauses = []
        monkeypatch.setattr(leases.time, "sleep", pauses.append)
        return pauses

    def break_updates(self, monkeypatch, *outcomes):
        """Let the next updates end so: before they are written, or after, or well."""
        real, left = QuerySet.update, list(outcomes)

        def update(rows, **columns):
            outcome = left.pop(0) if left else "well"
            if outcome == "before":
                raise OperationalError("terminating connection due to administrator command")
            changed = real(rows, **columns)
            if outcome == "after":
                raise InterfaceError("connection already closed")
            return changed

        monkeypatch.setattr(QuerySet, "update", update)

    def test_what_it_interrupts_is_given_back_and_counts_as_nothing(self, rendering, monkeypatch, pauses):
        def interrupted(_):
            raise OperationalError("terminating connection due to administrator command")

        monkeypatch.setattr(job, "make", interrupted)
        job.work(rendering.pk)
        assert (state(rendering), rendering.workers_lost, rendering.storage_errors) == ("queued", 0, 0)
        assert job.claim_rendering(rendering.pk) is None  # a moment's rest: what is wrong may last

    def test_a_file_that_is_made_is_finished_when_it_is_back(self, rendering, quick, monkeypatch, pauses):
        held = job.claim_rendering(rendering.pk)
        self.break_updates(monkeypatch, "before", "before", "before")
        job._finish(held, Handout(b"%PDF-made", 1))
        assert state(rendering) == RenderingState.READY
        assert pauses == list(leases.DATABASE_PAUSES[:3])

    def test_a_finish_whose_answer_was_lost_keeps_its_file(self, rendering, quick, monkeypatch, pauses):
        held = job.claim_rendering(rendering.pk)
        commit, answers = connection.commit, iter([False])

        def lose_the_answer():
            commit()
            if not next(answers, True):
                raise OperationalError("server closed the connection unexpectedly")

        monkeypatch.setattr(connection, "commit", lose_the_answer)
        job._finish(held, Handout(b"%PDF-made", 1))
        assert state(rendering) == RenderingState.READY
        assert storage.read(rendering.file.name) == b"%PDF-made"

    @pytest.mark.parametrize("moment", ["before", "after"])
    def test_a_claim_whose_answer_was_lost_is_given_back(self, moment, rendering, monkeypatch, pauses):
        self.break_updates(monkeypatch, moment)
        assert job.claim_rendering(rendering.pk) is None
        assert (state(rendering), rendering.workers_lost) == (RenderingState.QUEUED, 0)


class TestLostFile:
    @pytest.fixture
    def ready(self, rendering, quick):
        job.work(rendering.pk)
        rendering.refresh_from_db()
        return rendering

    def test_it_is_made_again(self, ready):
        storage.discard(ready.file.name)
        queue.make_again(ready)
        assert state(ready) == RenderingState.QUEUED
        job.work(ready.pk)
        assert state(ready) == RenderingState.READY
        assert storage.exists(ready.file.name)

    def test_who_missed_the_older_file_does_not_undo_the_newer(self, ready):
        storage.discard(ready.file.name)
        seen = Rendering.objects.get()
        queue.make_again(seen)
        job.work(ready.pk)
        queue.make_again(seen)
        assert state(ready) == RenderingState.READY


def test_publishing_hastens_what_rests(rendering, quick):
    """A plan looked at while the storage was broken, published when it works."""
    pat = factories.therapist(factories.clinic())
    plan = factories.plan(pat)
    seen = publishing.prepare(plan=plan, by=pat, formats=[factories.PATIENT_COPY])
    row = Rendering.objects.get(content=seen.frozen)
    claim.try_later(job.claim_rendering(row.pk), storage.StorageFailed(problem="x"))
    publishing.publish(plan=plan, expected_hash=seen.expected_hash, by=pat, formats=[factories.PATIENT_COPY])
    assert job.claim_rendering(row.pk) is not None
