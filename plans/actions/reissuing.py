"""Issue many plans again, one after the other, behind all that therapists publish themselves."""

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from plans import audit, permissions
from plans.actions import publishing
from plans.actions.plans import take_newest_revisions
from plans.exceptions import PlansError
from plans.models import (
    Clinic,
    Exercise,
    Publication,
    Reissue,
    ReissuedPlan,
    ReissueState,
    Role,
    User,
)
from plans.permissions import NotAllowed
from plans.queries.active import active_publications
from plans.queries.drafts import draft_differs
from plans.rendering.formats import Format
from plans.wakeups import wake_reissue

AT_ONCE = 10
"""Plans that one task issues before it lets others have the worker."""
STALLED = timedelta(minutes=2)


class NothingToReissue(PlansError):
    """No plan that a patient follows now holds this exercise."""


@transaction.atomic
def order_reissue(*, exercise: Exercise, clinic: Clinic, why: str, by: User) -> Reissue:
    """Order that every active plan of the clinic with this exercise is issued again with its newest revision.

    A lead's order. Raises NotAllowed, NothingToReissue.
    """
    if clinic.pk not in permissions.clinics_with(by, Role.LEAD):
        raise NotAllowed
    holding = active_publications().filter(
        plan__patient__clinic=clinic, plan__items__revision__exercise=exercise
    )
    plans = {publication.plan_id for publication in holding}
    if not plans:
        raise NothingToReissue
    reissue = Reissue.objects.create(clinic=clinic, by=by, recalled=exercise, why=why)
    ReissuedPlan.objects.bulk_create(ReissuedPlan(reissue=reissue, plan_id=plan) for plan in plans)
    detail: dict[str, audit.Detail] = {"exercise": exercise.code, "count": len(plans)}
    audit.append(verb="plans.reissue_ordered", by=by, what=reissue, clinic=clinic, detail=detail)
    wake_reissue(reissue)
    return reissue


def go_on(*, reissue: Reissue) -> None:
    """Issue the next few waiting plans, each in its own transaction; then make room, and be woken again."""
    waiting = ReissuedPlan.objects.filter(reissue=reissue, state=ReissueState.WAITING)
    for row_id in waiting.values_list("pk", flat=True)[:AT_ONCE]:
        _issue_one(row_id)
    with transaction.atomic():
        if waiting.exists():
            wake_reissue(reissue)


def wake_stalled() -> None:
    """Wake every re-issue that has plans waiting and has not gone on for a while: its message was lost."""
    late = timezone.now() - STALLED
    waiting = Reissue.objects.filter(plans__state=ReissueState.WAITING, made_at__lt=late).distinct()
    for reissue in waiting.exclude(plans__done_at__gte=late):
        with transaction.atomic():
            wake_reissue(reissue)


@transaction.atomic
def _issue_one(row_id: UUID) -> None:
    # Two workers on one re-issue: the second finds the row done, or waits here until it is.
    row = (
        ReissuedPlan.objects.select_for_update(of=("self",))
        .select_related("plan__patient", "reissue__by")
        .get(pk=row_id)
    )
    if row.state != ReissueState.WAITING:
        return
    last = publishing.last_publication(row.plan)
    if last is None or draft_differs(row.plan, last):
        _finish(row, ReissueState.REFUSED, codes=["draft_differs"])
        return
    try:
        with transaction.atomic():
            issued = _publish_again(row, last)
    except publishing.PublishRefused as refused:
        codes = sorted({finding.code for finding in refused.findings})
        _finish(row, ReissueState.REFUSED, codes=codes)
    except PlansError as error:
        _finish(row, ReissueState.REFUSED, codes=[error.code])
    else:
        state = ReissueState.UNCHANGED if issued == last else ReissueState.ISSUED
        _finish(row, state, publication=issued)


def _publish_again(row: ReissuedPlan, last: Publication) -> Publication:
    by = row.reissue.by
    formats = [Format.from_key(key) for key in last.formats]
    take_newest_revisions(plan=row.plan, of=row.reissue.recalled, by=by)
    seen = publishing.prepare(plan=row.plan, by=by, formats=())
    return publishing.publish(
        plan=row.plan, expected_hash=seen.expected_hash, by=by, formats=formats, bulk=True
    )


def _finish(
    row: ReissuedPlan,
    state: ReissueState,
    *,
    codes: Sequence[str] = (),
    publication: Publication | None = None,
) -> None:
    row.state, row.codes, row.publication = state, list(codes), publication
    row.done_at = timezone.now()
    row.save(update_fields=["state", "codes", "publication", "done_at"])
