from uuid import uuid4

import pytest

from plans.actions.drafts.begin import begin_draft
from plans.models import AuditEvent, Plan
from plans.permissions import NotAllowed
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def patient(pat):
    return factories.patient(pat)


def test_a_draft_is_there_before_anything_is_typed(pat, patient):
    plan = begin_draft(plan_id=uuid4(), patient=patient, by=pat)

    stored = Plan.objects.get(pk=plan.pk)
    assert (stored.title, stored.start_on) == ("Your exercises", patient.clinic.today())
    assert AuditEvent.objects.filter(verb="plan.made", object_id=str(plan.pk)).count() == 1


def test_its_title_is_in_the_patients_language(pat):
    plan = begin_draft(plan_id=uuid4(), patient=factories.patient(pat, language="es"), by=pat)

    assert plan.title == "Sus ejercicios"


def test_begun_twice_it_is_one(pat, patient):
    key = uuid4()
    begin_draft(plan_id=key, patient=patient, by=pat)
    Plan.objects.update(title="Back plan")

    assert begin_draft(plan_id=key, patient=patient, by=pat).title == "Back plan"
    assert Plan.objects.count() == 1


def test_nobody_begins_a_plan_for_a_foreign_patient_or_under_a_foreign_id(pat, clinic, patient):
    other = factories.therapist(clinic)
    theirs = factories.plan(other)

    with pytest.raises(NotAllowed):
        begin_draft(plan_id=uuid4(), patient=theirs.patient, by=pat)
    with pytest.raises(NotAllowed):
        begin_draft(plan_id=theirs.pk, patient=patient, by=pat)
    with pytest.raises(NotAllowed):
        begin_draft(plan_id=factories.plan(pat).pk, patient=patient, by=pat)
