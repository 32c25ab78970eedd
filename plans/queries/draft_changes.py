"""Who changed what in a draft since a page was opened, and in which words that is told."""

from collections.abc import Collection, Iterable, Sequence
from uuid import UUID

from django.utils.translation import gettext, gettext_lazy

from plans.models import DraftChange, Plan

FIELDS = {
    "title": gettext_lazy("title"),
    "goals": gettext_lazy("goals"),
    "start_on": gettext_lazy("start date"),
    "review_on": gettext_lazy("review date"),
    "note": gettext_lazy("note to the patient"),
    "times_per_day": gettext_lazy("times a day"),
    "days_per_week": gettext_lazy("days a week"),
    "therapies": gettext_lazy("other therapies"),
    "leaflets": gettext_lazy("leaflets"),
    "follows": gettext_lazy("protocol"),
}


def changes_since(plan: Plan, number: int) -> Sequence[DraftChange]:
    rows = DraftChange.objects.filter(plan=plan, number__gt=number)
    return list(rows.select_related("created_by"))


def last_change(plan: Plan, item_id: UUID | None, field: str) -> DraftChange | None:
    rows = DraftChange.objects.filter(plan=plan, item_id=item_id, field=field)
    return rows.select_related("created_by").order_by("-number").first()


def known_changes(ids: Collection[UUID]) -> dict[UUID, UUID]:
    """Return which of these changes were written before, and to which plan."""
    return dict(DraftChange.objects.filter(pk__in=ids).values_list("pk", "plan_id"))


def somebody() -> str:
    """Return what stands for a name where a change's row is not kept any more."""
    return gettext("somebody")


def who_changed(changes: Iterable[DraftChange]) -> str:
    names = dict.fromkeys(str(change.created_by) for change in changes)
    return ", ".join(names) or somebody()


def name_changes(plan: Plan, changes: Iterable[DraftChange]) -> str:
    """Name what was changed as the page does: the plan's fields, and exercises by their number."""
    places = {item_id: place for place, item_id in enumerate(plan.items.values_list("pk", flat=True), 1)}
    told = (_name(change, places) for change in changes)
    return ", ".join(dict.fromkeys(told)) or gettext("the plan")


def _name(change: DraftChange, places: dict[UUID, int]) -> str:
    if change.item_id:
        place = places.get(change.item_id)
        return (
            gettext("exercise %(place)s") % {"place": place}
            if place
            else gettext("an exercise that was removed")
        )
    return str(FIELDS[change.field.partition(":")[0]])
