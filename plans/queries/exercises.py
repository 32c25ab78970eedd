"""Exercise revisions with all that a plan's check and its printing need, in a fixed number of queries."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Exists, F, FilteredRelation, OuterRef, Prefetch, Q, Subquery

from plans.contraindications import ReviewState
from plans.models import Clinic, ExerciseRevision, ExerciseText, RevisionPicture
from plans.queries.approvals import standing
from plans.queries.kept import Kept


@dataclass(frozen=True, kw_only=True)
class Written:
    """What a revision was written with besides its own columns."""

    movements: frozenset[str]
    pictures: tuple[RevisionPicture, ...]


@dataclass(frozen=True, kw_only=True)
class Chosen:
    """A revision in one language for one clinic: its text if there is one, its pictures, its review states."""

    revision: ExerciseRevision
    text: ExerciseText | None
    movements: frozenset[str]
    pictures: tuple[RevisionPicture, ...]
    newest_number: int
    revision_state: ReviewState
    text_state: ReviewState

    @property
    def name(self) -> str:
        """The name in the plan's language, or the code while that text is missing."""
        return self.text.name if self.text else self.revision.exercise.code


_written: Kept[UUID, Written] = Kept(most=2000)
_texts: Kept[UUID, ExerciseText] = Kept(most=2000)


def chosen_revisions(ids: Collection[UUID], *, clinic: Clinic, language: str) -> Mapping[UUID, Chosen]:
    """Read these revisions by id; an id that is not in the library is left out.

    Which is the newest, which is retired and what is approved is asked each time; what is written once is kept.
    """
    newest = ExerciseRevision.objects.filter(exercise=OuterRef("exercise"), newest=True)
    approvals = standing(clinic)
    rows = list(
        ExerciseRevision.objects.filter(pk__in=ids)
        .select_related("exercise")
        .defer("figure")
        .annotate(
            in_language=FilteredRelation("texts", condition=Q(texts__language=language)),
            newest_number=Subquery(newest.values("number")[:1]),
            text_pk=F("in_language__pk"),
            approved=Exists(approvals.filter(revision=OuterRef("pk"))),
            text_approved=Exists(approvals.filter(text=OuterRef("in_language__pk"))),
        )
    )
    written = _written.get([row.pk for row in rows], _read_written)
    texts = _texts.get([row.text_pk for row in rows if row.text_pk], ExerciseText.objects.in_bulk)
    return {
        row.pk: Chosen(
            revision=row,
            text=texts.get(row.text_pk),
            movements=written[row.pk].movements,
            pictures=written[row.pk].pictures,
            newest_number=row.newest_number or row.number,
            revision_state=_state(approved=row.approved),
            text_state=_state(approved=row.text_approved) if row.text_pk in texts else ReviewState.MISSING,
        )
        for row in rows
    }


def _read_written(ids: Collection[UUID]) -> Mapping[UUID, Written]:
    rows = ExerciseRevision.objects.filter(pk__in=ids).only("pk")
    pictures = Prefetch("pictures", queryset=RevisionPicture.objects.select_related("picture"))
    return {
        row.pk: Written(
            movements=frozenset(movement.code for movement in row.movements.all()),
            pictures=tuple(row.pictures.all()),
        )
        for row in rows.prefetch_related("movements", pictures)
    }


def _state(*, approved: bool) -> ReviewState:
    return ReviewState.APPROVED if approved else ReviewState.NEEDS_REVIEW
