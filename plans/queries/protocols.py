"""Protocols with all that is shown of them, and what a plan takes of one today."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from django.db.models import Prefetch, QuerySet

from plans.models import Clinic, ExerciseRevision, ExerciseText, Protocol, ProtocolItem
from plans.queries.exercises import offered_revisions, revisions_in_use


class LeftOutWhy(StrEnum):
    """Why a plan does not get an exercise of a protocol."""

    IN_PLAN = "in_plan"
    RETIRED = "retired"
    NOT_APPROVED = "not_approved"
    AGAINST_RULES = "against_rules"
    NOT_CHOSEN = "not_chosen"


@dataclass(frozen=True, kw_only=True)
class Taken:
    """A protocol's item with the revision that a plan takes today, or why it takes none."""

    item: ProtocolItem
    revision: ExerciseRevision | None
    why_not: LeftOutWhy | None


def with_items(protocols: QuerySet[Protocol]) -> QuerySet[Protocol]:
    items = ProtocolItem.objects.select_related("exercise")
    return protocols.select_related("clinic", "condition", "next").prefetch_related(
        Prefetch("items", queryset=items), "therapies"
    )


def taken_today(items: Sequence[ProtocolItem], *, clinic: Clinic, held: Collection[UUID]) -> list[Taken]:
    """Return the items in their order. `held` are the exercises that the plan has: they are not taken twice."""
    in_use = revisions_in_use({item.exercise_id for item in items}, clinic=clinic)
    return [_taken(item, in_use.get(item.exercise_id), item.exercise_id in held) for item in items]


def names_of(
    exercises: Collection[UUID], *, clinics: Collection[UUID], language: str = "en"
) -> Mapping[UUID, str]:
    """Return the exercises' names as these clinics use them, in this language, else in English.

    An exercise without a text in either is left out.
    """
    revisions = offered_revisions(clinics).filter(exercise__in=exercises)
    texts = ExerciseText.objects.filter(revision__in=revisions, language__in={language, "en"}).values_list(
        "revision__exercise", "language", "name"
    )
    names: dict[UUID, str] = {}
    for exercise, spoken, name in texts:
        if spoken == language or exercise not in names:
            names[exercise] = name
    return names


def _taken(item: ProtocolItem, revision: ExerciseRevision | None, held: bool) -> Taken:
    why_not = None
    if held:
        why_not = LeftOutWhy.IN_PLAN
    elif item.exercise.retired_on is not None:
        why_not = LeftOutWhy.RETIRED
    elif revision is None:
        why_not = LeftOutWhy.NOT_APPROVED
    return Taken(item=item, revision=None if why_not else revision, why_not=why_not)
