"""What a plan's page is told: the draft as it stands, what became of each change, what others wrote meanwhile."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format

from plans.actions.draft_fields import TICKS, Value, read_field
from plans.actions.drafts.changes import Accepted, AddItem, Conflict, Outcome, Refused, SetField
from plans.actions.drafts.save import SavedDraft
from plans.admin.plans.drafts.fields import OF_ITEM, OF_PLAN, TICKED
from plans.admin.plans.drafts.reading import SentPage
from plans.models import DraftChange, Plan


def state_of_draft(plan: Plan) -> dict[str, Any]:
    """Return the stored draft as texts: what the page's own texts are compared with."""
    fields = OF_PLAN.texts_of(plan)
    for name in TICKS:
        fields |= {f"{name}:{key}": TICKED for key in getattr(plan, name).values_list("pk", flat=True)}
    items = plan.items.all()
    return {
        "number": plan.draft_number,
        "plan": fields,
        "items": [{"id": str(item.pk), "fields": OF_ITEM.texts_of(item)} for item in items],
    }


def answer_of(saved: SavedDraft, page: SentPage) -> dict[str, Any]:
    """Return the answer to a page; the whole state where others wrote too, or something conflicts."""
    outcomes = {**saved.outcomes, **page.refused}
    stands = _Stands(saved, page)
    answer = {
        "number": saved.plan.draft_number,
        "outcomes": [{**_outcome(outcome), **stands.of(outcome)} for outcome in outcomes.values()],
        "meanwhile": [_meanwhile(change) for change in saved.meanwhile],
        "refused_reasons": dict(saved.refused_reasons),
    }
    if saved.meanwhile or any(isinstance(outcome, Conflict) for outcome in outcomes.values()):
        answer["state"] = state_of_draft(saved.plan)
    return answer


class _Stands:
    """What stands now where changes were taken: a text has one form, so it may differ from what was typed."""

    def __init__(self, saved: SavedDraft, page: SentPage) -> None:
        self.plan = saved.plan
        self.items = {item.pk: item for item in saved.items}
        self.changes = {change.id: change for change in page.changes}

    def of(self, outcome: Outcome) -> dict[str, Any]:
        change = self.changes.get(outcome.change)
        if not isinstance(outcome, Accepted):
            return {}
        if isinstance(change, AddItem) and (item := self.items.get(change.item)):
            return {"stands": OF_ITEM.texts_of(item)}
        if isinstance(change, SetField) and change.field.partition(":")[0] not in TICKS:
            return {"stands": self._of_field(change)}
        return {}

    def _of_field(self, change: SetField) -> dict[str, str]:
        if change.item is None:
            return OF_PLAN.texts({change.field: read_field(self.plan, change.field)})
        item = self.items.get(change.item)
        return OF_ITEM.texts({change.field: read_field(item, change.field)}) if item else {}


def _outcome(outcome: Outcome) -> dict[str, Any]:
    told = {"id": str(outcome.change)}
    match outcome:
        case Accepted():
            return {**told, "result": "saved"}
        case Refused():
            return {**told, "result": "refused", "code": outcome.code, "words": outcome.words}
        case Conflict():
            return {
                **told,
                "result": "conflict",
                "by": outcome.by,
                "at": _clock(outcome.at),
                "theirs": None if outcome.theirs is None else _texts(outcome.theirs),
            }


def _texts(values: Mapping[str, Value]) -> dict[str, str]:
    # What a plan and an item both have, such as a note, reads the same.
    return {**OF_PLAN.texts(values), **OF_ITEM.texts(values)}


def _meanwhile(change: DraftChange) -> dict[str, Any]:
    item = str(change.item_id) if change.item_id else None
    field = OF_ITEM.name(change.field) if item else change.field
    return {"item": item, "field": field, "by": str(change.created_by), "at": _clock(change.created_at)}


def _clock(moment: datetime | None) -> str:
    """The hour by the service's clock, in the clinic's time zone; of another day, with the day."""
    if moment is None:
        return ""
    local = timezone.localtime(moment)
    today = local.date() == timezone.localdate()
    return date_format(local, "H:i" if today else "j M, H:i")
