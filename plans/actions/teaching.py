"""Record that a version was shown to the patient and taught back: who, when."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from plans import audit, permissions
from plans.exceptions import PlansError
from plans.models import AuditVerb, Patient, Plan, Publication, Teaching, User
from plans.permissions import NotAllowed


class TaughtOnWrongDay(PlansError):
    """The day of teaching lies between the day of issue ({earliest}) and today ({latest})."""

    code = "taught_on_wrong_day"


class NotTaught(PlansError):
    """Nobody has recorded that this version was shown and taught back."""

    code = "not_taught"


@transaction.atomic
def record_teaching(*, publication: Publication, taught_on: date | None = None, by: User) -> Teaching:
    """Record that the version was taught back, today if no day is given; what is recorded already stays.

    Raises NotAllowed, TaughtOnWrongDay.
    """
    patient = _patient_of(publication, by)
    if held := publication.teaching:
        return held
    today = patient.clinic.today()
    day = taught_on or today
    # Issued just after midnight, as the clock of another machine has it, is issued today all the same.
    if not min(publication.issued_on, today) <= day <= today:
        raise TaughtOnWrongDay(earliest=publication.issued_on, latest=today)
    made = Teaching.objects.create(publication=publication, taught_on=day, created_by=by)
    audit.append(
        verb=AuditVerb.PUBLICATION_TAUGHT,
        by=by,
        what=publication,
        detail={"taught_on": day.isoformat()},
        **audit.place_of(patient),
    )
    return made


@transaction.atomic
def take_back_teaching(*, publication: Publication, by: User) -> None:
    """Say that it was recorded by mistake. Raises NotAllowed, NotTaught."""
    patient = _patient_of(publication, by)
    held = publication.teaching
    if held is None:
        raise NotTaught
    held.taken_back_at, held.taken_back_by = timezone.now(), by
    held.save(update_fields=["taken_back_at", "taken_back_by"])
    audit.append(
        verb=AuditVerb.PUBLICATION_TEACHING_TAKEN_BACK, by=by, what=publication, **audit.place_of(patient)
    )


def _patient_of(publication: Publication, by: User) -> Patient:
    # The plan is held, so that two clicks at once record it once.
    rows = Plan.objects.select_for_update(of=("self",)).select_related("patient__clinic")
    patient = rows.get(pk=publication.plan_id).patient
    if not permissions.may_care_for(by, patient):
        raise NotAllowed
    return patient
