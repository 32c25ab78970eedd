import uuid
from datetime import timedelta

import pytest
from celery.exceptions import SoftTimeLimitExceeded
from django.core.files.storage import default_storage
from django.utils import timezone

from plans.models import Picture, Rendering, RenderingState
from plans.rendering import job, queue, store, sweep
from plans.rendering.errors import RendererComplained
from plans.rendering.handout import Handout
from plans.rendering.lease import LEASE
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def rendering():
    publication = factories.publication(factories.therapist(factories.clinic()))
    return Rendering.objects.get(content=publication.content)


@pytest.fixture
def quick(monkeypatch):
    """The renderer's work in no time: these tests are about who holds the row."""
    monkeypatch.setattr(job, "make", lambda rendering: Handout(b"%PDF-made", 1))


def state(rendering):
    rendering.refresh_from_db()
    return rendering.state


def files(rendering):
    folder = f"renderings/{rendering.content_id[:2]}"
    names = default_storage.listdir(folder)[1] if default_storage.exists(folder) else []
    return [name for name in names if name.startswith(str(rendering.pk))]


def test_work_makes_a_checked_pdf_in_private_storage(rendering):
    job.work(rendering.pk)
    assert (state(rendering), rendering.error_code) == (RenderingState.READY, "")
    data = store.read(rendering.file.name)
    assert data.startswith(b"%PDF-")
    assert (len(data), store.sha256_of(data)) == (rendering.size, rendering.sha256)


def test_a_rendering_is_taken_once(rendering, quick):
    assert job.claim_rendering(rendering.pk) is not None
    assert job.claim_rendering(rendering.pk) is None


def test_a_rendering_that_is_not_there_is_no_error():
    job.work(uuid.uuid4())


def test_ready_is_not_made_again(rendering, quick):
    job.work(rendering.pk)
    before = files(rendering)
    job.work(rendering.pk)
    assert files(rendering) == before


def test_a_slow_worker_cannot_overwrite(rendering, quick, monkeypatch):
    slow = job.claim_rendering(rendering.pk)
    monkeypatch.setattr(timezone, "now", lambda now=timezone.now: now() + LEASE + timedelta(seconds=1))
    sweep.free_lost()
    job.work(rendering.pk)
    assert state(rendering) == RenderingState.READY
    made = rendering.file.name
    job._finish(slow, Handout(b"%PDF-late", 1))
    rendering.refresh_from_db()
    assert (rendering.file.name, store.read(made)) == (made, b"%PDF-made")
    assert not [name for name in files(rendering) if slow.token.hex[:12] in name]


def test_a_broken_page_fails_at_once_with_its_reason(rendering, monkeypatch):
    def complain(_):
        raise RendererComplained(complaint="no such font")

    monkeypatch.setattr(job, "make", complain)
    job.work(rendering.pk)
    assert state(rendering) == RenderingState.FAILED
    assert rendering.error_code == "renderer_complained"
    assert "no such font" in rendering.error_details
    assert files(rendering) == []


def test_a_full_disk_is_tried_again_with_growing_pauses_then_failed(rendering, quick, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(default_storage, "save", full)
    now = timezone.now()
    for number, pause in enumerate(job.STORAGE_PAUSES, start=1):
        job.work(rendering.pk)
        assert state(rendering) == RenderingState.QUEUED
        assert rendering.storage_errors == number
        assert rendering.not_before >= now + timedelta(seconds=pause)
        job.work(rendering.pk)
        rendering.refresh_from_db()
        assert rendering.storage_errors == number
        Rendering.objects.update(not_before=now)
    job.work(rendering.pk)
    assert (state(rendering), rendering.error_code) == (RenderingState.FAILED, "storage_failed")


def test_a_file_that_reads_back_differently_is_never_ready(rendering, quick, monkeypatch):
    monkeypatch.setattr(store, "read", lambda name: b"half")
    job.work(rendering.pk)
    assert state(rendering) == RenderingState.QUEUED
    assert files(rendering) == []


@pytest.mark.parametrize("error", [MemoryError, SystemError])
def test_too_much_memory_fails_with_its_reason(error, rendering, monkeypatch):
    def greedy(_):
        raise error

    monkeypatch.setattr(job, "make", greedy)
    job.work(rendering.pk)
    assert (state(rendering), rendering.error_code) == (RenderingState.FAILED, "rendering_too_large")


def test_a_missing_picture_fails_with_its_reason(rendering, monkeypatch):
    publication = factories.publication(
        pat := factories.therapist(factories.clinic()),
        of_plan=factories.plan(pat, exercises=[pictured(pat)]),
    )
    picture = Picture.objects.get()
    picture.file.storage.delete(picture.file.name)
    row = Rendering.objects.get(content=publication.content)
    job.work(row.pk)
    assert (state(row), row.error_code) == (RenderingState.FAILED, "picture_missing")


def pictured(pat):
    from io import BytesIO

    from PIL import Image

    from plans.actions import pictures

    clinic = pat.memberships.get().clinic
    out = BytesIO()
    Image.new("RGB", (40, 30), "white").save(out, "PNG")
    admin = factories.library_admin(clinic)
    photo = pictures.add_photo(data=out.getvalue(), clinic=clinic, by=admin)
    return factories.approved_exercise(clinic, "pictured", photo=photo, clinic=clinic, by=admin)


def test_try_again_starts_over(rendering, monkeypatch):
    def complain(_):
        raise RendererComplained(complaint="x")

    monkeypatch.setattr(job, "make", complain)
    job.work(rendering.pk)
    queue.ask(content=rendering.content, formats=[factories.PATIENT_COPY])
    assert state(rendering) == RenderingState.FAILED
    queue.ask(content=rendering.content, formats=[factories.PATIENT_COPY], again=True)
    assert (state(rendering), rendering.error_code) == (RenderingState.QUEUED, "")


def test_a_new_template_version_is_another_rendering(rendering, quick, monkeypatch):
    job.work(rendering.pk)
    monkeypatch.setattr(queue, "template_version", lambda: "newer")
    (newer,) = queue.ask(content=rendering.content, formats=[factories.PATIENT_COPY])
    assert newer != rendering
    assert state(rendering) == RenderingState.READY


def test_a_render_out_of_time_fails_with_its_reason(rendering, monkeypatch):
    def slow(_):
        raise SoftTimeLimitExceeded

    monkeypatch.setattr(job, "make", slow)
    job.work(rendering.pk)
    assert (state(rendering), rendering.error_code) == (RenderingState.FAILED, "rendering_too_slow")
