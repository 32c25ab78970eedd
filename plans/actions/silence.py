"""Plans of which nothing was told for long are listed, by the days of each clinic; what is unfounded by now ends."""

from uuid import UUID

import structlog
from django.db import transaction

from plans.actions.follow_ups import add_follow_up, end_follow_ups
from plans.enqueue import enqueue_silence
from plans.exceptions import PlansError
from plans.models import Clinic, FollowUpKind, Plan
from plans.queries.silence import silence_of, unfounded_silence, unlisted_silence

MAX_IN_TURN = 300

log = structlog.get_logger(__name__)


def follow_up_next() -> int:
    """Take a turn: list the next plans that are silent, each in its own transaction; return how many are new.

    Any number of schedulers and workers may take turns at once. The next turn comes by a message, unless this one
    listed nothing.
    """
    left, listed = MAX_IN_TURN, 0
    for clinic in Clinic.objects.order_by("pk"):
        end_follow_ups(list(unfounded_silence(clinic).values_list("pk", flat=True)[:MAX_IN_TURN]))
        if FollowUpKind.SILENT not in clinic.follow_up_kinds:
            continue
        found = unlisted_silence(clinic).order_by("issued_on", "pk").values_list("plan_id", flat=True)
        plans = list(found[:left])
        listed += sum(_list(plan_id, clinic) for plan_id in plans)
        left -= len(plans)
        if not left:
            break
    if not left and listed:
        with transaction.atomic():
            enqueue_silence()
    return listed


def _list(plan_id: UUID, clinic: Clinic) -> bool:
    try:
        return _list_held(plan_id, clinic)
    except PlansError as error:
        # A content that cannot be read hides no other plan.
        log.exception("silence_not_listed", plan=str(plan_id), code=error.code)
        return False


@transaction.atomic
def _list_held(plan_id: UUID, clinic: Clinic) -> bool:
    plan = Plan.objects.select_for_update(of=("self",), skip_locked=True, no_key=True).filter(pk=plan_id)
    if plan.first() is None:
        # Somebody tells of it, or another turn lists it.
        return False
    # Asked again under the lock: it may be told of, or listed, since it was found.
    publication = unlisted_silence(clinic).filter(plan=plan_id).first()
    reason = silence_of(publication) if publication else None
    if publication is None or reason is None:
        return False
    add_follow_up(publication.plan, reason)
    return True
