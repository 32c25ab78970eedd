"""Who changed what in a draft since a page was opened, and in which words that is told."""

from collections.abc import Collection, Iterable, Sequence
from uuid import UUID

from plans.models import DraftChange, Plan

FIELDS = {
    "title": "title",
    "goals": "goals",
    "start_on": "start date",
    "review_on": "review date",
    "note": "note to the patient",
    "times_per_day": "times a day",
    "days_per_week": "days a week",
    "therapies": "other therapies",
    "leaflets": "leaflets",
    "follows": "protocol",
}
SOMEBODY = "somebody"
"""For a change whose row is not kept any more."""


def changes_since(plan: Plan, number: int) -> Sequence[DraftChange]:
    rows = DraftChange.objects.filter(plan=plan, number__gt=number)
    return list(rows.select_related("created_by"))


def last_change(plan: Plan, item_id: UUID | None, field: str) -> DraftChange | None:
    rows = DraftChange.objects.filter(plan=plan, item_id=item_id, field=field)
    return rows.select_related("created_by").order_by("-number").first()


def known_changes(ids: Collection[UUID]) -> dict[UUID, UUID]:
    """Return which of these changes were written before, and to which plan."""
    return dict(DraftChange.objects.filter(pk__in=ids).values_list("pk", "plan_id"))


def who_changed(changes: Iterable[DraftChange]) -> str:
    names = dict.fromkeys(str(change.created_by) for change in changes)
    return ", ".join(names) or SOMEBODY


def name_changes(plan: Plan, changes: Iterable[DraftChange]) -> str:
    """Name what was changed as the page does: the plan's fields, and exercises by their number."""
    places = {item_id: place for place, item_id in enumerate(plan.items.values_list("pk", flat=True), 1)}
    told = (_name(change, places) for change in changes)
    return ", ".join(dict.fromkeys(told)) or "the plan"


def _name(change: DraftChange, places: dict[UUID, int]) -> str:
    if change.item_id:
        place = places.get(change.item_id)
        return f"exercise {place}" if place else "an exercise that was removed"
    return FIELDS[change.field.partition(":")[0]]
