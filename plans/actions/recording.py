"""Small corrections of a stored patient: conditions that a diagnosis names, a birth date that was mistyped."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction

from plans.actions.patients import save_patient
from plans.exceptions import PlansError
from plans.models import Condition, Patient, PatientCondition, User
from plans.queries.rules import shared_or_of


class ConditionUnknown(PlansError):
    """The library has no condition {wanted!r}."""

    code = "condition_unknown"


@transaction.atomic
def record_conditions(*, patient: Patient, codes: Sequence[str], by: User) -> Patient:
    """Record conditions of a stored patient, without dates; what is recorded already stays as it is.

    Raises NotAllowed, ConditionUnknown; then nothing is written.
    """
    # Read anew under the lock: another window may have changed the patient since.
    stored = Patient.objects.select_for_update().get(pk=patient.pk)
    return save_patient(patient=stored, conditions=condition_rows(patient=stored, codes=codes), by=by)


@transaction.atomic
def mend_birth_date(*, patient: Patient, birth_date: date, by: User) -> Patient:
    """Correct the day by which the patient opens the links; nothing else of the record changes.

    Raises NotAllowed, ImpossibleFacts; then nothing is written.
    """
    stored = Patient.objects.select_for_update(of=("self",)).select_related("clinic").get(pk=patient.pk)
    stored.birth_date = birth_date
    return save_patient(patient=stored, by=by)


def condition_rows(*, patient: Patient, codes: Sequence[str]) -> list[PatientCondition]:
    """Return unsaved rows for the conditions that are not recorded yet. Raises ConditionUnknown."""
    rows = Condition.objects.filter(shared_or_of(patient.clinic), code__in=codes)
    known = {row.code: row for row in sorted(rows, key=lambda row: row.clinic_id is not None)}
    if unknown := [code for code in codes if code not in known]:
        raise ConditionUnknown(wanted=unknown[0])
    held = set(
        PatientCondition.objects.filter(patient_id=patient.pk).values_list("condition__code", flat=True)
    )
    wanted = [code for code in dict.fromkeys(codes) if code not in held]
    return [PatientCondition(patient=patient, condition=known[code]) for code in wanted]
