"""Drafts that are gone: what the trail still knows of them."""

from uuid import UUID

from plans.models import AuditEvent, AuditVerb, User
from plans.permissions import patients_of


def was_deleted(plan_id: UUID, *, seen_by: User) -> bool:
    """Whether a draft of that id was deleted, of a patient whom this person cares for."""
    deleted = AuditEvent.objects.filter(
        patient_id__in=patients_of(seen_by).values("pk"), verb=AuditVerb.PLAN_DELETED, object_id=str(plan_id)
    )
    return deleted.exists()
