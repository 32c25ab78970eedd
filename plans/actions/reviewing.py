"""Later: find issued plans of which the rules now say something else, and list them for their therapist."""

import hashlib

import structlog
from django.db import transaction
from django.utils import timezone

from plans import audit, permissions
from plans.exceptions import PlansError
from plans.models import AuditVerb, Publication, Review, User
from plans.permissions import NotAllowed
from plans.queries.active import active_publications
from plans.queries.checks import check_publication

log = structlog.get_logger(__name__)


class AlreadyClosed(PlansError):
    """Someone has closed this review already."""

    code = "already_closed"


def review_active_plans() -> int:
    """Check every active publication again; list those whose findings changed. Gives how many are new."""
    found = 0
    for publication in active_publications().iterator(chunk_size=200):
        try:
            found += review(publication=publication) is not None
        except PlansError as error:
            # One plan that cannot be checked must not hide the others of all clinics.
            log.exception("review_failed", publication=str(publication.pk), code=error.code)
    return found


@transaction.atomic
def review(*, publication: Publication) -> Review | None:
    """Compare today's findings with those of the day of issue; give the new review if there is a new difference."""
    now = {f"{finding.code} {finding.fingerprint}" for finding in check_publication(publication).findings}
    then = set(publication.fingerprints)
    appeared, gone = sorted(now - then), sorted(then - now)
    difference = hashlib.sha256("\n".join([*appeared, "-", *gone]).encode()).hexdigest()
    if not (appeared or gone):
        Review.objects.filter(publication=publication, closed_at=None).delete()
        return None
    if Review.objects.filter(publication=publication, difference=difference).exists():
        return None
    # What was listed and not yet looked at is out of date: one open review says what is true now.
    Review.objects.filter(publication=publication, closed_at=None).delete()
    made = Review.objects.create(publication=publication, difference=difference, appeared=appeared, gone=gone)
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
    """Note that the therapist has looked. Raises NotAllowed, AlreadyClosed."""
    patient = review.publication.plan.patient
    if not permissions.may_care_for(by, patient):
        raise NotAllowed
    closed = Review.objects.filter(pk=review.pk, closed_at=None).update(
        closed_at=timezone.now(), closed_by=by
    )
    if not closed:
        raise AlreadyClosed
    audit.append(
        verb=AuditVerb.PLAN_REVIEWED,
        by=by,
        what=review.publication,
        clinic=patient.clinic,
        patient_id=patient.pk,
    )
