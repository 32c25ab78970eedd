"""What may stand in the place of an exercise of a plan: easier, harder, another; with what each conflicts with."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID, uuid4

from django.db.models import Q

from plans.contraindications import Finding, Level
from plans.dose import Dose, Span
from plans.dose.adapt import adapt
from plans.models import Clinic, Exercise, ExerciseRevision, Plan, PlanItem
from plans.queries.checks import PlanCheck, check_plan
from plans.queries.exercises import Chosen, offered_revisions


class Relation(StrEnum):
    """How an exercise stands to the one that it may replace."""

    EASIER = "easier"
    HARDER = "harder"
    ALTERNATIVE = "alternative"


@dataclass(frozen=True, kw_only=True)
class Replacement:
    """An exercise with the dose that it would have, and what the rules say of it for this patient."""

    relation: Relation
    chosen: Chosen
    dose: Dose
    findings: tuple[Finding, ...]


def replacements(plan: Plan, item: PlanItem) -> list[Replacement]:
    """Return what may replace this item, the easier ones first; nothing that is retired or of another clinic."""
    clinic = plan.patient.clinic
    related = _related(item.revision, clinic)
    offered = offered_revisions([clinic.pk]).filter(
        Q(exercise__clinic=None) | Q(exercise__clinic=clinic),
        exercise__in=related,
        exercise__retired_on=None,
    )
    rows = [PlanItem(id=uuid4(), plan=plan, revision=revision) for revision in offered]
    for row in rows:
        row.dose = _adapted(item.dose, row)
    check = check_plan(plan, rows)
    found = [_replacement(related[row.revision.exercise_id], row, check) for row in rows]
    order = list(Relation)
    return sorted(found, key=lambda one: (order.index(one.relation), one.chosen.name))


def _related(revision: ExerciseRevision, clinic: Clinic) -> dict[UUID, Relation]:
    """Return the related exercises' ids, as either of the two says so."""
    found: dict[UUID, Relation] = {}
    for relation, ids in _relations(revision, clinic):
        for pk in ids:
            found.setdefault(pk, relation)
    found.pop(revision.exercise_id, None)
    return found


def _relations(revision: ExerciseRevision, clinic: Clinic) -> Iterator[tuple[Relation, Sequence[UUID]]]:
    exercise = revision.exercise
    original = exercise.alternative_to_id
    named = (Relation.EASIER, revision.easier_step_id), (Relation.HARDER, revision.harder_step_id)
    yield from ((relation, [pk]) for relation, pk in named if pk)
    ids = Exercise.objects.values_list("pk", flat=True)
    offered = offered_revisions([clinic.pk])
    for relation, step in ((Relation.EASIER, "harder"), (Relation.HARDER, "easier")):
        told = Q(tells_steps=True, **{step: exercise}) | Q(
            tells_steps=False, **{f"exercise__{step}": exercise}
        )
        yield relation, list(offered.filter(told).values_list("exercise", flat=True))
    if original:
        yield Relation.ALTERNATIVE, [original, *ids.filter(alternative_to=original)]
    yield Relation.ALTERNATIVE, list(ids.filter(alternative_to=exercise))


def _adapted(dose: Dose, row: PlanItem) -> Dose:
    revision = row.revision
    safe = {field: Span(low, high) for field, (low, high) in revision.safe.items()}
    return adapt(dose, default=revision.dose, safe=safe, one_sided=revision.one_sided)


def _replacement(relation: Relation, row: PlanItem, check: PlanCheck) -> Replacement:
    said = tuple(finding for finding in check.of_item(row) if finding.level is not Level.ADVICE)
    chosen = check.chosen[row.revision_id]
    return Replacement(relation=relation, chosen=chosen, dose=row.dose, findings=said)
