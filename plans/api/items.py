"""A list of items as it was given, as rows: kept by id, new, or removed."""

import uuid
from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from rest_framework.exceptions import ErrorDetail, ValidationError

from plans.api.doses import dose_over
from plans.dose import Dose, Side
from plans.models import Clinic, ExerciseRevision, Plan, PlanItem
from plans.queries.rules import shared_or_of

Given = Sequence[dict[str, Any]]


def read_items(given: Given, *, plan: Plan, clinic: Clinic) -> tuple[list[PlanItem], set[UUID]]:
    """Give the rows in their order, and the ids of those that were left out.

    Raises ValidationError that names the place of an item which is not the plan's or names no known exercise.
    """
    held = {} if plan._state.adding else {item.pk: item for item in plan.items.all()}
    library = _Library(given, clinic)
    rows: list[PlanItem] = []
    errors: Any = {}
    for place, one in enumerate(given):
        try:
            rows.append(_row(one, place, held, library))
        except ValidationError as error:
            errors[place] = error.detail
    if errors:
        raise ValidationError({"items": errors})
    return rows, set(held)


def _row(one: dict[str, Any], place: int, held: dict[UUID, PlanItem], library: "_Library") -> PlanItem:
    item = PlanItem(id=uuid.uuid4())
    if "id" in one:
        if one["id"] not in held:
            raise ValidationError({"id": [ErrorDetail("This plan has no such item.", code="unknown")]})
        item = held.pop(one["id"])
    new = item._state.adding
    revision = library.revision(one) if _names_exercise(one) or new else item.revision
    if not (revision.exercise_id == _exercise_of(item) and "revision_id" not in one):
        item.revision = revision
    item.dose = dose_over(usual_dose(revision) if new else item.dose, one)
    item.order = place + 1
    item.note = one.get("note", item.note)
    item.extra_caution = one.get("extra_caution", item.extra_caution)
    return item


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
        newest = rows.filter(newest=True, exercise__code__in=codes)
        self.by_code = {
            row.exercise.code: row
            for row in sorted(newest, key=lambda row: row.exercise.clinic_id is not None)
        }
        self.by_id = {row.pk: row for row in rows.filter(pk__in=wanted)}

    def revision(self, one: dict[str, Any]) -> ExerciseRevision:
        if "revision_id" in one:
            found, field = self.by_id.get(one["revision_id"]), "revision"
        else:
            found, field = self.by_code.get(_code(one) or ""), "exercise_code"
        if found is None:
            code = "unknown" if _names_exercise(one) else "required"
            raise ValidationError({field: [ErrorDetail("Name an exercise of the library.", code=code)]})
        return found


def _code(one: dict[str, Any]) -> str | None:
    code: str | None = one.get("revision", {}).get("exercise", {}).get("code")
    return code
