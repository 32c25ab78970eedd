"""Take back what was told by mistake: then nothing is known of that session, as before."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from plans.actions.follow_ups import raise_follow_ups
from plans.actions.logs import checks
from plans.actions.logs.announcing import announce
from plans.actions.logs.telling import hold_plan
from plans.models import LogChange, LogEntry, LogSource, Publication, User


@transaction.atomic
def take_back(
    *,
    publication: Publication,
    item_key: UUID,
    day: date,
    session: int,
    client_id: UUID,
    source: LogSource,
    by: User | None,
    told_at: datetime | None = None,
    waited: bool = False,
) -> None:
    """Remove one session of one exercise, for as long as it could be corrected; the tellings are kept as they came.

    The same `client_id` again takes back nothing more. Raises NotAllowed, LogRefused; then nothing is written.
    """
    session = checks.check_session(session)
    plan = hold_plan(publication.plan_id, by)
    if LogChange.objects.filter(plan=plan, client_id=client_id).exists():
        return
    version = checks.held_version(publication, item_key)
    checks.check_day(plan, publication, day, source=source, waited=waited)
    deleted, _ = LogEntry.objects.filter(plan=plan, day=day, item_key=item_key, session=session).delete()
    if not deleted:
        return
    LogChange.objects.create(
        plan=plan,
        client_id=client_id,
        values={"taken_back": {"item": str(item_key), "day": day.isoformat(), "session": session}},
        source=source,
        recorded_by=by,
        told_at=told_at,
    )
    announce(plan, publication=version, day=day, source=source, by=by)
    raise_follow_ups(plan=plan, day=day)
