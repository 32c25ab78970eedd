"""Tell a whole plan with one tap: each exercise was done as often as its dose asks at least."""

from datetime import date
from uuid import UUID, uuid5

from django.db import transaction

from plans.actions.follow_ups import raise_follow_ups
from plans.actions.logs.telling import hold_plan, tell_exercise
from plans.content import ItemContent, from_json
from plans.models import Device, LogEntry, LogSource, Outcome, Publication, User
from plans.models.logs import MAX_SESSIONS


@transaction.atomic
def tell_all_done(
    *,
    publication: Publication,
    day: date,
    client_id: UUID,
    source: LogSource,
    by: User | None,
    device: Device | None = None,
) -> list[LogEntry]:
    """Tell what of this day is not told yet; what was told stays. Returns what is new. Raises as tell_exercise."""
    plan = hold_plan(publication.plan_id, by)
    rows = LogEntry.objects.filter(plan=publication.plan_id, day=day).values_list("item_key", "session")
    told = set(rows)
    entries = [
        tell_exercise(
            publication=publication,
            item_key=key,
            day=day,
            session=session,
            outcome=Outcome.ALL,
            client_id=uuid5(client_id, f"{key} {session}"),
            source=source,
            by=by,
            device=device,
            # Once for all of them.
            follows=False,
        )
        for item in from_json(publication.content.json).items
        for key in (UUID(item.key),)
        for session in range(1, sessions_of(item) + 1)
        if (key, session) not in told
    ]
    if entries:
        raise_follow_ups(plan=plan, day=day)
    return entries


def sessions_of(item: ItemContent) -> int:
    """Return how often a day the exercise is done at least."""
    return min(item.dose.times_per_day.low, MAX_SESSIONS) if item.dose.times_per_day else 1
