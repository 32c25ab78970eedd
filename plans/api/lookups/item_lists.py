"""A list of items as it was given, as rows of a plan or of a protocol: kept by id, new, or removed."""

import uuid
from collections.abc import Callable, Sequence
from typing import Any, TypeVar
from uuid import UUID

from rest_framework.exceptions import ErrorDetail, ValidationError

from plans.models import PlanItem, ProtocolItem

Given = Sequence[dict[str, Any]]
Item = TypeVar("Item", PlanItem, ProtocolItem)


def read_list(
    given: Given, *, held: dict[UUID, Item], make: type[Item], fill: Callable[[Item, dict[str, Any]], None]
) -> tuple[list[Item], set[UUID]]:
    """Give the rows in their order, and the ids of the held ones that were left out.

    `fill` names the exercise and sets the dose. Raises ValidationError that names the place of an item which is not
    among the held ones or which `fill` refuses.
    """
    left = dict(held)
    rows: list[Item] = []
    errors: Any = {}
    for place, one in enumerate(given):
        try:
            item = _kept(one, left) if "id" in one else make(id=uuid.uuid4())
            fill(item, one)
        except ValidationError as error:
            errors[place] = error.detail
            continue
        item.order = place + 1
        item.note = one.get("note", item.note)
        item.extra_caution = one.get("extra_caution", item.extra_caution)
        rows.append(item)
    if errors:
        raise ValidationError({"items": errors})
    return rows, set(left)


def _kept(one: dict[str, Any], left: dict[UUID, Item]) -> Item:
    if one["id"] not in left:
        raise ValidationError({"id": [ErrorDetail("There is no such item here.", code="unknown")]})
    return left.pop(one["id"])


def found_or_refused(found: Any, field: str, *, named: bool) -> Any:
    """Give what the library has under the name; else the error says which field names nothing."""
    if found is None:
        code = "unknown" if named else "required"
        raise ValidationError({field: [ErrorDetail("Name an exercise of the library.", code=code)]})
    return found
