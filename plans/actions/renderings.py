"""Start work on files again that failed or waits out a pause."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Count

from plans import audit, permissions
from plans.exceptions import PlansError
from plans.models import AuditVerb, Clinic, Rendering, User
from plans.permissions import NotAllowed
from plans.queries.renderings import stuck
from plans.rendering.queue import queue_anew

VERB = AuditVerb.RENDERING_QUEUED_AGAIN


class NothingStuck(PlansError):
    """It did not fail, or a newer file has taken its place: there is nothing to queue again."""

    code = "nothing_stuck"


@transaction.atomic
def queue_again(*, rendering: Rendering, by: User) -> None:
    """Queue one rendering again. Raises NotAllowed, or NothingStuck if it does not wait for that."""
    patient = rendering.content.plan.patient
    if not permissions.may_watch_renderings(by, rendering.content.clinic_id):
        raise NotAllowed
    if not queue_anew(stuck(Rendering.objects.filter(pk=rendering.pk))):
        raise NothingStuck
    audit.append(verb=VERB, by=by, what=rendering, **audit.place_of(patient))


@transaction.atomic
def queue_all_again(*, reason: str | None, by: User | None) -> int:
    """Queue again what is stuck for this reason, or whatever is; return how many.

    `by` is None at the command line. Of the person's renderings only; each clinic's audit gets a line for each reason.
    """
    rows = stuck(Rendering.objects.all() if by is None else permissions.renderings_of(by))
    if reason is not None:
        rows = rows.filter(reason=reason)
    counts = rows.order_by().values("reason", "clinic").annotate(count=Count("pk"))
    found = list(counts)
    count = queue_anew(rows)
    _record(found, by)
    return count


def _record(found: Iterable[dict[str, Any]], by: User | None) -> None:
    clinics: dict[UUID, Clinic] = Clinic.objects.in_bulk([row["clinic"] for row in found])
    for row in found:
        clinic = clinics[row["clinic"]]
        detail: dict[str, audit.Detail] = {"reason": row["reason"], "files": row["count"]}
        audit.append(verb=VERB, by=by, what=clinic, clinic=clinic, detail=detail)
