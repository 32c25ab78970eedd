"""Give patients into a colleague's caseload, with a note; the colleague sees it on the first page."""

from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone

from plans import audit, permissions
from plans.actions.texts import clean_texts
from plans.exceptions import PlansError
from plans.models import AuditVerb, Handover, Patient, User
from plans.permissions import NotAllowed

MOST = 200


class ReceiverDoesNotTreat(PlansError):
    """{person} treats nobody in the clinic of one of these patients. Nothing was handed over."""

    code = "receiver_does_not_treat"
    attribute = "to"


class TooManyPatients(PlansError):
    """At most {most} patients are handed over at once."""

    code = "too_many_patients"


@transaction.atomic
def hand_over(*, patients: Sequence[Patient], to: User, note: str = "", by: User) -> list[Handover]:
    """Give all these patients to a colleague who treats in their clinic; whose they are already, they stay.

    Raises NotAllowed, ReceiverDoesNotTreat, TooManyPatients, TextRefused; then nobody is handed over.
    """
    if len(patients) > MOST:
        raise TooManyPatients(most=MOST)
    held = Patient.objects.select_for_update(of=("self",)).select_related("clinic", "therapist")
    stored = list(held.filter(pk__in=[patient.pk for patient in patients]).order_by("pk"))
    if len(stored) < len({patient.pk for patient in patients}):
        raise NotAllowed
    return [one for patient in stored if (one := _give(patient, to, note, by))]


@transaction.atomic
def see_handover(*, handover: Handover, by: User) -> Handover:
    """Take it off the receiver's first page; seen twice is seen once. Raises NotAllowed."""
    stored = (
        Handover.objects.select_for_update(of=("self",)).select_related("patient__clinic").get(pk=handover.pk)
    )
    if stored.to_person_id != by.pk:
        raise NotAllowed
    if stored.seen_at is None:
        stored.seen_at = timezone.now()
        stored.save(update_fields=["seen_at"])
        audit.append(
            verb=AuditVerb.PATIENT_HANDOVER_SEEN, by=by, what=stored, **audit.place_of(stored.patient)
        )
    return stored


def _give(patient: Patient, to: User, note: str, by: User) -> Handover | None:
    if not permissions.may_care_for(by, patient):
        raise NotAllowed
    if not permissions.treating_in([patient.clinic_id]).filter(pk=to.pk).exists():
        raise ReceiverDoesNotTreat(person=to)
    if patient.therapist_id == to.pk:
        return None
    handover = Handover(
        patient=patient, from_person=patient.therapist, to_person=to, note=note, created_by=by
    )
    clean_texts(handover).save()
    patient.therapist = to
    patient.save(update_fields=["therapist"])
    audit.append(
        verb=AuditVerb.PATIENT_HANDED_OVER, by=by, what=handover, person=to, **audit.place_of(patient)
    )
    return handover
