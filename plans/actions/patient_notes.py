"""Notes on a patient, from therapist to therapist: written once, like the rest of the record."""

from django.db import transaction

from plans import audit, permissions
from plans.actions.texts import clean_texts
from plans.models import AuditVerb, Patient, PatientNote, User
from plans.permissions import NotAllowed


@transaction.atomic
def write_note(*, patient: Patient, words: str, by: User) -> PatientNote:
    """Keep a note in the patient's record. Raises NotAllowed, TextRefused."""
    stored = Patient.objects.select_related("clinic").get(pk=patient.pk)
    if not permissions.may_care_for(by, stored):
        raise NotAllowed
    note = clean_texts(PatientNote(patient=stored, words=words, created_by=by))
    note.save()
    audit.append(verb=AuditVerb.PATIENT_NOTED, by=by, what=note, **audit.place_of(stored))
    return note
