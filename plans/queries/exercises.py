"""Exercise revisions with all that a plan's check and its printing need, in a fixed number of queries."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db.models import OuterRef, Prefetch, Subquery

from plans.contraindications import ReviewState
from plans.models import Clinic, ExerciseRevision, ExerciseText, RevisionPicture
from plans.queries.approvals import approved_among


@dataclass(frozen=True, kw_only=True)
class Chosen:
    """A revision in one language for one clinic: its text if there is one, its pictures, its review states."""

    revision: ExerciseRevision
    text: ExerciseText | None
    pictures: tuple[RevisionPicture, ...]
    newest_number: int
    revision_state: ReviewState
    text_state: ReviewState

    @property
    def name(self) -> str:
        """The name in the plan's language, or the code while that text is missing."""
        return self.text.name if self.text else self.revision.exercise.code


def chosen_revisions(ids: Collection[UUID], *, clinic: Clinic, language: str) -> Mapping[UUID, Chosen]:
    """Read these revisions by id; an id that is not in the library is left out."""
    newest = ExerciseRevision.objects.filter(exercise=OuterRef("exercise"), newest=True)
    rows = list(
        ExerciseRevision.objects.filter(pk__in=ids)
        .select_related("exercise")
        .annotate(newest_number=Subquery(newest.values("number")[:1]))
        .prefetch_related(
            "movements",
            Prefetch("texts", queryset=ExerciseText.objects.filter(language=language), to_attr="in_language"),
            Prefetch("pictures", queryset=RevisionPicture.objects.select_related("picture")),
        )
    )
    texts = {row.pk: _first(getattr(row, "in_language", [])) for row in rows}
    approved = approved_among(
        clinic, revision=[row.pk for row in rows], text=[text.pk for text in texts.values() if text]
    )
    return {
        row.pk: Chosen(
            revision=row,
            text=texts[row.pk],
            pictures=tuple(row.pictures.all()),
            newest_number=row.newest_number or row.number,
            revision_state=ReviewState.APPROVED if row.pk in approved else ReviewState.NEEDS_REVIEW,
            text_state=_text_state(texts[row.pk], approved),
        )
        for row in rows
    }


def _first(texts: list[ExerciseText]) -> ExerciseText | None:
    return texts[0] if texts else None


def _text_state(text: ExerciseText | None, approved: frozenset[UUID]) -> ReviewState:
    if text is None:
        return ReviewState.MISSING
    return ReviewState.APPROVED if text.pk in approved else ReviewState.NEEDS_REVIEW
