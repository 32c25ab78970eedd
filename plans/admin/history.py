"""Audit rows in words, for the page that tells who did what."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Model, Q

from plans.models import AuditEvent, Patient

MOST_EVENTS = 200

VERBS = {
    "patient.made": "added the patient",
    "patient.changed": "changed the patient",
    "patient.cleared": "recorded a clearance",
    "patient.row_removed": "removed a condition or symptom",
    "patient.viewed": "looked at the patient",
    "plan.made": "wrote the plan",
    "plan.changed": "changed the plan",
    "plan.protocol_added": "added a protocol",
    "plan.viewed": "looked at the plan",
    "plan.to_be_reviewed": "listed the plan to be reviewed",
    "plan.reviewed": "looked at what the rules say anew",
    "plan.reordered": "put the exercises in a better order",
    "plan.revisions_renewed": "took the newest revisions",
    "plan.looked_over": "looked at the publish page",
    "plan.published": "published the plan",
    "plan.stopped": "stopped the plan",
    "protocol.made": "wrote the protocol",
    "protocol.changed": "changed the protocol",
    "protocol.retired": "retired the protocol",
    "protocol.restored": "took the protocol into use again",
    "publication.viewed": "looked at a version",
    "rendering.opened": "opened the PDF",
    "rendering.queued_again": "queued files again",
    "library.approved": "approved texts of the library",
    "library.withdrawn": "took approvals back",
    "library.wording_approved": "approved the handout's fixed words",
    "exercise.revised": "wrote an exercise",
    "exercise.retired": "retired an exercise",
    "exercise.deleted": "deleted an exercise",
    "rule.revised": "wrote a rule",
    "rule.retired": "retired a rule",
    "role.given": "gave a role",
    "role.taken": "took a role away",
    "clinic.made": "wrote the clinic",
    "audit.listed": "looked at who did what",
    "audit.viewed": "read the patient's audit",
    "link.made": "made the personal link",
    "link.revoked": "revoked the personal link",
    "link.opened": "opened the personal link (patient)",
    "link.downloaded": "downloaded the PDF (patient)",
}


@dataclass(frozen=True)
class Told:
    """One event as a line of the page."""

    at: datetime
    by: str
    words: str


def events_of(obj: Model) -> list[Told]:
    """Give the newest events of one row; of a patient, those of the whole record."""
    about = Q(object_id=str(obj.pk))
    if isinstance(obj, Patient):
        about |= Q(patient_id=obj.pk)
    rows = AuditEvent.objects.filter(about).select_related("by")[:MOST_EVENTS]
    return [Told(row.at, str(row.by) if row.by else "", words_of(row)) for row in rows]


def words_of(event: AuditEvent) -> str:
    """Say what was done."""
    return VERBS.get(event.verb, event.verb.replace(".", ": ").replace("_", " "))
