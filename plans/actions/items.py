"""The ordered exercises of a plan or of a protocol: checked, stored and numbered in the same way."""

from collections.abc import Collection, Sequence
from typing import Any, cast
from uuid import UUID

from plans.actions.plan_dates import until_problems
from plans.actions.texts import clean_texts
from plans.dose import DoseProblem
from plans.exceptions import PlansError
from plans.models import Exercise, Plan, PlanItem, Protocol, ProtocolItem

MAX_ITEMS = 500

Item = PlanItem | ProtocolItem


class ImpossibleDose(PlansError):
    """The dose of {exercise} is impossible: {problems}"""

    code = "impossible_dose"

    def __init__(self, *, exercise: str, problems: Sequence[DoseProblem]) -> None:
        self.problems = tuple(problems)
        super().__init__(exercise=exercise, problems=" ".join(problem.message for problem in problems))


class NotInLibrary(PlansError):
    """{code} is not in this clinic's library."""

    code = "not_in_library"


class TooManyItems(PlansError):
    """A plan or protocol holds at most {most} exercises."""

    code = "too_many_items"


def check_item(item: Item, exercise: Exercise) -> None:
    """Check what a row says of this exercise. Raises a TextRefused or ImpossibleDose."""
    clean_texts(item, of=exercise.code)
    dose = item.dose
    if problems := (*dose.problems(), *until_problems(dose)):
        raise ImpossibleDose(exercise=exercise.code, problems=problems)


def store_items(owner: Plan | Protocol, items: Sequence[Item], *, removed: Collection[UUID]) -> list[Any]:
    """Drop the removed rows, write the new and the changed ones, and number all by their `order`, from 1.

    Returns all rows as they are then. As many statements for many rows as for one. Raises TooManyItems.
    """
    # One manager for either kind: the type checker cannot follow that an owner and its rows go together.
    rows = cast(Any, owner.items)
    rows.filter(pk__in=removed).delete()
    for item in items:
        setattr(item, rows.field.name, owner)
    # A plain insert: under the id of a row that is there, even of another owner, it fails.
    new = [item for item in items if item._state.adding]
    changed = [item for item in items if not item._state.adding]
    rows.model.objects.bulk_create(new)
    columns = [field.name for field in rows.model._meta.concrete_fields if not field.primary_key]
    rows.model.objects.bulk_update(changed, columns)
    stored = list(rows.all())
    number_items(stored)
    return stored


def number_items(ordered: Collection[Item]) -> None:
    """Number rows in the order in which they are given, from 1, and store what that moves. Raises TooManyItems."""
    items = list(ordered)
    if len(items) > MAX_ITEMS:
        raise TooManyItems(most=MAX_ITEMS)
    moved = [(item, order) for order, item in enumerate(items, start=1) if item.order != order]
    for item, order in moved:
        item.order = order
    if moved:
        cast(Any, type(items[0])).objects.bulk_update([item for item, _ in moved], ["order"])
