"""Drafts that go: by a person, or swept where nobody wrote in them. What was published stays."""

import uuid
from datetime import date, timedelta

import pytest
from django.utils import timezone

from plans.actions import plans as plan_actions
from plans.actions.drafts import delete
from plans.actions.drafts.begin import begin_draft
from plans.actions.drafts.delete import DraftWasPublished, delete_draft, drop_untouched_drafts
from plans.actions.publishing import prepare
from plans.models import AuditEvent, Plan
from plans.permissions import NotAllowed
from tests import factories


@pytest.fixture
def patient(therapist):
    return factories.patient(therapist)


def begun(patient, therapist, days=2):
    plan = begin_draft(plan_id=uuid.uuid4(), patient=patient, by=therapist)
    then = timezone.now() - timedelta(days=days)
    ago = timedelta(days=days)
    dates = {"start_on": plan.start_on - ago, "review_on": plan.review_on - ago}
    Plan.objects.filter(pk=plan.pk).update(created_at=then, updated_at=then, **dates)
    return plan


def test_a_draft_goes_with_what_its_publish_page_prepared(therapist):
    plan = factories.plan(therapist)
    prepare(plan=plan, formats=[factories.PATIENT_COPY], by=therapist)
    delete_draft(plan=plan, by=therapist)
    assert not Plan.objects.exists()
    event = AuditEvent.objects.get(verb="plan.deleted")
    assert (event.object_id, event.created_by, event.patient_id) == (str(plan.pk), therapist, plan.patient_id)


def test_what_was_published_stays(therapist):
    publication = factories.publication(therapist)
    with pytest.raises(DraftWasPublished):
        delete_draft(plan=publication.plan, by=therapist)


def test_others_delete_nothing(therapist, clinic):
    plan = factories.plan(therapist)
    with pytest.raises(NotAllowed):
        delete_draft(plan=plan, by=factories.therapist(clinic))
    assert Plan.objects.exists()


def test_the_cleaning_takes_what_nobody_wrote_in(therapist, patient):
    begun(patient, therapist)
    assert drop_untouched_drafts() == 1
    assert not Plan.objects.exists()
    assert AuditEvent.objects.get(verb="plan.deleted").created_by is None


@pytest.mark.parametrize(
    "written",
    [
        {"title": "Knee, before the holiday"},
        {"review_on": date(2030, 1, 1)},
        {"start_on": None},
        {"times_per_day_min": 3, "times_per_day_max": 3},
        {"follows": str(uuid.uuid4())},
        {"note": "Call me"},
    ],
)
def test_the_cleaning_leaves_what_was_written_before_the_first_change_was_counted(
    therapist, patient, written
):
    plan = begun(patient, therapist)
    Plan.objects.filter(pk=plan.pk).update(**written)
    assert drop_untouched_drafts() == 0
    assert Plan.objects.filter(pk=plan.pk).exists()


def test_the_cleaning_asks_again_under_the_lock(therapist, patient, monkeypatch):
    plan = begun(patient, therapist)
    drop = delete._drop

    def write_before(pk):
        Plan.objects.update(goals="Stairs")
        return drop(pk)

    monkeypatch.setattr(delete, "_drop", write_before)
    assert drop_untouched_drafts() == 0
    assert Plan.objects.filter(pk=plan.pk).exists()


def test_the_cleaning_leaves_what_is_of_today(therapist, patient):
    begun(patient, therapist, days=0)
    assert drop_untouched_drafts() == 0


def test_the_cleaning_leaves_what_somebody_wrote_in(therapist, patient):
    plan = Plan.objects.get(pk=begun(patient, therapist).pk)
    plan.title = "Mine"
    plan_actions.save_plan(plan=plan, by=therapist)
    old = factories.plan(therapist, of=patient)
    Plan.objects.update(
        created_at=timezone.now() - timedelta(days=3), updated_at=timezone.now() - timedelta(days=3)
    )
    assert drop_untouched_drafts() == 0
    assert Plan.objects.filter(pk__in=[plan.pk, old.pk]).count() == 2
