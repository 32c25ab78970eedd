"""What a page changed in a draft, each with an id of its own and what it was made on; and what became of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from plans.actions.draft_fields import Value


@dataclass(frozen=True, kw_only=True)
class SetField:
    """A field of the plan, or of an item, was `base` and shall be `value`."""

    id: UUID
    item: UUID | None = None
    field: str
    base: Value
    value: Value


@dataclass(frozen=True, kw_only=True)
class AddItem:
    """An exercise joins behind the first of `after` that is there, else at the top; the page made the item's id."""

    id: UUID
    item: UUID
    revision: UUID
    after: tuple[UUID, ...] = ()
    values: Mapping[str, Value]


@dataclass(frozen=True, kw_only=True)
class RemoveItem:
    """An item that said this goes."""

    id: UUID
    item: UUID
    base: Mapping[str, Value]


@dataclass(frozen=True, kw_only=True)
class MoveItem:
    """An item goes behind the first of `after` that is there, else to the top."""

    id: UUID
    item: UUID
    after: tuple[UUID, ...] = ()


Change = SetField | AddItem | RemoveItem | MoveItem


@dataclass(frozen=True, kw_only=True)
class Accepted:
    """The draft says so now, or said so before."""

    change: UUID


@dataclass(frozen=True, kw_only=True)
class Conflict:
    """Somebody wrote something else there since: `theirs` is what stands, by field; None for an item that is gone."""

    change: UUID
    by: str
    at: datetime | None
    theirs: Mapping[str, Value] | None


@dataclass(frozen=True, kw_only=True)
class Refused:
    """It cannot be, in words; whatever was typed is still the page's."""

    change: UUID
    code: str
    words: str


Outcome = Accepted | Conflict | Refused
