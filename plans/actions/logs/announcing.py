"""Tell the trail and the webhooks that somebody told something: seldom, and without a word of it."""

from datetime import date, timedelta

from django.utils import timezone

from plans import audit, outbox
from plans.models import AuditEvent, AuditVerb, LogSource, Plan, Publication, User

A_LINE_EACH = timedelta(minutes=15)
"""A plan is ticked exercise by exercise: one event for all of it, and one line in the trail for each who tells."""


def announce(plan: Plan, *, publication: Publication, day: date, source: LogSource, by: User | None) -> None:
    now = timezone.now()
    lately = AuditEvent.objects.filter(
        verb=AuditVerb.LOG_TOLD,
        object_id=str(plan.pk),
        patient_id=plan.patient_id,
        created_at__gt=now - A_LINE_EACH,
    )
    told_by = set(lately.values_list("created_by", flat=True))
    if not told_by:
        outbox.add_log_told(
            publication, day=day, source=source, happened_at=now, quiet_until=now + A_LINE_EACH
        )
    if (by.pk if by else None) not in told_by:
        detail: dict[str, audit.Detail] = {"day": day.isoformat(), "source": source.value}
        audit.append(verb=AuditVerb.LOG_TOLD, by=by, what=plan, detail=detail, **audit.place_of(plan.patient))
