"""What is usual in a clinic is counted by patients, never by few, and never across clinics."""

from datetime import timedelta

import pytest
from django.utils import timezone

from plans.models import Plan
from plans.queries.habits import LEAST_PATIENTS, Usual, recent_exercises, usual_exercises
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def slide(clinic):
    return factories.approved_exercise(clinic)


@pytest.fixture
def patient(therapist):
    return factories.patient(therapist, has=("sciatica",))


def issue(by, exercise, count=1, has=("sciatica",)):
    for _ in range(count):
        of = factories.patient(by, has=has)
        factories.publication(by, of_plan=factories.plan(by, of=of, exercises=[exercise]))


def test_it_tells_for_how_many_of_those_who_have_the_condition(clinic, therapist, patient, slide):
    issue(therapist, slide, LEAST_PATIENTS)
    issue(therapist, factories.approved_exercise(clinic, "bridge"), 2)

    usual = usual_exercises(patient)

    assert usual == {slide.exercise_id: Usual(patients=5, of=7, condition="sciatica")}


def test_of_fewer_nothing_is_told(therapist, patient, slide):
    issue(therapist, slide, LEAST_PATIENTS - 1)

    assert usual_exercises(patient) == {}


def test_a_patient_with_many_versions_counts_once(therapist, patient, slide):
    issue(therapist, slide, LEAST_PATIENTS - 1)
    plan = Plan.objects.exclude(patient=patient).first()
    Plan.objects.filter(pk=plan.pk).update(title="Once more")
    factories.publication(therapist, of_plan=Plan.objects.get(pk=plan.pk))

    assert usual_exercises(patient) == {}


def test_the_patients_own_plans_do_not_count(therapist, patient, slide):
    issue(therapist, slide, LEAST_PATIENTS - 1)
    factories.publication(therapist, of_plan=factories.plan(therapist, of=patient, exercises=[slide]))

    assert usual_exercises(patient) == {}


def test_drafts_and_other_conditions_and_other_clinics_do_not_count(clinic, therapist, patient, slide):
    issue(therapist, slide, LEAST_PATIENTS - 1)
    issue(therapist, slide, has=("muscle_weakness",))
    factories.plan(therapist, of=factories.patient(therapist, has=("sciatica",)), exercises=[slide])
    elsewhere = factories.clinic()
    factories.approved_exercise(elsewhere)
    issue(factories.therapist(elsewhere), slide, 1)

    assert usual_exercises(patient) == {}


def test_recent_is_what_stands_in_ones_own_plans_the_newest_first(clinic, therapist, slide):
    bridge = factories.approved_exercise(clinic, "bridge")
    old = factories.plan(therapist, exercises=[slide])
    factories.plan(therapist, exercises=[bridge, slide])
    factories.plan(factories.lead(clinic), of=old.patient, exercises=[factories.exercise("theirs")])
    now = factories.plan(therapist, exercises=[factories.exercise("of-this-plan")])
    day = timezone.now() - timedelta(days=3)
    Plan.objects.filter(pk=old.pk).update(updated_at=day)

    recent = recent_exercises(therapist, besides=now)

    assert list(recent) == [bridge.exercise_id, slide.exercise_id]
    assert recent[slide.exercise_id] == timezone.localdate()
