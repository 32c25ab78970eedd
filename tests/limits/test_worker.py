"""Documents that are too much for a worker: it tells why, lives on, and makes the others."""

import hashlib
import io
import os
import signal

import pytest
from django.core.files.base import ContentFile
from PIL import Image

from plans.models import Picture, PictureRights, Rendering, RenderingState, RevisionPicture
from tests import factories
from tests.servers import poll

pytestmark = [pytest.mark.long, pytest.mark.alone, pytest.mark.timeout(400)]
MANY = 500
MEGAPIXELS = 100


@pytest.fixture
def start_with_sweep(start_more_workers, tmp_path):
    """A function that starts a worker with the scheduler inside."""
    return lambda name, *more: start_more_workers(name, "--beat", "--schedule", str(tmp_path / name), *more)


def rendering_of(publication):
    return Rendering.objects.get(content=publication.content)


def ended(publication, *, seconds=200):
    """The rendering, once it is ready or failed."""

    def look():
        row = rendering_of(publication)
        return row if row.state in (RenderingState.READY, RenderingState.FAILED) else None

    return poll(look, seconds=seconds, what="an end")


def long_plan(pat, exercise):
    plan = factories.plan(pat, exercises=[exercise] * MANY)
    prepared = factories.publishing.prepare(plan=plan, by=pat, formats=())
    reasons = {finding.fingerprint: "Only to see what happens." for finding in prepared.check.unanswered}
    return factories.publication(pat, of_plan=plan, reasons=reasons)


def children_of(worker):
    path = f"/proc/{worker.process.pid}/task/{worker.process.pid}/children"
    with open(path) as listed:
        return [int(pid) for pid in listed.read().split()]


def test_a_document_of_500_exercises_is_made_like_any_other(pat, start_more_workers):
    exercise = factories.approved_exercise(pat.memberships.get().clinic)
    start_more_workers("long")
    row = ended(long_plan(pat, exercise))
    assert (row.state, row.error_code) == (RenderingState.READY, "")
    assert row.pages > 50


def test_a_document_too_large_for_the_memory_says_so_and_others_go_on(pat, start_with_sweep, monkeypatch):
    """Where the renderer's own libraries ask first, the process ends; three such ends are a reason too."""
    exercise = factories.approved_exercise(pat.memberships.get().clinic)
    monkeypatch.setenv("WORKER_MEMORY_MB", "250")
    worker = start_with_sweep("narrow")
    assert ended(factories.publication(pat, of_plan=factories.plan(pat, exercises=[exercise]))).size
    large = long_plan(pat, exercise)
    small = factories.publication(pat, of_plan=factories.plan(pat, exercises=[exercise]))
    assert ended(large).error_code in {"rendering_too_large", "worker_lost"}
    assert ended(small).state == RenderingState.READY
    assert worker.process.poll() is None


def test_a_picture_of_100_megapixels_is_refused_undecoded_and_others_go_on(
    pat, start_more_workers, monkeypatch
):
    monkeypatch.setenv("WORKER_MEMORY_MB", "250")  # too little to decode it
    start_more_workers("picture")
    exercise = factories.approved_exercise(pat.memberships.get().clinic)
    RevisionPicture.objects.create(
        revision=exercise, body="photo", picture=huge_picture(), rights=PictureRights.NOT_RECORDED
    )
    huge = factories.publication(pat, of_plan=factories.plan(pat, exercises=[exercise]))
    small = factories.publication(pat, of_plan=factories.plan(pat, exercises=[factories.approved_exercise(
        pat.memberships.get().clinic, "another")]))  # fmt: skip
    assert ended(huge).error_code == "picture_broken"
    assert ended(small).state == RenderingState.READY


def huge_picture():
    """A picture that got into the storage past the check of uploads."""
    made = io.BytesIO()
    Image.new("P", (10_000, MEGAPIXELS * 100)).save(made, "PNG")
    row = Picture(sha256=hashlib.sha256(made.getvalue()).hexdigest(), media_type="image/png",
                  width=10_000, height=MEGAPIXELS * 100)  # fmt: skip
    row.file.save("huge.png", ContentFile(made.getvalue()), save=False)
    row.save()
    return row


def test_a_document_that_ends_its_process_each_time_is_parked_and_others_go_on(
    pat, start_more_workers, start_with_sweep
):
    exercise = factories.approved_exercise(pat.memberships.get().clinic)
    start_with_sweep("sweeper", "--queues", "default")
    worker = start_more_workers("killed")
    large = long_plan(pat, exercise)

    def kill_who_renders_it():
        row = rendering_of(large)
        if row.state == RenderingState.RUNNING:
            for pid in children_of(worker):
                os.kill(pid, signal.SIGKILL)
            poll(lambda: rendering_of(large).workers_lost > row.workers_lost, what="the loss noticed")
        return rendering_of(large).state == RenderingState.FAILED

    poll(kill_who_renders_it, seconds=200, what="parking")
    row = rendering_of(large)
    assert (row.error_code, row.workers_lost) == ("worker_lost", 3)
    other = factories.plan(pat, exercises=[exercise])
    assert ended(factories.publication(pat, of_plan=other)).state == RenderingState.READY


class TestAskedToStop:
    def test_a_worker_finishes_what_it_holds_and_leaves_the_rest_to_others(self, pat, start_more_workers):
        exercise = factories.approved_exercise(pat.memberships.get().clinic)
        first = start_more_workers("first")
        large = long_plan(pat, exercise)
        poll(lambda: rendering_of(large).state == RenderingState.RUNNING, what="the start")
        small = factories.publication(pat, of_plan=factories.plan(pat, exercises=[exercise]))
        first.process.send_signal(signal.SIGTERM)
        assert first.process.wait(100) == 0
        assert rendering_of(large).state == RenderingState.READY
        assert rendering_of(small).state == RenderingState.QUEUED
        start_more_workers("second")
        assert ended(small).state == RenderingState.READY

    @pytest.mark.parametrize("hurry", ["worker", "processes"])
    def test_what_a_worker_could_not_finish_goes_to_another_at_once(self, hurry, pat, start_more_workers):
        """Without a sweep, which would free it when the lease is over and count a lost worker."""
        exercise = factories.approved_exercise(pat.memberships.get().clinic)
        first = start_more_workers("hurried")
        large = long_plan(pat, exercise)
        poll(lambda: rendering_of(large).state == RenderingState.RUNNING, what="the start")
        if hurry == "worker":
            first.process.send_signal(signal.SIGQUIT)
        else:  # as a service manager does
            os.killpg(first.process.pid, signal.SIGTERM)
        first.process.wait(60)
        start_more_workers("relief")
        row = ended(large)
        assert (row.state, row.attempts, row.workers_lost) == (RenderingState.READY, 2, 0)
