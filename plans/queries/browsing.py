"""The library as lists: entries with all that is shown of them, in a fixed number of queries."""

from collections.abc import Collection
from typing import Protocol
from uuid import UUID

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet, TextField
from django.db.models.functions import Cast

from plans.folding import fold
from plans.models import (
    Approval,
    Exercise,
    ExerciseRevision,
    ExerciseText,
    RevisionPicture,
    Rule,
    RuleRevision,
)


class WithNewest(Protocol):
    """An exercise as `with_newest_revision` reads it: its newest revision in a list, which is empty without one."""

    newest: list[ExerciseRevision]


def with_newest_revision(exercises: QuerySet[Exercise], *, language: str = "") -> QuerySet[Exercise]:
    """Read exercises with their newest revision, its texts (or the one in `language`), pictures and movements."""
    texts = ExerciseText.objects.filter(language=language) if language else ExerciseText.objects.all()
    newest = (
        ExerciseRevision.objects.filter(newest=True)
        .select_related("exercise")
        .prefetch_related(
            "movements",
            Prefetch("texts", queryset=texts),
            Prefetch("pictures", queryset=RevisionPicture.objects.select_related("picture")),
        )
    )
    return exercises.select_related("alternative_to").prefetch_related(
        Prefetch("revisions", queryset=newest, to_attr="newest")
    )


def holding(exercises: QuerySet[Exercise], field: str, word: str) -> QuerySet[Exercise]:
    """Exercises whose newest revision has the word in this list (targets, equipment)."""
    # Both databases write a list of words as text in the same way; only one of them can look into it.
    revisions = ExerciseRevision.objects.filter(exercise=OuterRef("pk"), newest=True)
    revisions = revisions.annotate(words=Cast(field, TextField())).filter(words__contains=f'"{word}"')
    return exercises.filter(Exists(revisions))


def named(exercises: QuerySet[Exercise], words: str) -> QuerySet[Exercise]:
    """Exercises whose code or name, in any language, has all these words in it."""
    for word in fold(words).split():
        texts = ExerciseText.objects.filter(
            revision__exercise=OuterRef("pk"), revision__newest=True, search_text__contains=word
        )
        exercises = exercises.filter(Q(code__icontains=word) | Exists(texts))
    return exercises


def approving_clinics(thing: str, ids: Collection[UUID], clinics: Collection[UUID]) -> dict[UUID, list[UUID]]:
    """Which of these clinics approve which of these revisions or texts."""
    rows = Approval.objects.filter(withdrawn_at=None, clinic__in=clinics, **{f"{thing}__in": ids})
    found: dict[UUID, list[UUID]] = {}
    for pk, clinic in rows.order_by("clinic__name").values_list(f"{thing}_id", "clinic_id"):
        found.setdefault(pk, []).append(clinic)
    return found


def with_newest_version(rules: QuerySet[Rule]) -> QuerySet[Rule]:
    """Read rules with their newest version, its condition, movements and sentences."""
    newest = RuleRevision.objects.filter(newest=True).select_related("condition")
    newest = newest.prefetch_related("movements", "sentences")
    return rules.prefetch_related(Prefetch("revisions", queryset=newest, to_attr="newest_of"))
