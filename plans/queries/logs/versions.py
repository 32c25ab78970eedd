"""Which version of a plan a day belongs to, and which one holds an exercise."""

from collections.abc import Collection, Mapping
from datetime import date
from uuid import UUID

from plans.content import from_json
from plans.models import FrozenContent, Plan, Publication
from plans.queries.cache import ImmutableCache

_KEYS: ImmutableCache[str, frozenset[UUID]] = ImmutableCache(max_size=2_000)


def version_of_day(plan: Plan, day: date) -> Publication | None:
    """Return the newest version that was issued by the end of this day; the first one for a day before it."""
    rows = plan.publications.select_related("content", "plan__patient__clinic")
    return rows.filter(issued_on__lte=day).order_by("-number").first() or rows.order_by("number").first()


def holds_item(publication: Publication, item_key: UUID) -> bool:
    return item_key in _keys([publication.content_id])[publication.content_id]


def version_holding(publication: Publication, item_key: UUID) -> Publication | None:
    """Return this version if it holds the exercise, else the newest one of the plan that does."""
    if holds_item(publication, item_key):
        return publication
    return versions_by_item(publication.plan_id).get(item_key)


def versions_by_item(plan_id: UUID) -> Mapping[UUID, Publication]:
    """Return for each exercise that was ever in the plan the newest version that holds it."""
    rows = list(Publication.objects.filter(plan=plan_id).order_by("number"))
    keys = _keys([row.content_id for row in rows])
    return {key: row for row in rows for key in keys[row.content_id]}


def _keys(contents: Collection[str]) -> Mapping[str, frozenset[UUID]]:
    return _KEYS.get(contents, _read_keys)


def _read_keys(contents: Collection[str]) -> Mapping[str, frozenset[UUID]]:
    rows = FrozenContent.objects.filter(pk__in=contents).values_list("pk", "json")
    return {pk: frozenset(UUID(item.key) for item in from_json(json).items) for pk, json in rows}
