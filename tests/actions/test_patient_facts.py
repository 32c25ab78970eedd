from datetime import date, timedelta

import pytest
from django.utils import timezone

from plans.actions import patients
from plans.actions.patient_facts import ImpossibleFacts
from plans.contraindications import FactProblem
from plans.models import Patient, PatientCondition, PatientSymptom
from tests import factories

pytestmark = pytest.mark.django_db


def reported(by, **fields):
    row = PatientSymptom(symptom=factories.symptom("numb", red_flag="emergency"), **fields)
    patients.save_patient(patient=factories.patient(by), symptoms=[row], by=by)
    return row


def problems_of(refused):
    return [(path, problem.code) for path, problem in refused.value.problems]


def test_a_birth_that_cannot_be_is_refused_by_its_field(pat):
    for birth in (date(1, 1, 1), date(1700, 1, 1), date(2099, 1, 1)):
        with pytest.raises(ImpossibleFacts) as refused:
            factories.patient(pat, birth_date=birth)
        assert [path for path, _ in problems_of(refused)] == [("birth_date",)]
    assert not Patient.objects.exists()


def test_each_row_that_cannot_be_is_named_by_its_place(pat):
    of = factories.patient(pat, has=[])
    far = timezone.localdate() + timedelta(days=301)
    rows = [
        PatientCondition(condition=factories.condition("sciatica"), onset=date(1950, 1, 1)),
        PatientCondition(condition=factories.condition("pregnancy"), due_on=far),
    ]
    symptom = PatientSymptom(symptom=factories.symptom("tired"), noted_on=far)
    with pytest.raises(ImpossibleFacts) as refused:
        patients.save_patient(patient=of, conditions=rows, symptoms=[symptom], by=pat)
    assert problems_of(refused) == [
        (("conditions", 0, "onset"), "before_birth"),
        (("conditions", 1, "due_on"), "too_far_ahead"),
        (("symptoms", 0, "noted_on"), "in_future"),
    ]


def test_an_emergency_is_not_cleared_by_a_dash_before_birth(pat):
    with pytest.raises(ImpossibleFacts) as refused:
        reported(pat, cleared_on=date(1959, 5, 17), cleared_by="-", cleared_how="-")
    assert {code for _, code in problems_of(refused)} == {"before_birth", "clearance_incomplete"}


def test_a_birth_date_that_moves_past_a_stored_day_is_refused(pat):
    of = factories.patient(pat, has=[])
    row = PatientCondition(condition=factories.condition("sciatica"), onset=date(1990, 1, 1))
    patients.save_patient(patient=of, conditions=[row], by=pat)
    of.birth_date = date(1991, 1, 1)
    with pytest.raises(ImpossibleFacts) as refused:
        patients.save_patient(patient=of, by=pat)
    assert problems_of(refused) == [(("birth_date",), "after_a_fact")]


def test_an_old_slip_keeps_no_red_flag_from_being_noted(pat):
    of = factories.patient(pat)
    Patient.objects.filter(pk=of.pk).update(birth_date=date(1700, 1, 1))
    of.refresh_from_db()
    row = PatientSymptom(symptom=factories.symptom("numb", red_flag="emergency"))
    patients.save_patient(patient=of, symptoms=[row], by=pat)
    assert of.symptoms.exists()


def test_a_problem_is_told_at_the_place_where_a_caller_told_of_the_row():
    """A code of ICD-10 may stand for several conditions, so that rows and a caller's list differ."""
    problem = FactProblem("onset", "before_birth", "The onset cannot be before the birth date.")
    of_birth = FactProblem("birth_date", "in_future", "The birth date cannot be after today.")
    refused = ImpossibleFacts(problems=[(("conditions", 2, "onset"), problem), (("birth_date",), of_birth)])
    placed = refused.told_at({"conditions": [0, 0, 1]})
    assert [path for path, _ in placed.problems] == [("conditions", 1, "onset"), ("birth_date",)]
