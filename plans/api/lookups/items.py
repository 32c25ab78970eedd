"""A plan's items as they were given: which revision each takes, and its dose."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from plans.api.lookups.item_lists import Given, found_or_refused, read_list
from plans.api.serializers.doses import dose_over
from plans.dose import Dose, Side
from plans.models import Clinic, ExerciseRevision, Plan, PlanItem
from plans.queries.exercises import offered_revisions
from plans.queries.rules import shared_or_of


def read_items(given: Given, *, plan: Plan, clinic: Clinic) -> tuple[list[PlanItem], set[UUID]]:
    """Give the rows in their order, and the ids of those that were left out.

    Raises ValidationError that names the place of an item which is not the plan's or names no known exercise.
    """
    held = {} if plan._state.adding else {item.pk: item for item in plan.items.all()}
    library = _Library(given, clinic)

    def fill(item: PlanItem, one: dict[str, Any]) -> None:
        new = item._state.adding
        revision = library.revision(one) if _names_exercise(one) or new else item.revision
        if not (revision.exercise_id == _exercise_of(item) and "revision_id" not in one):
            item.revision = revision
        item.dose = dose_over(usual_dose(revision) if new else item.dose, one)

    return read_list(given, held=held, make=PlanItem, fill=fill)


def usual_dose(revision: ExerciseRevision) -> Dose:
    """Give an exercise's own dose, on each side where it works one at a time."""
    dose = revision.dose
    return replace(dose, side=Side.EACH) if revision.one_sided and dose.side is None else dose


def _names_exercise(one: dict[str, Any]) -> bool:
    return "revision" in one or "revision_id" in one


def _exercise_of(item: PlanItem) -> UUID | None:
    return None if item._state.adding else item.revision.exercise_id


class _Library:
    """The revisions that a list names, read at once."""

    def __init__(self, given: Given, clinic: Clinic) -> None:
        codes = {_code(one) for one in given} - {None}
        wanted = {one["revision_id"] for one in given if "revision_id" in one}
        rows = ExerciseRevision.objects.filter(shared_or_of(clinic, "exercise__")).select_related("exercise")
        offered = offered_revisions([clinic.pk]).select_related("exercise")
        offered = offered.filter(shared_or_of(clinic, "exercise__"), exercise__code__in=codes)
        self.by_code = {
            row.exercise.code: row
            for row in sorted(offered, key=lambda row: row.exercise.clinic_id is not None)
        }
        self.by_id = {row.pk: row for row in rows.filter(pk__in=wanted)}

    def revision(self, one: dict[str, Any]) -> ExerciseRevision:
        if "revision_id" in one:
            found, field = self.by_id.get(one["revision_id"]), "revision"
        else:
            found, field = self.by_code.get(_code(one) or ""), "exercise_code"
        revision: ExerciseRevision = found_or_refused(found, field, named=_names_exercise(one))
        return revision


def _code(one: dict[str, Any]) -> str | None:
    code: str | None = one.get("revision", {}).get("exercise", {}).get("code")
    return code
