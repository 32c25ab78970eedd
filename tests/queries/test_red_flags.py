"""A red flag that a library file takes away stands until the clinic's reviewer approves that."""

import pytest

from plans.actions import approving, patients
from plans.contraindications import RedFlag
from plans.models import PatientSymptom, Symptom
from plans.queries.approvals import vocabulary_work
from plans.queries.red_flags import gravest_flags
from tests import factories
from tests.words import load, symptom

pytestmark = pytest.mark.django_db


def test_the_gravest_of_before_and_after_counts_until_the_change_is_approved(clinic):
    load(symptoms=(symptom("numb", RedFlag.EMERGENCY), symptom("ache"), symptom("fever", RedFlag.SAME_DAY)))
    load(symptoms=(symptom("numb", RedFlag.SAME_DAY), symptom("ache"), symptom("fever")))
    numb, fever = (Symptom.objects.get(code=code).pk for code in ("numb", "fever"))
    assert gravest_flags(clinic) == {numb: RedFlag.EMERGENCY, fever: RedFlag.SAME_DAY}
    reviewer = factories.reviewer(clinic)
    approving.approve(things=vocabulary_work(clinic), clinic=clinic, by=reviewer)
    assert gravest_flags(clinic) == {numb: RedFlag.SAME_DAY}


def test_a_symptom_whose_flag_is_under_change_is_not_removed_uncleared(clinic):
    load(symptoms=(symptom("numb", RedFlag.EMERGENCY),))
    pat = factories.therapist(clinic)
    patient = factories.patient(pat)
    row = PatientSymptom(patient=patient, symptom=Symptom.objects.get(code="numb"))
    patients.save_patient(patient=patient, symptoms=[row], by=pat)
    load(symptoms=(symptom("numb"),))
    with pytest.raises(patients.RedFlagStands):
        patients.save_patient(patient=patient, removed=[row.pk], by=pat)
