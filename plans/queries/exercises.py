"""Exercise revisions with all that a plan's check and its printing need, in a fixed number of queries."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Prefetch

from plans.contraindications import ReviewState
from plans.models import Clinic, ExerciseRevision, ExerciseText, RevisionPicture
from plans.queries.approvals import approved_ids


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
    rows = list(
        ExerciseRevision.objects.filter(pk__in=ids)
        .select_related("exercise")
        .prefetch_related(
            "movements",
            Prefetch("texts", queryset=ExerciseText.objects.filter(language=language), to_attr="in_language"),
            Prefetch("pictures", queryset=RevisionPicture.objects.select_related("picture")),
        )
    )
    texts = {row.pk: _first(getattr(row, "in_language", [])) for row in rows}
    newest = dict(
        ExerciseRevision.objects.filter(
            exercise__in={row.exercise_id for row in rows}, newest=True
        ).values_list("exercise_id", "number")
    )
    revisions_ok = approved_ids(clinic, "revision", [row.pk for row in rows])
    texts_ok = approved_ids(clinic, "text", [text.pk for text in texts.values() if text])
    return {
        row.pk: Chosen(
            revision=row,
            text=texts[row.pk],
            pictures=tuple(row.pictures.all()),
            newest_number=newest.get(row.exercise_id, row.number),
            revision_state=ReviewState.APPROVED if row.pk in revisions_ok else ReviewState.NEEDS_REVIEW,
            text_state=_text_state(texts[row.pk], texts_ok),
        )
        for row in rows
    }


def _first(texts: list[ExerciseText]) -> ExerciseText | None:
    return texts[0] if texts else None


def _text_state(text: ExerciseText | None, approved: frozenset[UUID]) -> ReviewState:
    if text is None:
        return ReviewState.MISSING
    return ReviewState.APPROVED if text.pk in approved else ReviewState.NEEDS_REVIEW
