"""Plans that patients are following now, and which of them a rule would touch."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import NamedTuple

from django.db.models import Exists, OuterRef, Q, QuerySet

from plans.contraindications import Rule, RuleBook, check_with
from plans.models import (
    Clinic,
    DownloadLink,
    ExerciseRevision,
    Plan,
    Publication,
    PublishedRevision,
)
from plans.queries.clinic_days import before, days_by_zone, from_today_on
from plans.queries.issued_checks import check_publication
from plans.queries.rules import vocabulary_for


def active_publications(*, clinic: Clinic | None = None) -> QuerySet[Publication]:
    """The newest version of each plan that is not stopped, while its sheet says "go on" or its link opens.

    Of one clinic or of all: a day is over when it is over in the clinic.

    Sheets ask here too: none says that it is right while nobody looks whether it is.
    """
    newer = Publication.objects.filter(plan=OuterRef("plan"), number__gt=OuterRef("number"))
    days = {clinic.time_zone: clinic.today()} if clinic else days_by_zone()
    opens = DownloadLink.objects.filter(
        from_today_on("expires_on", of="plan__patient__clinic", days=days),
        plan=OuterRef("plan"),
        revoked_at=None,
        blocked_at=None,
    )
    followed = from_today_on("followed_until", of="plan__patient__clinic", days=days) | Q(Exists(opens))
    rows = Publication.objects.filter(followed, ~Exists(newer), plan__stopped_on=None)
    if clinic:
        rows = rows.filter(plan__patient__clinic=clinic)
    return rows.select_related("content", "plan__patient__clinic", "plan__patient__therapist")


def is_followed(plan: Plan) -> bool:
    return active_publications(clinic=plan.patient.clinic).filter(plan=plan.pk).exists()


class OtherPlan(NamedTuple):
    """A plan that the patient follows besides another one, and whether it was issued before that one."""

    plan: Plan
    is_older: bool


def other_live_plans(plan: Plan) -> list[OtherPlan]:
    """Return the plans that this one's patient follows besides it, the one issued longest ago first."""
    followed = active_publications(clinic=plan.patient.clinic).filter(plan__patient=plan.patient_id)
    rows = list(followed.order_by("published_at"))
    own = next((row.published_at for row in rows if row.plan_id == plan.pk), None)
    return [
        OtherPlan(row.plan, is_older=own is None or row.published_at < own)
        for row in rows
        if row.plan_id != plan.pk
    ]


def due_for_review(*, since: Mapping[str, datetime], retry: datetime) -> QuerySet[Publication]:
    """Active publications that the rules did not look at since then in the clinic's zone, the oldest look first.

    One of which a look began and did not end waits until `retry`, so that it holds up no other.
    """
    rested = Q(review_tried_at=None) | Q(review_tried_at__lt=retry)
    due = active_publications().filter(
        rested, before("reviewed_at", of="plan__patient__clinic", moments=since)
    )
    return due.order_by("reviewed_at", "pk")


def oldest_review() -> datetime | None:
    return active_publications().order_by("reviewed_at").values_list("reviewed_at", flat=True).first()


def holding(revisions: QuerySet[ExerciseRevision], *, clinic: Clinic) -> QuerySet[Publication]:
    """The clinic's active publications that hold one of these revisions, whatever their drafts say by now."""
    held = PublishedRevision.objects.filter(publication=OuterRef("pk"), revision__in=revisions)
    return active_publications(clinic=clinic).filter(Exists(held))


def touched_by(rule: Rule, *, clinic: Clinic) -> Iterator[Publication]:
    book = RuleBook([rule], vocabulary_for(clinic))
    for publication in active_publications(clinic=clinic):
        findings = check_with(check_publication(publication).facts, book)
        if any(finding.rule is not None for finding in findings):
            yield publication
