"""Plans that patients are following now, and which of them a rule would touch."""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from plans.contraindications import Rule, RuleBook, check_with
from plans.models import Clinic, DownloadLink, Exercise, ExerciseRevision, Plan, Publication
from plans.queries.checks import check_publication
from plans.queries.rules import vocabulary_for


def active_publications() -> QuerySet[Publication]:
    """The newest version of each plan that is not stopped, while its sheet says "go on" or its link opens.

    Sheets ask here too: none says that it is right while nobody looks whether it is.
    """
    newer = Publication.objects.filter(plan=OuterRef("plan"), number__gt=OuterRef("number"))
    today = timezone.localdate()
    opens = DownloadLink.objects.filter(
        plan=OuterRef("plan"), revoked_at=None, blocked_at=None, expires_on__gte=today
    )
    followed = Q(followed_until__gte=today) | Q(Exists(opens))
    return Publication.objects.filter(followed, ~Exists(newer), plan__stopped_on=None).select_related(
        "content", "plan__patient__clinic", "plan__patient__therapist"
    )


def is_followed(plan: Plan) -> bool:
    """Whether patients follow some version of this plan, by what is said of it to them."""
    return active_publications().filter(plan=plan.pk).exists()


def due_for_review(*, since: datetime, retry: datetime) -> QuerySet[Publication]:
    """Active publications that the rules did not look at since then, the oldest look first.

    One of which a look began and did not end waits until `retry`, so that it holds up no other.
    """
    rested = Q(review_tried_at=None) | Q(review_tried_at__lt=retry)
    due = active_publications().filter(rested, reviewed_at__lt=since)
    return due.order_by("reviewed_at", "pk")


def oldest_review() -> datetime | None:
    """When the rules last looked at the active publication that waits longest."""
    return active_publications().order_by("reviewed_at").values_list("reviewed_at", flat=True).first()


def holding(exercise: Exercise, *, clinic: Clinic) -> QuerySet[Publication]:
    """The clinic's active publications that hold this exercise in any revision, whatever their drafts say by now."""
    printed = Q(pk__in=())
    for revision_id in ExerciseRevision.objects.filter(exercise=exercise).values_list("pk", flat=True):
        # With the key and its quotation marks: in the JSON of words that a person typed these are escaped.
        printed |= Q(content__json__contains=f'"revision_id":"{revision_id}"')
    return active_publications().filter(printed, plan__patient__clinic=clinic)


def touched_by(rule: Rule, *, clinic: Clinic) -> Iterator[Publication]:
    """The clinic's active publications in which this rule would find something."""
    book = RuleBook([rule], vocabulary_for(clinic))
    for publication in active_publications().filter(plan__patient__clinic=clinic):
        findings = check_with(check_publication(publication).facts, book)
        if any(finding.rule is not None for finding in findings):
            yield publication
