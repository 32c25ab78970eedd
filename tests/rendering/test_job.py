import uuid
from contextlib import contextmanager

import pytest
from celery.exceptions import SoftTimeLimitExceeded
from django.core.files.storage import default_storage
from django.template import TemplateSyntaxError

from plans.handout.errors import RendererComplained
from plans.models import Clinic, Picture, Rendering, RenderingState
from plans.queries.links import address_of_link, printed_code
from plans.rendering import job, queue, storage
from tests import factories

pytestmark = pytest.mark.django_db


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
    data = storage.read(rendering.file.name)
    assert data.startswith(b"%PDF-")
    assert (len(data), storage.sha256_of(data)) == (rendering.size, rendering.sha256)


@pytest.mark.parametrize("asks", [True, False])
def test_the_links_code_is_printed_as_the_content_says(therapist, monkeypatch, asks):
    Clinic.objects.update(asks_code=asks)
    publication = factories.publication(factories.therapist(Clinic.objects.get()))
    link = publication.plan.links.get()
    given = {}
    monkeypatch.setattr(job, "make_handout", lambda *_, **parts: given.update(parts))

    job.make(Rendering.objects.get(content=publication.content))

    assert (given["link_code"], given["link_url"]) == (printed_code(link), address_of_link(link))
    assert bool(given["link_code"]) is given["link_url"].endswith(".code/") is asks


def test_a_rendering_that_is_not_there_is_no_error():
    job.work(uuid.uuid4())


def test_ready_is_not_made_again(rendering, quick):
    job.work(rendering.pk)
    before = files(rendering)
    job.work(rendering.pk)
    assert files(rendering) == before


def test_a_broken_page_fails_at_once_with_its_reason(rendering, monkeypatch):
    def complain(_):
        raise RendererComplained(complaint="no such font")

    monkeypatch.setattr(job, "make", complain)
    job.work(rendering.pk)
    assert state(rendering) == RenderingState.FAILED
    assert rendering.error_code == "renderer_complained"
    assert "no such font" in rendering.error_details
    assert files(rendering) == []


def test_a_full_disk_is_tried_again_later(rendering, quick, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(default_storage, "save", full)
    job.work(rendering.pk)
    assert (state(rendering), rendering.storage_errors) == (RenderingState.QUEUED, 1)
    assert rendering.not_before


def test_a_storage_that_is_slow_to_take_the_file_is_no_lost_worker(rendering, quick, monkeypatch):
    """The lease is renewed until the file is kept and the row finished."""
    held = []
    hold = job.leases.renewed

    @contextmanager
    def watched(*args, **times):
        with hold(*args, **times):
            held.append(True)
            yield
        held.clear()

    monkeypatch.setattr(job.leases, "renewed", watched)
    save, finish, seen = default_storage.save, job.finish, []
    monkeypatch.setattr(default_storage, "save", lambda *args: seen.append(bool(held)) or save(*args))
    monkeypatch.setattr(job, "finish", lambda *args: seen.append(bool(held)) or finish(*args))
    job.work(rendering.pk)
    assert (state(rendering), seen) == (RenderingState.READY, [True, True])


@pytest.mark.parametrize("error", [TemplateSyntaxError, ZeroDivisionError, RecursionError, KeyError])
def test_what_nobody_foresaw_fails_at_once_and_tells_no_words_of_the_plan(error, rendering, monkeypatch):
    def broken(_):
        raise error("Jordan Demo, 1968-04-12")

    monkeypatch.setattr(job, "make", broken)
    job.work(rendering.pk)
    assert (state(rendering), rendering.error_code) == (RenderingState.FAILED, "renderer_broke")
    assert error.__name__ in rendering.error_details
    assert "Jordan" not in rendering.error_details
    assert rendering.workers_lost == 0


def test_a_file_that_reads_back_differently_is_never_ready(rendering, quick, monkeypatch):
    monkeypatch.setattr(storage, "read", lambda name: b"half")
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


class TestPictures:
    @pytest.fixture
    def shown(self):
        """The file of a plan with a picture; the library has another one."""
        pat = factories.therapist(factories.clinic())
        exercises = [pictured(pat, colour) for colour in ("white", "black")]
        publication = factories.publication(pat, of_plan=factories.plan(pat, exercises=exercises[:1]))
        return Rendering.objects.get(content=publication.content)

    def lose(self, *pictures):
        for picture in pictures:
            picture.file.storage.delete(picture.file.name)

    def test_one_that_was_read_is_not_asked_of_the_storage_again(self, shown):
        first = job.make(shown)
        self.lose(*Picture.objects.all())
        assert job.make(shown).pages == first.pages

    def test_a_missing_one_fails_with_its_reason(self, shown):
        self.lose(Picture.objects.order_by("created_at").first())
        job.work(shown.pk)
        assert (state(shown), shown.error_code) == (RenderingState.FAILED, "picture_missing")

    def test_when_all_are_missing_the_storage_is_not_there(self, shown):
        self.lose(*Picture.objects.all())
        job.work(shown.pk)
        assert (state(shown), shown.error_code) == (RenderingState.QUEUED, "storage_failed")

    def test_one_that_the_storage_does_not_give_is_tried_again_later(self, shown, monkeypatch):
        def broken(*_):
            raise PermissionError

        monkeypatch.setattr(default_storage, "open", broken)
        job.work(shown.pk)
        assert (state(shown), shown.storage_errors) == (RenderingState.QUEUED, 1)


def pictured(pat, colour):
    clinic = pat.memberships.get().clinic
    admin = factories.library_admin(clinic)
    photo = factories.uploaded_picture(clinic, by=admin, colour=colour)
    return factories.approved_exercise(clinic, f"in-{colour}", photo=photo, clinic=clinic, by=admin)


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


def test_a_time_that_the_storage_used_up_is_its_fault(rendering, quick, monkeypatch):
    def hang(*_):
        raise SoftTimeLimitExceeded

    monkeypatch.setattr(default_storage, "save", hang)
    job.work(rendering.pk)
    assert (state(rendering), rendering.error_code) == (RenderingState.QUEUED, "storage_failed")


class TestToldToStop:
    @pytest.fixture(autouse=True)
    def told(self, monkeypatch):
        def stop(_):
            raise SystemExit(1)

        monkeypatch.setattr(job, "make", stop)

    def test_it_gives_back_what_it_holds(self, rendering):
        with pytest.raises(SystemExit):
            job.work(rendering.pk)
        assert (state(rendering), rendering.workers_lost) == (RenderingState.QUEUED, 0)
        assert job.claim_rendering(rendering.pk) is not None

    def test_one_whose_time_was_over_counts_as_lost(self, rendering, settings):
        settings.CELERY_TASK_SOFT_TIME_LIMIT = 0
        with pytest.raises(SystemExit):
            job.work(rendering.pk)
        assert state(rendering) == RenderingState.RUNNING
