"""Find issued plans of which the rules now say something else, and list them for their therapist.

In the request that changes a patient's facts, and each night, as days pass and the library changes.
"""

import hashlib
from collections.abc import Collection
from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import structlog
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from plans import audit, outbox, permissions
from plans.contraindications import Finding
from plans.enqueue import enqueue_review
from plans.exceptions import PlansError
from plans.models import AuditVerb, Patient, Plan, Publication, Review, User
from plans.permissions import NotAllowed
from plans.queries.active_plans import active_publications, due_for_review
from plans.queries.checks import PlanCheck
from plans.queries.clinic_days import zones
from plans.queries.issued_checks import check_publication
from plans.queries.library_snapshot import LibrarySnapshot
from plans.queries.pauses import open_pause

log = structlog.get_logger(__name__)

ROUND_AT = time(4, 15)
"""When each night's round begins, in the time of each clinic."""
ZONE = "plan__patient__clinic__time_zone"
MAX_IN_TURN = 300
RETRY_AFTER = timedelta(hours=1)
"""A look that did not come to its end is tried again after so long."""

UNCHECKED = "unchecked"
"""Stands for the difference of a plan of which none could be told."""


class AlreadyClosed(PlansError):
    """Someone has closed this review already."""

    code = "already_closed"


class NotAnswered(PlansError):
    """The rules stop this plan or ask for a reason. Pause the plan, clear the finding, or give a reason."""

    code = "not_answered"


def review_next() -> int:
    """Take a turn of the round that began last: look at the plans that were not looked at for longest.

    Each has its own transaction, and the next turn comes by a message. Returns how many differences are new. Any
    number of workers may take turns at once: each plan is claimed before the look.
    """
    due = due_for_review(since=_rounds_began(), retry=timezone.now() - RETRY_AFTER)
    library, found = LibrarySnapshot(), 0
    try:
        for publication_id, zone in list(due.values_list("pk", ZONE)[:MAX_IN_TURN]):
            found += _claim(publication_id, ZoneInfo(zone)) and _review_one(publication_id, library)
    finally:
        # Also when a plan failed in a way that nobody foresaw: that try is noted, and the others go on.
        if due.exists():
            with transaction.atomic():
                enqueue_review()
    return found


def review_plans_of(patient: Patient) -> None:
    """Check the patient's active publications again, for facts that were saved by a caller who holds the patient."""
    library = LibrarySnapshot()
    for publication in active_publications(clinic=patient.clinic).filter(plan__patient=patient.pk):
        # A plan that cannot be checked must not keep a red flag from being saved.
        review_or_tell(publication=publication, library=library)


def review_or_tell(*, publication: Publication, library: LibrarySnapshot) -> Review | None:
    """Review it, or list that it could not be checked, so that a person looks. The caller is in a transaction."""
    try:
        return review(publication=publication, library=library)
    except PlansError as error:
        log.exception("review_failed", publication=str(publication.pk), code=error.code)
        _tell_unchecked(publication)
        return None


def _rounds_began() -> dict[str, datetime]:
    return {zone: _round_began(ZoneInfo(zone)) for zone in zones()}


def _round_began(zone: ZoneInfo) -> datetime:
    """Return when the present round began there: today at its hour, or yesterday before that."""
    now = timezone.localtime(timezone=zone)
    today = now.replace(hour=ROUND_AT.hour, minute=ROUND_AT.minute, second=0, microsecond=0)
    return today if today <= now else today - timedelta(days=1)


def _claim(publication_id: UUID, zone: ZoneInfo) -> bool:
    """Note that a look begins, by itself and before it: whatever it ends with, an endless loop it is not."""
    now = timezone.now()
    rested = Q(review_tried_at=None) | Q(review_tried_at__lt=now - RETRY_AFTER)
    mine = Publication.objects.filter(rested, pk=publication_id, reviewed_at__lt=_round_began(zone))
    return bool(mine.update(review_tried_at=now))


def _review_one(publication_id: UUID, library: LibrarySnapshot) -> bool:
    try:
        with transaction.atomic():
            publication = _held(publication_id)
            return publication is not None and _compare_now(publication, library) is not None
    except PlansError as error:
        log.exception("review_failed", publication=str(publication_id), code=error.code)
    with transaction.atomic():
        if publication := _held(publication_id):
            _tell_unchecked(publication)
    return False


def _held(publication_id: UUID) -> Publication | None:
    # Who saves facts holds the patient too, so that neither look hides what the other found.
    held = Patient.objects.select_for_update(of=("self",)).select_related("clinic").order_by()
    patient = held.filter(plans__publications=publication_id).first()
    if patient is None:
        return None
    return active_publications(clinic=patient.clinic).filter(pk=publication_id).first()


@transaction.atomic
def review(*, publication: Publication, library: LibrarySnapshot | None = None) -> Review | None:
    """Compare today's findings with those of the day of issue; give the new review if there is a new difference."""
    return _compare_now(publication, library or LibrarySnapshot())


def _compare_now(publication: Publication, library: LibrarySnapshot) -> Review | None:
    check = check_publication(publication, library=library)
    Publication.objects.filter(pk=publication.pk).update(reviewed_at=timezone.now(), review_tried_at=None)
    appeared, gone = _compare(check, publication)
    open_reviews = Review.objects.filter(publication=publication, closed_at=None)
    if not (appeared or gone):
        open_reviews.delete()
        return None
    difference = hashlib.sha256("\n".join([*appeared, "-", *gone]).encode()).hexdigest()
    counts = {"stops": len(check.stops), "unanswered": len(check.unanswered), "unchecked": False}
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
    return _list(publication, difference=difference, appeared=appeared, gone=gone, **counts)


def _tell_unchecked(publication: Publication) -> None:
    """List that it could not be checked, beside what the last check found, or again if somebody had looked."""
    if Review.objects.filter(publication=publication, closed_at=None).update(unchecked=True):
        return
    Review.objects.filter(publication=publication, difference=UNCHECKED).delete()
    _list(publication, difference=UNCHECKED, appeared=[], gone=[], unchecked=True)


def _list(publication: Publication, **fields: Any) -> Review:
    patient = publication.plan.patient
    audit.append(
        verb=AuditVerb.PLAN_TO_BE_REVIEWED,
        by=None,
        what=publication,
        clinic=patient.clinic,
        patient_id=patient.pk,
    )
    made = Review.objects.create(publication=publication, **fields)
    outbox.add_plan_to_be_reviewed(made)
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
    # What the day of issue called otherwise is no difference.
    then = set(publication.fingerprints)
    now = {_named(finding, then) for finding in check.findings}
    return sorted(now - then), sorted(then - now)


def _named(finding: Finding, then: Collection[str]) -> str:
    former = f"{finding.code} {finding.former_fingerprint}"
    return former if former in then else f"{finding.code} {finding.fingerprint}"


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
