"""A list of items as it was given, as rows of a plan or of a protocol: kept by id, new, or removed."""

import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Generic, TypeVar
from uuid import UUID

from django.db.models import Q
from rest_framework.exceptions import ErrorDetail, ValidationError

from plans.api.serializers.doses import dose_over
from plans.dose import Dose, Side
from plans.models import Clinic, Exercise, ExerciseRevision, Plan, PlanItem, Protocol, ProtocolItem
from plans.queries.exercises import offered_revisions
from plans.queries.rules import shared_or_of

Given = dict[str, Any]
Item = TypeVar("Item", PlanItem, ProtocolItem)
Entry = TypeVar("Entry", ExerciseRevision, Exercise)


def read_plan_items(
    given: Sequence[Given], *, plan: Plan, clinic: Clinic
) -> tuple[list[PlanItem], set[UUID]]:
    """Return the rows in their order, and the ids of those that were left out.

    Raises ValidationError that names the place of an item which is not the plan's or names no known exercise.
    """
    library = _revisions(given, clinic)

    def fill(item: PlanItem, told: Given) -> None:
        is_new = item._state.adding
        revision = library.named_in(told, required=is_new) or item.revision
        # A code alone leaves the item at the revision that it has of this exercise.
        if is_new or "revision_id" in told or revision.exercise_id != item.revision.exercise_id:
            item.revision = revision
        item.dose = dose_over(usual_dose(revision) if is_new else item.dose, told)

    held = {} if plan._state.adding else {item.pk: item for item in plan.items.all()}
    return _read_items(given, held=held, model=PlanItem, fill=fill)


def read_protocol_items(
    given: Sequence[Given], *, protocol: Protocol, clinic: Clinic
) -> tuple[list[ProtocolItem], set[UUID]]:
    """Return the rows in their order, and the ids of those that were left out.

    Raises ValidationError that names the place of an item which is not the protocol's or names no known exercise.
    """
    library = _exercises(given, clinic)
    offered = offered_revisions([clinic.pk]).filter(exercise__in=library.by_id)
    doses = {row.exercise_id: replace(usual_dose(row), until=None) for row in offered}

    def fill(item: ProtocolItem, told: Given) -> None:
        is_new = item._state.adding
        if exercise := library.named_in(told, required=is_new):
            item.exercise = exercise
        item.dose = dose_over(doses.get(item.exercise_id, Dose()) if is_new else item.dose, told)

    held = {} if protocol._state.adding else {item.pk: item for item in protocol.items.all()}
    return _read_items(given, held=held, model=ProtocolItem, fill=fill)


def usual_dose(revision: ExerciseRevision) -> Dose:
    """Return an exercise's own dose, on each side where it works one at a time."""
    dose = revision.dose
    return replace(dose, side=Side.EACH) if revision.one_sided and dose.side is None else dose


def _read_items(
    given: Sequence[Given],
    *,
    held: dict[UUID, Item],
    model: type[Item],
    fill: Callable[[Item, Given], None],
) -> tuple[list[Item], set[UUID]]:
    """Match the list with the held rows; `fill` names the exercise and sets the dose, or refuses by ValidationError."""
    left = dict(held)
    rows: list[Item] = []
    errors: Any = {}
    for place, told in enumerate(given):
        try:
            item = _held(told["id"], left) if "id" in told else model(id=uuid.uuid4())
            fill(item, told)
        except ValidationError as error:
            errors[place] = error.detail
            continue
        item.order = place + 1
        item.note = told.get("note", item.note)
        item.extra_caution = told.get("extra_caution", item.extra_caution)
        item.offers_easier = told.get("offers_easier", item.offers_easier)
        rows.append(item)
    if errors:
        raise ValidationError({"items": errors})
    return rows, set(left)


def _held(item_id: UUID, left: dict[UUID, Item]) -> Item:
    if item_id not in left:
        raise ValidationError({"id": [ErrorDetail("There is no such item here.", code="unknown")]})
    return left.pop(item_id)


@dataclass(frozen=True)
class _Library(Generic[Entry]):
    """What the items of a list may name, read at once."""

    field: str
    """The item's column; an id that is given for it counts before the exercise's code."""
    by_id: dict[UUID, Entry]
    by_code: dict[str, Entry]

    def named_in(self, told: Given, *, required: bool) -> Entry | None:
        """Return what an item names, None where it need not and does not. Raises ValidationError."""
        if f"{self.field}_id" in told:
            found, field, code = self.by_id.get(told[f"{self.field}_id"]), self.field, "unknown"
        elif self.field in told:
            found, field, code = self.by_code.get(_code_in(told)), "exercise_code", "unknown"
        elif required:
            found, field, code = None, "exercise_code", "required"
        else:
            return None
        if found is None:
            raise ValidationError({field: [ErrorDetail("Name an exercise of the library.", code=code)]})
        return found


def _revisions(given: Sequence[Given], clinic: Clinic) -> _Library[ExerciseRevision]:
    """Read revisions by id, and by code the one that the clinic goes on with, its own exercise before a shared one."""
    own = shared_or_of(clinic, "exercise__")
    revisions = ExerciseRevision.objects.filter(own, pk__in=_ids_in(given, "revision_id"))
    offered = offered_revisions([clinic.pk]).filter(own, exercise__code__in=set(map(_code_in, given)))
    rows = sorted(offered.select_related("exercise"), key=lambda row: row.exercise.clinic_id is not None)
    return _Library(
        "revision",
        {row.pk: row for row in revisions.select_related("exercise")},
        {row.exercise.code: row for row in rows},
    )


def _exercises(given: Sequence[Given], clinic: Clinic) -> _Library[Exercise]:
    """Read exercises by id and by code, the clinic's own before a shared one."""
    named = Q(code__in=set(map(_code_in, given))) | Q(pk__in=_ids_in(given, "exercise_id"))
    rows = sorted(
        Exercise.objects.filter(shared_or_of(clinic)).filter(named), key=lambda row: row.clinic_id is not None
    )
    return _Library("exercise", {row.pk: row for row in rows}, {row.code: row for row in rows})


def _ids_in(given: Sequence[Given], name: str) -> set[UUID]:
    return {told[name] for told in given if name in told}


def _code_in(told: Given) -> str:
    """Return the exercise's code, which stands where the row has it; blank for none."""
    exercise = told.get("revision", told).get("exercise", {})
    return str(exercise.get("code", ""))
