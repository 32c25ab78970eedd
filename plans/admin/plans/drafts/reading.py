"""What a plan's page sends, read: each change by itself, so that one that cannot be read keeps no other back."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.forms import ValidationError

from plans.actions.draft_fields import TICKS
from plans.actions.drafts.changes import AddItem, Change, MoveItem, Refused, RemoveItem, SetField
from plans.admin.plans.drafts.fields import OF_ITEM, OF_PLAN, TICKED, NoSuchField

MAX_CHANGES = 2000
UNREADABLE = "typed_wrong"

Sent = Mapping[str, Any]


class BadPage(Exception):
    """No page of ours sends this."""


@dataclass(frozen=True, kw_only=True)
class SentPage:
    """The state that the page knows, its changes, those that were typed in a way that says nothing, and reasons."""

    person: str
    seen: int
    patient: UUID | None
    changes: tuple[Change, ...] = ()
    refused: Mapping[UUID, Refused] = field(default_factory=dict)
    reasons: Mapping[str, str] = field(default_factory=dict)


def read_page(sent: Any) -> SentPage:
    """Raises BadPage."""
    try:
        return _read(sent)
    except (AttributeError, KeyError, TypeError, ValueError, NoSuchField) as error:
        raise BadPage from error


def _read(sent: Sent) -> SentPage:
    if len(sent["changes"]) > MAX_CHANGES:
        raise BadPage
    changes: list[Change] = []
    refused: dict[UUID, Refused] = {}
    for one in sent["changes"]:
        change_id = UUID(one["id"])
        try:
            changes.append(_KINDS[one["kind"]](change_id, one))
        except ValidationError as error:
            refused[change_id] = Refused(change=change_id, code=UNREADABLE, words=" ".join(error.messages))
    return SentPage(
        person=str(sent["person"]),
        seen=int(sent["seen"]),
        patient=UUID(sent["patient"]) if sent.get("patient") else None,
        changes=tuple(changes),
        refused=refused,
        reasons={str(name): _words(words) for name, words in sent.get("reasons", {}).items()},
    )


def _read_set(change_id: UUID, sent: Sent) -> Change:
    name, item = _words(sent["field"]), _id_or_none(sent.get("item"))
    of_page = OF_ITEM if item else OF_PLAN
    if not item and name.partition(":")[0] in TICKS:
        UUID(name.partition(":")[2])
        return SetField(id=change_id, field=name, base=sent["base"] == TICKED, value=sent["value"] == TICKED)
    base = _stored(name, _words(sent["base"]), of_item=bool(item))
    value = of_page.read(name, _words(sent["value"]))
    return SetField(id=change_id, item=item, field=of_page.column(name), base=base, value=value)


def _read_add(change_id: UUID, sent: Sent) -> Change:
    texts = {_words(name): _words(text) for name, text in sent["values"].items() if name != "revision"}
    return AddItem(
        id=change_id,
        item=UUID(sent["item"]),
        revision=UUID(sent["revision"]),
        after=_ids(sent["after"]),
        values=OF_ITEM.read_all(texts),
    )


def _read_remove(change_id: UUID, sent: Sent) -> Change:
    base = {
        OF_ITEM.column(_words(name)): _stored(name, _words(text), of_item=True)
        for name, text in sent["base"].items()
    }
    return RemoveItem(id=change_id, item=UUID(sent["item"]), base=base)


def _read_move(change_id: UUID, sent: Sent) -> Change:
    return MoveItem(id=change_id, item=UUID(sent["item"]), after=_ids(sent["after"]))


_KINDS = {"set": _read_set, "add": _read_add, "remove": _read_remove, "move": _read_move}


def _stored(name: str, text: str, *, of_item: bool) -> Any:
    """Read what the service itself told of a field, which reads always; a blank title of a page that begins, too."""
    try:
        return (OF_ITEM if of_item else OF_PLAN).read(name, text)
    except ValidationError:
        return text


def _words(given: Any) -> str:
    if not isinstance(given, str):
        raise BadPage
    return given


def _ids(given: Any) -> tuple[UUID, ...]:
    return tuple(UUID(one) for one in given)


def _id_or_none(given: Any) -> UUID | None:
    return UUID(given) if given else None
