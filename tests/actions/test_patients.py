from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from plans.actions import patients
from plans.actions.patient_facts import ClearedStays, ImpossibleFacts
from plans.models import AuditEvent, Patient, PatientCondition, PatientSymptom
from plans.permissions import NotAllowed
from tests import factories

pytestmark = pytest.mark.django_db


def test_a_patient_is_written_with_conditions_and_symptoms(pat):
    of = factories.patient(pat, has=["sciatica", "osteoporosis"])
    assert {row.condition.code for row in of.conditions.all()} == {"sciatica", "osteoporosis"}
    event = AuditEvent.objects.get(verb="patient.made")
    assert (event.patient_id, event.created_by) == (of.pk, pat)
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
    with pytest.raises(ImpossibleFacts):
        patients.save_patient(patient=of, symptoms=[row], by=pat)
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()
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
    day = date(2026, 1, 1)
    row = reported(pat, noted_on=day, cleared_on=day, cleared_by="Dr A", cleared_how="typed by mistake")
    harmless = PatientSymptom(symptom=factories.symptom("tired"))
    patients.save_patient(patient=row.patient, symptoms=[harmless], by=pat)
    patients.save_patient(patient=row.patient, removed=[row.pk, harmless.pk], by=pat)
    assert not PatientSymptom.objects.exists()


def test_a_flag_noted_again_after_its_clearance_is_a_row_of_its_own(pat):
    row = reported(
        pat, noted_on=date(2026, 1, 1), cleared_on=date(2026, 1, 2), cleared_by="Dr A", cleared_how="seen"
    )
    again = PatientSymptom(symptom=row.symptom, noted_on=date(2026, 3, 1))
    patients.save_patient(patient=row.patient, symptoms=[again], by=pat)
    rows = PatientSymptom.objects.order_by("noted_on").values_list("noted_on", "cleared_by")
    assert list(rows) == [(date(2026, 1, 1), "Dr A"), (date(2026, 3, 1), "")]


@pytest.mark.parametrize(
    "change",
    [
        {"cleared_on": None, "cleared_by": "", "cleared_how": ""},
        {"noted_on": date(2026, 1, 2)},
        {"cleared_how": "another story"},
    ],
)
def test_what_was_cleared_stays_as_it_is(pat, change):
    row = reported(
        pat, noted_on=date(2026, 1, 1), cleared_on=date(2026, 1, 2), cleared_by="Dr A", cleared_how="seen"
    )
    for name, value in change.items():
        setattr(row, name, value)
    with pytest.raises(ClearedStays):
        patients.save_patient(patient=row.patient, symptoms=[row], by=pat)


def test_a_symptom_stands_once(pat):
    row = reported(pat)
    again = PatientSymptom(patient=row.patient, symptom=row.symptom)
    with pytest.raises(IntegrityError), transaction.atomic():
        patients.save_patient(patient=row.patient, symptoms=[again], by=pat)


def test_a_red_flag_without_a_day_was_noted_today(pat):
    assert reported(pat).noted_on == timezone.localdate()


def test_a_red_flag_that_arrives_cleared_without_a_day_was_noted_today(pat):
    today = timezone.localdate()
    row = reported(pat, cleared_on=today, cleared_by="Dr A", cleared_how="seen")
    assert row.noted_on == today
    with pytest.raises(ImpossibleFacts) as refused:
        reported(pat, cleared_on=today - timedelta(days=1), cleared_by="Dr A", cleared_how="seen")
    assert problems_of(refused) == [(("symptoms", 0, "cleared_on"), "clearance_too_old")]


@pytest.mark.parametrize("noted", [None, date(2020, 1, 1)])
def test_an_old_clearance_is_let_through_by_no_day_that_is_blanked_or_moved(pat, noted):
    row = reported(pat, noted_on=date(2026, 3, 1))
    row.noted_on = noted
    row.cleared_on, row.cleared_by, row.cleared_how = date(2020, 1, 2), "Dr A", "seen"
    with pytest.raises(ImpossibleFacts):
        patients.save_patient(patient=row.patient, symptoms=[row], by=pat)
    assert not PatientSymptom.objects.get().is_cleared


def test_the_day_of_a_standing_red_flag_is_kept_and_never_moved_earlier(pat):
    row = reported(pat, noted_on=date(2026, 3, 1))
    row.noted_on = None
    patients.save_patient(patient=row.patient, symptoms=[row], by=pat)
    assert PatientSymptom.objects.get().noted_on == date(2026, 3, 1)
    row.noted_on = date(2026, 2, 28)
    with pytest.raises(ImpossibleFacts) as refused:
        patients.save_patient(patient=row.patient, symptoms=[row], by=pat)
    assert problems_of(refused) == [(("symptoms", 0, "noted_on"), "moved_earlier")]
    row.noted_on = date(2026, 3, 2)
    patients.save_patient(patient=row.patient, symptoms=[row], by=pat)


def problems_of(refused):
    return [(path, problem.code) for path, problem in refused.value.problems]


def had(by, **fields):
    row = PatientCondition(condition=factories.condition("sciatica"), **fields)
    patients.save_patient(patient=factories.patient(by, has=[]), conditions=[row], by=by)
    return row


def clear(row, day, by):
    row.cleared_on, row.cleared_by, row.cleared_how = day, "Dr A", "letter"
    patients.save_patient(patient=row.patient, conditions=[row], by=by)


def test_a_condition_without_a_day_is_cleared_at_most_two_years_before_it_was_recorded(pat):
    row = had(pat)
    today = timezone.localdate()
    assert row.recorded_on == today
    with pytest.raises(ImpossibleFacts) as refused:
        clear(row, today - timedelta(days=731), pat)
    assert problems_of(refused) == [(("conditions", 0, "cleared_on"), "clearance_too_old")]
    assert "two years before the condition was recorded here" in str(refused.value)
    clear(row, today - timedelta(days=730), pat)


def test_an_onset_that_is_left_out_while_it_is_cleared_bounds_the_clearance_all_the_same(pat):
    row = had(pat, onset=date(2026, 3, 1))
    row.onset = None
    with pytest.raises(ImpossibleFacts) as refused:
        clear(row, date(2026, 2, 1), pat)
    assert problems_of(refused) == [(("conditions", 0, "cleared_on"), "clearance_too_old")]


def test_a_row_of_another_patient_is_not_removed(pat, clinic):
    other = factories.patient(factories.therapist(clinic), has=["sciatica"])
    mine = factories.patient(pat)
    patients.save_patient(patient=mine, removed=[other.conditions.get().pk], by=pat)
    assert other.conditions.exists()
