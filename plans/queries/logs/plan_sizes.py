"""How many exercises a plan had on each day, by the version in force on it."""

from collections.abc import Collection, Mapping
from datetime import date, timedelta

from plans.content import from_json
from plans.models import FrozenContent, Plan
from plans.queries.cache import ImmutableCache

_SIZES: ImmutableCache[str, int] = ImmutableCache(max_size=2_000)
DAY = timedelta(days=1)


def exercises_of_days(plan: Plan, *, first: date, last: date) -> Mapping[date, int]:
    """Return it for each day on which there was a version. Two queries, one once the contents are known."""
    rows = (
        plan.publications.filter(issued_on__lte=last).order_by("number").values_list("issued_on", "content")
    )
    issued = list(rows)
    sizes = _SIZES.get({content for _, content in issued}, _read_sizes)
    found: dict[date, int] = {}
    day = first
    while day <= last:
        in_force = [content for issued_on, content in issued if issued_on <= day]
        if in_force:
            found[day] = sizes[in_force[-1]]
        day += DAY
    return found


def _read_sizes(contents: Collection[str]) -> Mapping[str, int]:
    rows = FrozenContent.objects.filter(pk__in=contents).values_list("pk", "json")
    return {pk: len(from_json(json).items) for pk, json in rows}
