"""Patients: written whole, with conditions, symptoms and limits, by those who care for them.

What is saved acts at once: the plans that the patient follows are checked again in the same transaction.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from uuid import UUID

from django.db import transaction

from plans import audit, permissions
from plans.actions.mails.consents import end_consent_elsewhere
from plans.actions.patient_facts import check_facts
from plans.actions.patient_limits import check_limits_kept
from plans.actions.pausing import pause_for_emergency
from plans.actions.reviewing import review_plans_of
from plans.actions.texts import clean_name, clean_texts
from plans.exceptions import PlansError
from plans.libraryfiles.vocabulary import RedFlag
from plans.models import (
    AuditVerb,
    ClinicSystem,
    Membership,
    Patient,
    PatientCondition,
    PatientLimit,
    PatientSymptom,
    Role,
    User,
)
from plans.models.patients import Clearable
from plans.permissions import NotAllowed
from plans.queries.red_flags import gravest_flags

Row = PatientCondition | PatientSymptom | PatientLimit
PATIENT_COLUMNS = (
    "name",
    "printed_name",
    "birth_date",
    "record_number",
    "sex",
    "language",
    "large_print",
    "diagnoses",
    "equipment",
    "pain_control_first",
    "figure_build",
    "figure_skin",
    "phone",
    "email",
)
"""What a caller may set by name; clinic, therapist and rows are looked up first."""


class RedFlagStands(PlansError):
    """A red flag is removed only after it is cleared. Record who cleared it, when and how, then remove it."""

    code = "red_flag_stands"


@transaction.atomic
def save_patient(
    *,
    patient: Patient,
    conditions: Sequence[PatientCondition] = (),
    symptoms: Sequence[PatientSymptom] = (),
    limits: Sequence[PatientLimit] = (),
    removed: Collection[UUID] = (),
    by: User,
) -> Patient:
    """Write a new or changed patient with these new or changed facts; drop the removed ones.

    A therapist's new patient joins their own caseload; only a lead gives a patient to someone else, and only to
    a therapist of the clinic. Raises NotAllowed, RedFlagStands, LimitStands, LimitStays, ImpossibleFacts, ClearedStays,
    Unprintable. Rows that are not given stay as they are. An emergency red flag that a system sends pauses what the
    patient follows.
    """
    stored = _check_allowed(patient, by)
    flags = gravest_flags(patient.clinic) if symptoms or removed else {}
    _check_red_flags(patient, symptoms, removed, flags)
    clean_name(clean_texts(patient))
    rows: list[Row] = [*conditions, *symptoms, *limits]
    for row in rows:
        clean_texts(row, of=_code(row))
    _date_red_flags(symptoms, flags, today=patient.clinic.today())
    for row in conditions:
        if row._state.adding:
            row.recorded_on = patient.clinic.today()
        if row.surgery_on:
            row.operated = ""  # The day says it.
    check_limits_kept(patient=patient, limits=limits, removed=removed, today=patient.clinic.today())
    check_facts(patient=patient, conditions=conditions, symptoms=symptoms, limits=limits, removed=removed)
    made = patient._state.adding
    patient.save()
    gone = _remove(patient, removed)
    cleared = [row for row in rows if _newly_cleared(row)]
    set_now = [row for row in limits if row._state.adding]
    for row in rows:
        row.patient = patient
        row.save()
    place = audit.place_of(patient)
    audit.append(
        verb=AuditVerb.PATIENT_MADE if made else AuditVerb.PATIENT_CHANGED, by=by, what=patient, **place
    )
    for limit in set_now:
        audit.append(
            verb=AuditVerb.PATIENT_LIMIT_SET, by=by, what=limit, **place, detail={"code": _code(limit)}
        )
    for row in gone:
        audit.append(
            verb=AuditVerb.PATIENT_ROW_REMOVED, by=by, what=row, **place, detail={"code": _code(row)}
        )
    for row in cleared:
        audit.append(verb=AuditVerb.PATIENT_CLEARED, by=by, what=row, **place, detail={"code": _code(row)})
    if stored:
        if stored.email != patient.email:
            end_consent_elsewhere(patient=patient, by=by)
        _act_at_once(patient, symptoms, flags, by)
    return patient


def _act_at_once(
    patient: Patient, symptoms: Sequence[PatientSymptom], flags: Mapping[UUID, RedFlag], by: User
) -> None:
    """Check what the patient follows; pause it if a system, behind which nobody may look for hours, says emergency.

    Also of a flag that stands already: who noted it may have paused nothing, and it is said again now.
    """
    emergency = any(flags.get(row.symptom_id) == RedFlag.EMERGENCY and not row.is_cleared for row in symptoms)
    if emergency and ClinicSystem.objects.filter(user=by).exists():
        pause_for_emergency(patient=patient, by=by)
    review_plans_of(patient)


def _check_allowed(patient: Patient, by: User) -> Patient | None:
    """Hold the patient and return it as it is stored; None for a new one."""
    if not permissions.may_care_for(by, patient):
        raise NotAllowed
    stored = None
    if not patient._state.adding:
        stored = Patient.objects.select_for_update().get(pk=patient.pk)
        if not permissions.may_care_for(by, stored) or stored.clinic_id != patient.clinic_id:
            raise NotAllowed
    treats = Membership.objects.filter(
        person=patient.therapist_id, clinic=patient.clinic_id, role__in=(Role.THERAPIST, Role.LEAD)
    )
    if not treats.exists():
        raise NotAllowed
    return stored


def _check_red_flags(
    patient: Patient,
    symptoms: Sequence[PatientSymptom],
    removed: Collection[UUID],
    flags: Mapping[UUID, RedFlag],
) -> None:
    """Hold a red flag until it is cleared by name: it neither goes nor becomes another symptom before that."""
    now = {row.pk: row.symptom_id for row in symptoms}
    standing = PatientSymptom.objects.filter(patient_id=patient.pk, cleared_on=None, symptom__in=flags)
    for pk, symptom_id in standing.values_list("pk", "symptom_id"):
        if pk in removed or now.get(pk, symptom_id) != symptom_id:
            raise RedFlagStands


def _date_red_flags(
    symptoms: Sequence[PatientSymptom], flags: Mapping[UUID, RedFlag], *, today: date
) -> None:
    """Give each red flag that is new or stands the day on which it was noted: the stored one, or today.

    Without a day, a clearance of any day would count.
    """
    stored = PatientSymptom.objects.in_bulk([row.pk for row in symptoms])
    for row in symptoms:
        before = stored.get(row.pk)
        if row.symptom_id not in flags or row.noted_on or (before and before.is_cleared):
            continue
        same = before is not None and before.symptom_id == row.symptom_id
        row.noted_on = (before.noted_on if before and same else None) or today


def _remove(patient: Patient, removed: Collection[UUID]) -> list[Row]:
    conditions = PatientCondition.objects.filter(patient=patient, pk__in=removed).select_related("condition")
    symptoms = PatientSymptom.objects.filter(patient=patient, pk__in=removed).select_related("symptom")
    limits = PatientLimit.objects.filter(patient=patient, pk__in=removed).select_related("movement")
    gone: list[Row] = [*conditions, *symptoms, *limits]
    for rows in (conditions, symptoms, limits):
        rows.delete()
    return gone


def _newly_cleared(row: Row) -> bool:
    if not row.is_cleared:
        return False
    stored = type(row)._default_manager.filter(pk=row.pk).first()
    return not (isinstance(stored, Clearable) and stored.is_cleared)


def _code(row: Row) -> str:
    match row:
        case PatientCondition():
            return row.condition.code
        case PatientSymptom():
            return row.symptom.code
        case _:
            return row.movement.code if row.movement else "not checked"
