"""Which file of a format counts, and what is stuck, missing or waits."""

from datetime import timedelta

import pytest
from django.utils import timezone

from plans.actions.plans import stop_plan
from plans.actions.publishing import prepare
from plans.handout.errors import PictureBroken
from plans.models import Rendering, RenderingState
from plans.queries.renderings import PAUSED, backlog, counting, missing, oldest_wait, stuck
from plans.rendering import job
from plans.rendering.storage import StorageFailed
from tests import factories
from tests.rendering.stuck import fail, pause

pytestmark = pytest.mark.django_db

BEFORE = timedelta(hours=1)


@pytest.fixture
def publication(pat):
    return factories.publication(pat)


@pytest.fixture
def rendering(publication):
    return publication.content.renderings.get()


def older(rendering, **fields):
    """The same content and format, asked for an hour before with other templates."""
    return Rendering.objects.create(
        content=rendering.content,
        clinic=rendering.content.clinic,
        format=rendering.format,
        template_version="old",
        engine_version="old",
        queued_at=rendering.queued_at - BEFORE,
        **fields,
    )


READY = {"state": RenderingState.READY, "file": "a.pdf", "size": 1, "sha256": "a" * 64}
FAILED = {"state": RenderingState.FAILED, "error_code": "picture_broken"}


def test_an_older_file_counts_until_the_new_one_is_ready(rendering):
    old = older(rendering, **READY)
    assert counting(Rendering.objects.all()) == {rendering.format: old}
    Rendering.objects.filter(pk=rendering.pk).update(**READY)
    assert counting(Rendering.objects.all()) == {rendering.format: rendering}


def test_without_a_ready_file_the_newest_row_counts(rendering):
    older(rendering, **FAILED)
    assert counting(Rendering.objects.all()) == {rendering.format: rendering}


def test_what_failed_is_stuck_for_its_reason_and_what_waits_out_a_pause_for_that(pat, rendering):
    other = factories.publication(pat).content.renderings.get()
    fail(rendering, PictureBroken(picture="x"))
    pause(other)
    assert {row.pk: row.reason for row in stuck(Rendering.objects.all())} == {
        rendering.pk: "picture_broken",
        other.pk: PAUSED,
    }


def test_a_failed_try_for_a_newer_print_is_not_stuck(rendering):
    older(rendering, **READY)
    fail(rendering)
    assert not stuck(Rendering.objects.all()).exists()


def test_what_failed_before_a_newer_row_was_asked_for_is_not_stuck(rendering):
    older(rendering, **FAILED)
    assert not stuck(Rendering.objects.all()).exists()
    fail(rendering)
    assert stuck(Rendering.objects.all()).get() == rendering


def test_what_waits_for_its_first_try_is_not_stuck(rendering):
    assert not stuck(Rendering.objects.all()).exists()
    job.claim_rendering(rendering.pk)
    assert not stuck(Rendering.objects.all()).exists()


def test_a_failed_file_of_the_newest_version_is_missed(pat, publication, rendering):
    fail(rendering)
    assert list(missing()) == [rendering]


def test_a_failed_file_of_a_replaced_version_is_missed_by_nobody(pat, publication, rendering):
    fail(rendering)
    item = publication.plan.items.get()
    item.note = "something else"
    item.save()
    factories.publication(pat, of_plan=publication.plan)
    assert not missing().exists()


def test_a_failed_file_of_a_stopped_plan_is_missed_by_nobody(pat, publication, rendering):
    fail(rendering)
    stop_plan(plan=publication.plan, by=pat)
    assert not missing().exists()


def test_a_failed_draft_is_missed_by_nobody(pat):
    prepare(plan=factories.plan(pat), by=pat, formats=(factories.PATIENT_COPY,))
    fail(Rendering.objects.get())
    assert stuck(Rendering.objects.all()).exists()
    assert not missing().exists()


def test_the_oldest_wait_is_that_of_a_person_and_includes_pauses(pat, rendering):
    since = timezone.now() - BEFORE
    bulk = factories.publication(pat).content.renderings.get()
    Rendering.objects.filter(pk=bulk.pk).update(bulk=True, queued_at=since - BEFORE)
    pause(rendering)
    Rendering.objects.filter(pk=rendering.pk).update(queued_at=since)
    assert oldest_wait(Rendering.objects.all()) == since
    assert oldest_wait(Rendering.objects.all(), bulk=True) == since - BEFORE


def test_the_backlog_in_numbers(pat, rendering, django_assert_num_queries):
    for _ in range(2):
        fail(factories.publication(pat).content.renderings.get(), StorageFailed(problem="x"))
    fail(factories.publication(pat).content.renderings.get(), PictureBroken(picture="x"))
    with django_assert_num_queries(4):
        work = backlog(Rendering.objects.all())
    assert work.states == {RenderingState.QUEUED: 1, RenderingState.FAILED: 3}
    assert [(one.reason, one.count) for one in work.stuck] == [("storage_failed", 2), ("picture_broken", 1)]
    assert work.oldest == rendering.queued_at
    assert work.oldest_bulk is None
