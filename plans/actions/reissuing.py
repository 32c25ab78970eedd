"""Issue many plans again, one after the other, behind all that therapists publish themselves."""

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from plans import audit, permissions
from plans.actions import publishing
from plans.actions.plans import take_newest_revisions
from plans.actions.texts import clean_texts
from plans.enqueue import enqueue_reissue
from plans.exceptions import PlansError
from plans.handout.formats import Format
from plans.models import (
    AuditVerb,
    Clinic,
    Exercise,
    Plan,
    Publication,
    Reissue,
    ReissuedPlan,
    ReissueState,
    Role,
    User,
)
from plans.permissions import NotAllowed
from plans.queries.active_plans import holding
from plans.queries.drafts import draft_differs
from plans.queries.locks import lock_patient_of

AT_ONCE = 10
"""Plans that one task issues before it lets others have the worker."""
STALLED = timedelta(minutes=2)
MAX_TRIES = 3
"""Tries of one plan that may end in an error that nobody foresaw, or with the worker."""


class NothingToReissue(PlansError):
    """No plan that a patient follows now holds this exercise."""

    code = "nothing_to_reissue"


class DraftDiffers(PlansError):
    """The plan was changed after its last version was issued. Finish it, then publish it."""

    code = "draft_differs"


class GivenUp(PlansError):
    """Issuing it again broke off {tries} times. Publish it by hand, and tell who runs this service."""

    code = "given_up"


@transaction.atomic
def order_reissue(*, exercise: Exercise, clinic: Clinic, why: str, by: User) -> Reissue:
    """Order that every active plan of the clinic with this exercise is issued again with its newest revision.

    What counts is the version that the patient holds: a plan whose draft has lost the exercise since is listed
    too, for its therapist to finish. A lead's order. Raises NotAllowed, NothingToReissue.
    """
    if clinic.pk not in permissions.clinics_with(by, Role.LEAD):
        raise NotAllowed
    plans = set(holding(exercise.revisions.all(), clinic=clinic).values_list("plan_id", flat=True))
    if not plans:
        raise NothingToReissue
    reissue = clean_texts(Reissue(clinic=clinic, created_by=by, recalled=exercise, why=why))
    reissue.save()
    ReissuedPlan.objects.bulk_create(ReissuedPlan(reissue=reissue, plan_id=plan) for plan in plans)
    detail: dict[str, audit.Detail] = {"exercise": exercise.code, "count": len(plans)}
    audit.append(verb=AuditVerb.PLANS_REISSUE_ORDERED, by=by, what=reissue, clinic=clinic, detail=detail)
    enqueue_reissue(reissue)
    return reissue


def go_on(*, reissue: Reissue, turn: int) -> None:
    """Take this turn, if it is the present one: issue the next few waiting plans, then let others have the worker.

    Each plan has its own transaction. A message that came twice, or late, finds its turn taken.
    """
    if not Reissue.objects.filter(pk=reissue.pk, turn=turn).update(
        turn=turn + 1, task_sent_at=timezone.now()
    ):
        return
    reissue.turn = turn + 1
    waiting = ReissuedPlan.objects.filter(reissue=reissue, state=ReissueState.WAITING).order_by("tries", "pk")
    try:
        for row_id in list(waiting.values_list("pk", flat=True)[:AT_ONCE]):
            _try_one(row_id)
    finally:
        # Also when a plan failed in a way that nobody foresaw: that try is counted, and the others go first.
        with transaction.atomic():
            if waiting.exists():
                enqueue_reissue(reissue)


def enqueue_stalled() -> None:
    """Wake every re-issue that has plans waiting and has not gone on for a while: its message was lost.

    For the same turn: if the message was only late, one of the two comes to nothing.
    """
    late = timezone.now() - STALLED
    waiting = Reissue.objects.filter(plans__state=ReissueState.WAITING, task_sent_at__lt=late).distinct()
    for reissue in waiting:
        with transaction.atomic():
            if Reissue.objects.filter(pk=reissue.pk, task_sent_at__lt=late).update(
                task_sent_at=timezone.now()
            ):
                enqueue_reissue(reissue)


def _try_one(row_id: UUID) -> None:
    # Counted before the try and by itself: whatever the try ends with, an endless loop it is not.
    waiting = ReissuedPlan.objects.filter(pk=row_id, state=ReissueState.WAITING)
    waiting.update(tries=F("tries") + 1)
    _issue_one(row_id)


@transaction.atomic
def _issue_one(row_id: UUID) -> None:
    # Two workers on one re-issue: the second finds the row done, or waits here until it is.
    row = (
        ReissuedPlan.objects.select_for_update(of=("self",))
        .select_related("reissue__created_by", "reissue__recalled")
        .get(pk=row_id)
    )
    if row.state != ReissueState.WAITING:
        return
    try:
        with transaction.atomic():
            issued = _publish_again(row)
    except publishing.PublishRefused as refused:
        _refuse(row, [(finding.code, finding.message) for finding in refused.findings])
    except PlansError as error:
        _refuse(row, [(error.code, str(error))])
    else:
        row.state = ReissueState.ISSUED if issued.created else ReissueState.UNCHANGED
        _finish(row, publication=issued.publication)


def _publish_again(row: ReissuedPlan) -> publishing.Published:
    """Publish the plan with the newest revisions. A draft that a person works on is never issued."""
    if row.tries > MAX_TRIES:
        raise GivenUp(tries=MAX_TRIES)
    by = row.reissue.created_by
    lock_patient_of(row.plan_id)
    # Held from before it is compared: what a therapist saves meanwhile waits, and is not issued unseen.
    plan = Plan.objects.select_for_update().get(pk=row.plan_id)
    last = publishing.last_publication(plan)
    if last is None or draft_differs(plan, last):
        raise DraftDiffers
    take_newest_revisions(plan=plan, of=row.reissue.recalled, by=by)
    seen = publishing.prepare(plan=plan, by=by, formats=())
    formats = [Format.from_key(key) for key in last.formats]
    return publishing.publish(plan=plan, expected_hash=seen.expected_hash, by=by, formats=formats, bulk=True)


def _refuse(row: ReissuedPlan, reasons: Sequence[tuple[str, str]]) -> None:
    row.state = ReissueState.REFUSED
    row.codes = sorted({code for code, _ in reasons})
    row.because = list(dict.fromkeys(words for _, words in reasons))
    _finish(row)


def _finish(row: ReissuedPlan, *, publication: Publication | None = None) -> None:
    row.publication, row.finished_at = publication, timezone.now()
    row.save(update_fields=["state", "codes", "because", "publication", "finished_at"])
