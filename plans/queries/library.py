"""The library as lists: entries with all that is shown of them, in a fixed number of queries."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol, cast
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet, Subquery, TextField
from django.db.models.functions import Cast
from django.utils import timezone

from plans.models import (
    Approval,
    Exercise,
    ExerciseRevision,
    ExerciseText,
    RevisionPicture,
    Rule,
    RuleRevision,
)
from plans.queries.exercises import offered_revisions
from plans.queries.rules import versions_in_force


class WithOffered(Protocol):
    """An exercise as `with_offered_revision` reads it: its revision first in a list, which is empty without one."""

    offered: list[ExerciseRevision]
    newest_id: UUID | None
    newest_number: int | None


def with_offered_revision(
    exercises: QuerySet[Exercise], *, clinics: Collection[UUID], language: str = ""
) -> QuerySet[Exercise]:
    """Read exercises with the revision that these clinics go on with, its texts, pictures and movements.

    Of the texts it is the one in `language` alone, if one is named; of the newest revision only id and number.
    """
    texts = ExerciseText.objects.filter(language=language) if language else ExerciseText.objects.all()
    offered = (
        offered_revisions(clinics)
        .order_by("-number")
        .select_related("exercise", "easier", "harder")
        .prefetch_related(
            "movements",
            "helps__condition",
            Prefetch("texts", queryset=texts),
            Prefetch("pictures", queryset=RevisionPicture.objects.select_related("picture")),
        )
    )
    newest = ExerciseRevision.objects.filter(exercise=OuterRef("pk"), newest=True)
    with_newest = exercises.annotate(
        newest_id=Subquery(newest.values("pk")[:1]), newest_number=Subquery(newest.values("number")[:1])
    )
    return with_newest.select_related("alternative_to", "easier", "harder").prefetch_related(
        Prefetch("revisions", queryset=offered, to_attr="offered")
    )


def holding(
    exercises: QuerySet[Exercise], field: str, word: str, *, clinics: Collection[UUID]
) -> QuerySet[Exercise]:
    # Both databases write a list of words as text in the same way; only one of them can look into it.
    revisions = offered_revisions(clinics).filter(exercise=OuterRef("pk"))
    revisions = revisions.annotate(words=Cast(field, TextField())).filter(words__contains=f'"{word}"')
    return exercises.filter(Exists(revisions))


def approving_clinics(thing: str, ids: Collection[UUID], clinics: Collection[UUID]) -> dict[UUID, list[UUID]]:
    rows = Approval.objects.filter(withdrawn_at=None, clinic__in=clinics, **{f"{thing}__in": ids})
    found: dict[UUID, list[UUID]] = {}
    for pk, clinic in rows.order_by("clinic__name").values_list(f"{thing}_id", "clinic_id"):
        found.setdefault(pk, []).append(clinic)
    return found


class WithVersions(Protocol):
    """A rule as `with_versions` reads it: its newest version, and the one in force where that is another one."""

    versions: list[RuleRevision]


@dataclass(frozen=True, kw_only=True)
class RuleState:
    """A rule's version in force in some clinics, a newer one that waits there, and since when it is retired."""

    in_force: RuleRevision
    pending: RuleRevision | None

    @property
    def retired_on(self) -> date | None:
        """The day from which it fires no more, in the clinic that approved it."""
        if not self.in_force.retired:
            return None
        approved_at: datetime | None = getattr(self.in_force, "approved_at", None)
        zone: str | None = getattr(self.in_force, "approved_in", None)
        moment = approved_at or self.in_force.created_at
        return timezone.localdate(moment, timezone=ZoneInfo(zone) if zone else None)


def with_versions(
    rules: QuerySet[Rule], *, clinics: Collection[UUID], in_full: bool = True
) -> QuerySet[Rule]:
    """Read rules with the version in force in these clinics and the newest; in full with movements and sentences."""
    in_force = versions_in_force(clinics).filter(pk=OuterRef("pk"))
    approvals = Approval.objects.filter(clinic__in=clinics, withdrawn_at=None, rule=OuterRef("pk"))
    versions = (
        RuleRevision.objects.filter(Q(newest=True) | Exists(in_force))
        .annotate(
            is_in_force=Exists(in_force),
            approved_at=Subquery(approvals.order_by("approved_at").values("approved_at")[:1]),
            approved_in=Subquery(approvals.order_by("approved_at").values("clinic__time_zone")[:1]),
        )
        .order_by("-number")
        .select_related("condition")
    )
    if in_full:
        versions = versions.prefetch_related("movements", "sentences")
    return rules.prefetch_related(Prefetch("revisions", queryset=versions, to_attr="versions"))


def state_of_rule(rule: Rule) -> RuleState | None:
    """Return the state of a rule that with_versions read; None for one without any version."""
    versions = cast(WithVersions, rule).versions
    if not versions:
        return None
    in_force = next((row for row in versions if getattr(row, "is_in_force", False)), versions[0])
    return RuleState(in_force=in_force, pending=versions[0] if versions[0] != in_force else None)
