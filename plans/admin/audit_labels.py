"""Audit rows in words, for the page that tells who did what."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Model, Q
from django.utils.translation import gettext as _

from plans.models import AuditEvent, AuditVerb, Patient

MAX_EVENTS = 200


@dataclass(frozen=True)
class EventLine:
    """One event as a line of the page."""

    at: datetime
    by: str
    words: str


def events_of(obj: Model) -> list[EventLine]:
    """Return the newest events of one row; of a patient, those of the whole record."""
    about = Q(object_id=str(obj.pk))
    if isinstance(obj, Patient):
        about |= Q(patient_id=obj.pk)
    rows = AuditEvent.objects.filter(about).select_related("created_by")[:MAX_EVENTS]
    return [
        EventLine(row.created_at, str(row.created_by) if row.created_by else "", words_of(row))
        for row in rows
    ]


def words_of(event: AuditEvent) -> str:
    """Say what was done. A row of a later release, met after a step back, shows the verb itself."""
    words = str(AuditVerb(event.verb).label) if event.verb in AuditVerb else event.verb
    return (
        _("%(words)s, by a command of who runs the service") % {"words": words}
        if event.detail.get("by_command")
        else words
    )
