from datetime import date

import pytest
from django.db import IntegrityError, transaction

from plans.actions import patients
from plans.models import AuditEvent, Patient, PatientCondition, PatientSymptom
from plans.permissions import NotAllowed
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def clinic():
    return factories.clinic()


@pytest.fixture
def pat(clinic):
    return factories.therapist(clinic)


def test_a_patient_is_written_with_conditions_and_symptoms(pat):
    of = factories.patient(pat, has=["sciatica", "osteoporosis"])
    assert {row.condition.code for row in of.conditions.all()} == {"sciatica", "osteoporosis"}
    event = AuditEvent.objects.get(verb="patient.made")
    assert (event.patient_id, event.by) == (of.pk, pat)
    assert of.name not in str(event.detail)


def test_a_therapist_cannot_take_a_colleagues_patient(pat, clinic):
    of = factories.patient(pat)
    colleague = factories.therapist(clinic)
    of.therapist = colleague
    with pytest.raises(NotAllowed):
        patients.save_patient(patient=of, by=colleague)


def test_a_therapist_cannot_give_a_patient_away_but_the_lead_can(pat, clinic):
    of = factories.patient(pat)
    of.therapist = factories.therapist(clinic)
    with pytest.raises(NotAllowed):
        patients.save_patient(patient=of, by=pat)
    patients.save_patient(patient=of, by=factories.lead(clinic))
    assert Patient.objects.get(pk=of.pk).therapist == of.therapist


def test_a_patient_stays_in_the_clinic_and_with_someone_who_treats(pat, clinic):
    of = factories.patient(pat)
    boss = factories.lead(clinic)
    of.therapist = factories.library_admin(clinic)
    with pytest.raises(NotAllowed):
        patients.save_patient(patient=of, by=boss)
    of.refresh_from_db()
    of.clinic = factories.clinic()
    with pytest.raises(NotAllowed):
        patients.save_patient(patient=of, by=boss)


def test_a_clearance_is_whole_or_not_there(pat):
    of = factories.patient(pat)
    row = PatientSymptom(patient=of, symptom=factories.symptom("fever"), cleared_on=date(2026, 1, 1))
    with pytest.raises(IntegrityError), transaction.atomic():
        patients.save_patient(patient=of, symptoms=[row], by=pat)
    assert not PatientSymptom.objects.exists()


def test_a_record_number_is_one_patients_in_a_clinic(pat):
    factories.patient(pat, record_number="R-1")
    with pytest.raises(IntegrityError), transaction.atomic():
        factories.patient(pat, record_number="R-1")
    factories.patient(factories.therapist(factories.clinic()), record_number="R-1")


def test_removed_conditions_go(pat):
    of = factories.patient(pat, has=["sciatica"])
    patients.save_patient(patient=of, removed=[of.conditions.get().pk], by=pat)
    assert not PatientCondition.objects.filter(patient=of).exists()
    event = AuditEvent.objects.get(verb="patient.row_removed")
    assert (event.patient_id, event.detail) == (of.pk, {"code": "sciatica"})


def reported(by, **fields):
    row = PatientSymptom(symptom=factories.symptom("numb", red_flag="emergency"), **fields)
    patients.save_patient(patient=factories.patient(by), symptoms=[row], by=by)
    return row


def test_a_red_flag_is_neither_removed_nor_renamed_before_it_is_cleared(pat):
    row = reported(pat)
    with pytest.raises(patients.RedFlagStands):
        patients.save_patient(patient=row.patient, removed=[row.pk], by=pat)
    row.symptom = factories.symptom("tired")
    with pytest.raises(patients.RedFlagStands):
        patients.save_patient(patient=row.patient, symptoms=[row], by=pat)
    assert PatientSymptom.objects.get().symptom.code == "numb"


def test_a_cleared_red_flag_and_a_harmless_symptom_are_removed(pat):
    row = reported(pat, cleared_on=date(2026, 1, 1), cleared_by="Dr A", cleared_how="typed by mistake")
    harmless = PatientSymptom(symptom=factories.symptom("tired"))
    patients.save_patient(patient=row.patient, symptoms=[harmless], by=pat)
    patients.save_patient(patient=row.patient, removed=[row.pk, harmless.pk], by=pat)
    assert not PatientSymptom.objects.exists()


def test_a_row_of_another_patient_is_not_removed(pat, clinic):
    other = factories.patient(factories.therapist(clinic), has=["sciatica"])
    mine = factories.patient(pat)
    patients.save_patient(patient=mine, removed=[other.conditions.get().pk], by=pat)
    assert other.conditions.exists()
