"""What was rendered for a publish page and not published is thrown away; what is published never is."""

from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.utils import timezone

from plans.actions import publishing
from plans.handout.make import Handout
from plans.models import FrozenContent, Publication, Rendering, RenderingState
from plans.rendering import drafts, job, storage
from tests import factories

pytestmark = pytest.mark.django_db
COPIES = [factories.PATIENT_COPY]


@pytest.fixture(autouse=True)
def quick_files(monkeypatch):
    monkeypatch.setattr(job, "make", lambda rendering: Handout(b"%PDF-draft", 1))


@pytest.fixture
def woken(monkeypatch):
    calls = []
    monkeypatch.setattr(drafts, "enqueue_clearing", lambda: calls.append("woken"))
    return calls


def look(plan, pat):
    """Someone opens the publish page, and the worker renders what is seen; gives what publish expects."""
    seen = publishing.prepare(plan=plan, by=pat, formats=COPIES)
    for row in Rendering.objects.filter(content=seen.frozen):
        job.work(row.pk)
    return seen


def grow_old():
    FrozenContent.objects.exclude(seen_as_draft_at=None).update(
        seen_as_draft_at=timezone.now() - timedelta(hours=3)
    )


def file_of(seen):
    return Rendering.objects.get(content=seen.frozen).file.name


def test_a_draft_looked_at_and_not_published_is_thrown_away_with_its_file(pat):
    seen = look(factories.plan(pat), pat)
    name = file_of(seen)
    drafts.drop_old_drafts()
    assert FrozenContent.objects.filter(pk=seen.frozen.pk).exists()
    grow_old()
    drafts.drop_old_drafts()
    assert not FrozenContent.objects.exists()
    assert not default_storage.exists(name)


def test_a_draft_that_is_looked_at_again_is_young_again(pat):
    plan = factories.plan(pat)
    first = look(plan, pat)
    grow_old()
    assert look(plan, pat).frozen.pk == first.frozen.pk
    drafts.drop_old_drafts()
    assert default_storage.exists(file_of(first))


def test_what_was_published_stays_whether_it_was_looked_at_before_or_not(pat):
    plan = factories.plan(pat)
    seen = look(plan, pat)
    grow_old()
    publishing.publish(plan=plan, expected_hash=seen.expected_hash, by=pat, formats=COPIES)
    grow_old()
    drafts.drop_old_drafts()
    publication = Publication.objects.get()
    assert {publication.content_id, publication.record_id} == set(
        FrozenContent.objects.values_list("pk", flat=True)
    )
    assert default_storage.exists(file_of(seen))


def test_a_draft_dropped_between_the_page_and_the_click_is_written_anew(pat):
    plan = factories.plan(pat)
    seen = look(plan, pat)
    grow_old()
    drafts.drop_old_drafts()
    made = publishing.publish(plan=plan, expected_hash=seen.expected_hash, by=pat, formats=COPIES)
    assert made.publication.content_id == seen.frozen.pk
    assert Rendering.objects.filter(content=made.publication.content).exists()


def test_more_than_it_does_at_once_is_gone_on_with(pat, woken, monkeypatch):
    monkeypatch.setattr(drafts, "BATCH", 2)
    for _ in range(3):
        look(factories.plan(pat), pat)
    grow_old()
    drafts.drop_old_drafts()
    assert (FrozenContent.objects.count(), woken) == (1, ["woken"])
    drafts.drop_old_drafts()
    assert (FrozenContent.objects.count(), woken) == (0, ["woken"])


def test_a_storage_that_does_not_delete_holds_nothing_up(pat, monkeypatch):
    for _ in range(2):
        look(factories.plan(pat), pat)
    grow_old()

    def broken(name):
        raise storage.StorageFailed(problem="OSError")

    monkeypatch.setattr(storage, "discard", broken)
    drafts.drop_old_drafts()
    assert not FrozenContent.objects.exists()


def test_however_often_a_draft_is_looked_at_one_of_its_states_waits(pat):
    plan, other = factories.plan(pat), factories.plan(pat)
    made = look(plan, pat)
    theirs = publishing.prepare(plan=other, by=pat, formats=COPIES)
    for title in ("Knee plan", "Hip plan"):
        plan.title = title
        plan.save()
        last = publishing.prepare(plan=plan, by=pat, formats=COPIES)

    waiting = Rendering.objects.filter(state=RenderingState.QUEUED).values_list("content", flat=True)
    assert set(waiting) == {last.frozen.pk, theirs.frozen.pk}
    assert file_of(made)


def test_what_is_issued_waits_on_though_the_draft_is_looked_at_again(pat):
    plan = factories.publication(pat).plan
    plan.title = "Knee plan"
    plan.save()

    publishing.prepare(plan=plan, by=pat, formats=COPIES)

    assert Rendering.objects.filter(content__publication__plan=plan, state=RenderingState.QUEUED).exists()
