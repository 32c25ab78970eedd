from datetime import timedelta
from uuid import uuid4

import pytest

from plans.actions.drafts.begin import begin_draft
from plans.actions.patients import save_patient
from plans.libraryfiles import Region
from plans.models import AuditEvent, Clinic, PatientCondition, Plan
from plans.permissions import NotAllowed
from tests import factories
from tests.words import condition, load

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


def test_it_begins_with_the_clinics_defaults(pat, clinic, patient):
    plan = begin_draft(plan_id=uuid4(), patient=patient, by=pat)
    assert plan.review_on == clinic.today() + timedelta(days=28)
    assert (str(plan.frequency.times_per_day), str(plan.frequency.days_per_week)) == ("1", "7")

    Clinic.objects.update(review_days=14, usual_times_per_day=2, usual_days_per_week=5)
    patient.clinic.refresh_from_db()
    own = begin_draft(plan_id=uuid4(), patient=patient, by=pat)
    assert own.review_on == clinic.today() + timedelta(days=14)
    assert (str(own.frequency.times_per_day), str(own.frequency.days_per_week)) == ("2", "5")


@pytest.mark.parametrize(
    ("language", "region", "weeks", "title"),
    [
        ("en", "knee", 1, "Your knee: the first weeks"),
        ("en", "low_back", 8, "Your back: building up"),
        ("en", "hip", 12, "Your hip: getting stronger"),
        ("en", "neck", None, "Your neck: exercises at home"),
        ("es", "knee", 1, "Su rodilla: las primeras semanas"),
        ("en", "pelvic_floor", 1, "Your exercises"),
        ("en", "", 1, "Your exercises"),
        ("zh-hans", "knee", 1, None),
    ],
)
def test_its_title_is_of_the_part_and_the_phase_and_names_no_condition(pat, language, region, weeks, title):
    condition = factories.condition("meniscus", name="Torn meniscus", region=region)
    patient = factories.patient(pat, has=(), language=language)
    onset = weeks and patient.clinic.today() - timedelta(weeks=weeks)
    has = [
        PatientCondition(patient=patient, condition=condition, onset=onset),
        PatientCondition(patient=patient, condition=factories.condition("weak", region="general")),
    ]
    save_patient(patient=patient, conditions=has[: 2 if weeks else 1], by=pat)
    said = begin_draft(plan_id=uuid4(), patient=patient, by=pat).title
    assert said == title if title else ":" not in said
    assert "meniscus" not in said.lower()


def test_its_part_is_that_of_the_region_that_was_approved(pat):
    load(conditions=(condition("sore", region=Region.HIP),))
    load(conditions=(condition("sore", region=Region.KNEE),))
    patient = factories.patient(pat, has=["sore"])
    assert begin_draft(plan_id=uuid4(), patient=patient, by=pat).title.startswith("Your hip")


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
