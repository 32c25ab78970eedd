"""Append who did what. Nothing else writes audit rows, and nothing changes them."""

from typing import TypedDict
from uuid import UUID

from django.db.models import Model

from plans.models import AuditEvent, AuditVerb, Clinic, Patient, User

Detail = str | int | bool | None | list[str]


class Place(TypedDict):
    """Where an act belongs: the clinic, and the patient whose record it touches."""

    clinic: Clinic | None
    patient_id: UUID | None


def place_of(patient: Patient) -> Place:
    """Give where an act on this patient's record belongs."""
    return Place(clinic=patient.clinic, patient_id=patient.pk)


def append(
    *,
    verb: AuditVerb,
    by: User | None,
    what: Model,
    clinic: Clinic | None = None,
    patient_id: UUID | None = None,
    person: User | None = None,
    detail: dict[str, Detail] | None = None,
) -> AuditEvent:
    """Record one act or reading in the transaction of the act. `detail`: codes and ids, no patient data."""
    return AuditEvent.objects.create(
        verb=verb,
        by=by,
        clinic=clinic,
        object_type=what._meta.model_name or "",
        object_id=str(what.pk),
        patient_id=patient_id,
        person=person,
        detail=detail or {},
    )
