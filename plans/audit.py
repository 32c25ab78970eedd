"""Append who did what. Nothing else writes audit rows, and nothing changes them."""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
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
    return Place(clinic=patient.clinic, patient_id=patient.pk)


@dataclass(frozen=True, kw_only=True)
class Reading:
    """That something was read: told in an answer, and told again if the answer is given again."""

    verb: AuditVerb
    object_type: str
    object_id: str
    clinic_id: UUID | None = None
    patient_id: UUID | None = None


def reading_of(verb: AuditVerb, what: Model, place: Place) -> Reading:
    clinic = place["clinic"]
    return Reading(
        verb=verb,
        object_type=what._meta.model_name or "",
        object_id=str(what.pk),
        clinic_id=clinic.pk if clinic else None,
        patient_id=place["patient_id"],
    )


def append_readings(*, by: User, readings: Collection[Reading]) -> None:
    """Record what one answer told, a row for each, in one question to the database."""
    who = {"created_by": by, "on_behalf_of_id": by.on_behalf_of_id}
    _insert([AuditEvent(**who, **vars(reading)) for reading in readings])


def append_listing(*, by: User, patients: Iterable[Patient], asked: Collection[UUID]) -> None:
    """Record a page of patients: a row for each clinic listed with the number, or for each asked where none is."""
    counts = Counter(patient.clinic_id for patient in patients) or dict.fromkeys(asked, 0)
    rows = [
        AuditEvent(
            verb=AuditVerb.PATIENT_LISTED,
            created_by=by,
            on_behalf_of_id=by.on_behalf_of_id,
            clinic_id=clinic,
            object_type="clinic",
            object_id=str(clinic),
            detail={"count": count},
        )
        for clinic, count in counts.items()
    ]
    _insert(rows)


def _insert(rows: list[AuditEvent]) -> None:
    # One row, as nearly always, needs no transaction of its own.
    if len(rows) == 1:
        rows[0].save(force_insert=True)
    else:
        AuditEvent.objects.bulk_create(rows)


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
        created_by=by,
        on_behalf_of_id=by.on_behalf_of_id if by else None,
        clinic=clinic,
        object_type=what._meta.model_name or "",
        object_id=str(what.pk),
        patient_id=patient_id,
        person=person,
        detail=detail or {},
    )
