"""Exercise revisions with all that a plan's check and its printing need, in a fixed number of queries."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Exists, F, FilteredRelation, OuterRef, Prefetch, Q, QuerySet, Subquery

from plans.contraindications import ReviewState
from plans.models import (
    Clinic,
    ExerciseInUse,
    ExerciseRevision,
    ExerciseText,
    Plan,
    PlanItem,
    RevisionPicture,
)
from plans.queries.approvals import standing
from plans.queries.cache import ImmutableCache


@dataclass(frozen=True, kw_only=True)
class Written:
    """What a revision was written with besides its own columns."""

    movements: frozenset[str]
    pictures: tuple[RevisionPicture, ...]


@dataclass(frozen=True, kw_only=True)
class Chosen:
    """A revision in one language for one clinic: its text if there is one, its pictures, its review states.

    `approved_drawer` is the version of the drawer whose picture the clinic's reviewer approved; blank without one.
    """

    revision: ExerciseRevision
    text: ExerciseText | None
    movements: frozenset[str]
    pictures: tuple[RevisionPicture, ...]
    in_use_number: int | None
    approved_drawer: str
    revision_state: ReviewState
    text_state: ReviewState

    @property
    def name(self) -> str:
        return self.text.name if self.text else self.revision.exercise.code

    @property
    def is_offered(self) -> bool:
        """Whether plans and lists may take this revision: see offered_revisions; a retired exercise is not offered."""
        offered = self.revision.newest if self.in_use_number is None else self.is_in_use
        return offered and self.revision.exercise.retired_on is None

    @property
    def is_in_use(self) -> bool:
        return self.in_use_number == self.revision.number


_written: ImmutableCache[UUID, Written] = ImmutableCache(max_size=2000)
_texts: ImmutableCache[UUID, ExerciseText] = ImmutableCache(max_size=2000)


def chosen_revisions(ids: Collection[UUID], *, clinic: Clinic, language: str) -> Mapping[UUID, Chosen]:
    """Read these revisions by id; an id that is not in the library is left out.

    Which is in use, which is retired and what is approved is asked each time; what is written once is kept.
    """
    in_use = ExerciseInUse.objects.filter(exercise=OuterRef("exercise"), clinic=clinic)
    approvals = standing(clinic)
    rows = list(
        ExerciseRevision.objects.filter(pk__in=ids)
        .select_related("exercise")
        .defer("figure")
        .annotate(
            in_language=FilteredRelation("texts", condition=Q(texts__language=language)),
            in_use_number=Subquery(in_use.values("revision__number")[:1]),
            text_pk=F("in_language__pk"),
            approved=Exists(approvals.filter(revision=OuterRef("pk"))),
            approved_drawer=Subquery(approvals.filter(revision=OuterRef("pk")).values("drawer")[:1]),
            text_approved=Exists(approvals.filter(text=OuterRef("in_language__pk"))),
        )
    )
    written = _written.get([row.pk for row in rows], _read_written)
    texts = _texts.get([row.text_pk for row in rows if row.text_pk], ExerciseText.objects.order_by().in_bulk)
    return {
        row.pk: Chosen(
            revision=row,
            text=texts.get(row.text_pk),
            movements=written[row.pk].movements,
            pictures=written[row.pk].pictures,
            in_use_number=row.in_use_number,
            approved_drawer=row.approved_drawer or "",
            revision_state=_state(approved=row.approved),
            text_state=_state(approved=row.text_approved) if row.text_pk in texts else ReviewState.MISSING,
        )
        for row in rows
    }


def offered_revisions(clinics: Collection[UUID]) -> QuerySet[ExerciseRevision]:
    """Return the revisions that lists show and new plans take: of each exercise the one in use in these clinics.

    Where none is in use it is the newest one, which findings hold up until a reviewer approves it. With several
    clinics an exercise may have several; the newest of them counts.
    """
    in_use = ExerciseInUse.objects.filter(clinic__in=clinics)
    none = ~Exists(in_use.filter(exercise=OuterRef("exercise")))
    offered = Exists(in_use.filter(revision=OuterRef("pk"))) | Q(newest=True) & none
    return ExerciseRevision.objects.filter(offered)


def revisions_in_use(exercises: Collection[UUID], *, clinic: Clinic) -> Mapping[UUID, ExerciseRevision]:
    """Return the revision of each exercise that this clinic approved last; an exercise without one is left out."""
    rows = ExerciseInUse.objects.filter(clinic=clinic, exercise__in=exercises)
    return {row.exercise_id: row.revision for row in rows.select_related("revision__exercise")}


def former_items(plan: Plan) -> QuerySet[PlanItem]:
    approved = standing(plan.patient.clinic).filter(revision=OuterRef("former_revision"))
    items = plan.items.filter(Exists(approved), revision__exercise=F("former_revision__exercise"))
    return items.exclude(revision=F("former_revision")).select_related("former_revision")


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
