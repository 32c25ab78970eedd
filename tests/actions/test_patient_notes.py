"""Notes on a patient: by those who care for them, kept as they were written."""

import pytest

from plans.actions.patient_notes import write_note
from plans.actions.texts import LooksBlank
from plans.models import AuditEvent, PatientNote
from plans.models.base import RecordIsFinal
from plans.permissions import NotAllowed
from tests import factories


def test_a_note_is_kept_in_the_record(therapist):
    patient = factories.patient(therapist)
    note = write_note(patient=patient, words="Sleeps badly.\nAsk again.", by=therapist)
    assert (note.words, note.created_by) == ("Sleeps badly.\nAsk again.", therapist)
    event = AuditEvent.objects.get(verb="patient.noted")
    assert (event.patient_id, event.detail) == (patient.pk, {})


def test_a_blank_note_is_refused(therapist):
    with pytest.raises(LooksBlank):
        write_note(patient=factories.patient(therapist), words="  ", by=therapist)


def test_who_does_not_care_for_the_patient_writes_none(therapist, clinic):
    patient = factories.patient(therapist)
    with pytest.raises(NotAllowed):
        write_note(patient=patient, words="Hello", by=factories.therapist(clinic))
    assert not PatientNote.objects.exists()


def test_a_note_is_never_written_again(therapist):
    note = write_note(patient=factories.patient(therapist), words="Hello", by=therapist)
    with pytest.raises(RecordIsFinal):
        note.save()
