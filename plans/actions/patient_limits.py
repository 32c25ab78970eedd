"""The limits of a patient: each stays as it was said, and ends by its day or by a clearance, in no other way."""

from collections.abc import Collection, Sequence
from datetime import date
from uuid import UUID

from plans.exceptions import PlansError
from plans.models import Patient, PatientLimit

SAID = ("words", "at_most", "unit", "movement_id", "side", "said_by", "said_on", "until")
"""What a limit says; the clearance stands beside it."""
CLEARANCE = ("cleared_on", "cleared_by", "cleared_how")


class LimitStays(PlansError):
    """A limit stays on record as it was set. Clear it, and add the new one beside it."""

    code = "limit_stays"


class LimitStands(PlansError):
    """A limit that holds is not removed. Record who cleared it, when and how; that ends it."""

    code = "limit_stands"


def check_limits_kept(
    *, patient: Patient, limits: Sequence[PatientLimit], removed: Collection[UUID], today: date
) -> None:
    """Raise LimitStays for one that would say something else, LimitStands for one that would go while it holds."""
    if not limits and not removed:
        return
    stored = PatientLimit.objects.filter(patient=patient.pk).in_bulk()
    for row in limits:
        before = stored.get(row.pk)
        if before and _differs(row, before):
            raise LimitStays
    for pk in removed:
        if (limit := stored.get(pk)) and holds(limit, today=today):
            raise LimitStands


def holds(limit: PatientLimit, *, today: date) -> bool:
    return not limit.is_cleared and (limit.until is None or limit.until >= today)


def _differs(row: PatientLimit, before: PatientLimit) -> bool:
    fields = (*SAID, *CLEARANCE) if before.is_cleared else SAID
    return any(getattr(row, name) != getattr(before, name) for name in fields)
