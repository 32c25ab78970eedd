"""Find issued plans of which the rules now say something else, and list them for their therapist.

In the request that changes a patient's facts, and each night, as days pass and the library changes.
"""

import hashlib
from collections.abc import Iterable

import structlog
from django.db import transaction
from django.utils import timezone

from plans import audit, permissions
from plans.exceptions import PlansError
from plans.models import AuditVerb, Patient, Plan, Publication, Review, User
from plans.permissions import NotAllowed
from plans.queries.active import active_publications
from plans.queries.checks import PlanCheck, check_publication
from plans.queries.pauses import open_pause

log = structlog.get_logger(__name__)


class AlreadyClosed(PlansError):
    """Someone has closed this review already."""

    code = "already_closed"


class NotAnswered(PlansError):
    """The rules stop this plan or ask for a reason. Pause the plan, clear the finding, or give a reason."""

    code = "not_answered"


def review_active_plans() -> int:
    """Check every active publication again; list those whose findings changed. Gives how many are new."""
    return _review_all(active_publications().iterator(chunk_size=200))


def review_plans_of(patient: Patient) -> int:
    """Check the patient's active publications again, for facts that were saved just now."""
    return _review_all(active_publications().filter(plan__patient=patient.pk))


def _review_all(publications: Iterable[Publication]) -> int:
    found = 0
    for publication in publications:
        try:
            found += review(publication=publication) is not None
        except PlansError as error:
            # One plan that cannot be checked must not hide the others, nor keep a red flag from being saved.
            log.exception("review_failed", publication=str(publication.pk), code=error.code)
    return found


@transaction.atomic
def review(*, publication: Publication) -> Review | None:
    """Compare today's findings with those of the day of issue; give the new review if there is a new difference."""
    check = check_publication(publication)
    appeared, gone = _compare(check, publication)
    open_reviews = Review.objects.filter(publication=publication, closed_at=None)
    if not (appeared or gone):
        open_reviews.delete()
        return None
    difference = hashlib.sha256("\n".join([*appeared, "-", *gone]).encode()).hexdigest()
    counts = {"stops": len(check.stops), "unanswered": len(check.unanswered)}
    if open_reviews.filter(difference=difference).update(**counts):
        return None
    known = Review.objects.filter(publication=publication, difference=difference)
    if known.exists():
        if not any(counts.values()):
            return None
        # Somebody had looked, and what asks for an answer has come back: that look answers nothing now.
        known.delete()
    # What was listed and not yet looked at is out of date: one open review says what is true now.
    open_reviews.delete()
    made = Review.objects.create(
        publication=publication, difference=difference, appeared=appeared, gone=gone, **counts
    )
    patient = publication.plan.patient
    audit.append(
        verb=AuditVerb.PLAN_TO_BE_REVIEWED,
        by=None,
        what=publication,
        clinic=patient.clinic,
        patient_id=patient.pk,
    )
    return made


@transaction.atomic
def close_review(*, review: Review, by: User) -> None:
    """Note that the therapist has looked. Raises NotAllowed, AlreadyClosed, NotAnswered."""
    plan = review.publication.plan
    if not permissions.may_care_for(by, plan.patient):
        raise NotAllowed
    if (review.stops or review.unanswered) and not (plan.stopped_on or open_pause(plan)):
        raise NotAnswered
    if not _close(review, by):
        raise AlreadyClosed


def close_answered(*, plan: Plan, by: User) -> None:
    """Look again at what asked for a reason, now that `by` gave one; what asks for no more is closed."""
    asking = Review.objects.filter(publication__plan=plan, closed_at=None, unanswered__gt=0)
    for listed in asking.select_related("publication__content", "publication__plan__patient__clinic"):
        review(publication=listed.publication)
        left = Review.objects.filter(publication=listed.publication, closed_at=None, stops=0, unanswered=0)
        for answered in left:
            _close(answered, by)


def close_all(*, plan: Plan, by: User) -> None:
    """Close what is listed of the plan's versions: `by` has issued another one, or ended the plan."""
    for listed in Review.objects.filter(publication__plan=plan, closed_at=None):
        _close(listed, by)


def _compare(check: PlanCheck, publication: Publication) -> tuple[list[str], list[str]]:
    """Give what appeared and what is gone since the day of issue."""
    now = {f"{finding.code} {finding.fingerprint}" for finding in check.findings}
    then = set(publication.fingerprints)
    return sorted(now - then), sorted(then - now)


def _close(review: Review, by: User) -> bool:
    """Close it, unless somebody was faster."""
    closed = Review.objects.filter(pk=review.pk, closed_at=None).update(
        closed_at=timezone.now(), closed_by=by
    )
    if closed:
        patient = review.publication.plan.patient
        audit.append(
            verb=AuditVerb.PLAN_REVIEWED,
            by=by,
            what=review.publication,
            clinic=patient.clinic,
            patient_id=patient.pk,
        )
    return bool(closed)
