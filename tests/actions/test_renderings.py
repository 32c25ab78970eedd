"""Stuck renderings are started again: one, or all of a reason; by whom it is allowed; recorded."""

import pytest

from plans.actions import renderings
from plans.actions.renderings import NothingStuck, queue_again, queue_all_again
from plans.models import AuditEvent, Rendering, RenderingState, User
from plans.permissions import NotAllowed
from plans.queries.renderings import PAUSED
from plans.rendering import job, queue
from plans.rendering.storage import StorageFailed
from tests import factories
from tests.rendering.stuck import fail, pause

pytestmark = pytest.mark.django_db


@pytest.fixture
def rendering(clinic):
    return factories.publication(factories.therapist(clinic)).content.renderings.get()


@pytest.fixture
def operator():
    return User.objects.create_superuser("root", password="a long pass phrase")


@pytest.fixture
def woken(monkeypatch):
    names = []
    monkeypatch.setattr(queue, "enqueue_renderings", lambda rows: names.extend(row.pk for row in rows))
    return names


def test_a_failed_rendering_is_queued_anew_the_worker_woken_and_the_act_recorded(rendering, operator, woken):
    fail(rendering)
    woken.clear()
    queue_again(rendering=rendering, by=operator)
    rendering.refresh_from_db()
    assert (rendering.state, rendering.attempts, rendering.error_code) == (RenderingState.QUEUED, 0, "")
    assert woken == [rendering.pk]
    event = AuditEvent.objects.get(verb=renderings.VERB)
    assert (event.created_by, event.object_id) == (operator, str(rendering.pk))
    assert event.patient_id == rendering.content.plan.patient_id


def test_a_pause_is_ended(rendering, operator):
    pause(rendering)
    assert job.claim_rendering(rendering.pk) is None
    queue_again(rendering=rendering, by=operator)
    assert job.claim_rendering(rendering.pk) is not None


def test_what_a_worker_holds_is_left_alone(rendering, operator):
    job.claim_rendering(rendering.pk)
    with pytest.raises(NothingStuck):
        queue_again(rendering=rendering, by=operator)
    rendering.refresh_from_db()
    assert rendering.state == RenderingState.RUNNING


def test_a_worker_that_is_faster_than_the_click_keeps_it(rendering):
    rows = Rendering.objects.filter(pk=rendering.pk)
    job.claim_rendering(rendering.pk)
    assert queue.queue_anew(rows) == 0
    rendering.refresh_from_db()
    assert rendering.state == RenderingState.RUNNING


def test_a_lead_starts_those_of_the_own_clinic_only(clinic, rendering):
    foreign = factories.publication(factories.therapist(factories.clinic())).content.renderings.get()
    for one in (rendering, foreign):
        fail(one)
    lead = factories.lead(clinic)
    assert queue_all_again(reason="picture_broken", by=lead) == 1
    with pytest.raises(NotAllowed):
        queue_again(rendering=foreign, by=lead)
    foreign.refresh_from_db()
    assert foreign.state == RenderingState.FAILED


def test_a_therapist_may_not(clinic, rendering):
    fail(rendering)
    person = factories.therapist(clinic)
    assert queue_all_again(reason=None, by=person) == 0
    with pytest.raises(NotAllowed):
        queue_again(rendering=rendering, by=person)


def test_only_what_is_stuck_for_the_reason_is_queued(clinic, rendering, operator):
    other = factories.publication(factories.therapist(clinic)).content.renderings.get()
    fail(rendering)
    fail(other, StorageFailed(problem="x"))
    assert queue_all_again(reason="storage_failed", by=operator) == 1
    rendering.refresh_from_db()
    assert rendering.state == RenderingState.FAILED


def test_all_are_queued_whatever_the_reason_and_each_clinics_audit_tells_how_many(clinic, rendering, woken):
    far = factories.clinic()
    fail(rendering)
    for _ in range(2):
        pause(factories.publication(factories.therapist(far)).content.renderings.get())
    woken.clear()
    assert queue_all_again(reason=None, by=None) == 3
    assert len(woken) == 3
    events = {
        event.clinic: (event.created_by, event.detail)
        for event in AuditEvent.objects.filter(verb=renderings.VERB)
    }
    assert events == {
        clinic: (None, {"reason": "picture_broken", "files": 1}),
        far: (None, {"reason": PAUSED, "files": 2}),
    }


def test_no_more_messages_than_the_sweep_would_send(clinic, rendering, woken, monkeypatch):
    monkeypatch.setattr(queue, "MAX_WOKEN", 1)
    fail(rendering)
    fail(factories.publication(factories.therapist(clinic)).content.renderings.get())
    woken.clear()
    assert queue_all_again(reason=None, by=None) == 2
    assert len(woken) == 1
