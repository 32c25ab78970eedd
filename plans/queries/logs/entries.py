"""The rows of what was told, by plan and day."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import F, Max, QuerySet
from django.db.models.functions import Coalesce, Greatest

from plans.models import DayEntry, LogChange, LogEntry, Plan


@dataclass(frozen=True, kw_only=True)
class Told:
    """All that was told of some plans in some days, for a page that shows it in more than one way."""

    entries: Sequence[LogEntry]
    wholes: Sequence[DayEntry]


def read_told(plans: Collection[Plan], *, first: date, last: date) -> Told:
    """Return it by day, and in the order in which it was told. Two queries."""
    within = {"plan__in": plans, "day__range": (first, last)}
    return Told(
        entries=list(LogEntry.objects.filter(**within).order_by("day", "created_at")),
        wholes=list(DayEntry.objects.filter(**within)),
    )


def entries_of(plan: Plan, *, first: date, last: date) -> QuerySet[LogEntry]:
    return LogEntry.objects.filter(plan=plan, day__range=(first, last)).select_related("publication")


def day_entries_of(plan: Plan, *, first: date, last: date) -> QuerySet[DayEntry]:
    return DayEntry.objects.filter(plan=plan, day__range=(first, last))


def has_told(plan: Plan) -> bool:
    """Whether anything was ever told of this plan."""
    return LogChange.objects.filter(plan=plan).exists()


def pain_by_day(plans: Collection[Plan], *, first: date, last: date) -> Mapping[UUID, Mapping[date, int]]:
    """Return the worst pain told of each day, by plan; a day of which none was told is left out. Two queries."""
    found: dict[UUID, dict[date, int]] = {plan.pk: {} for plan in plans}
    days = {"plan__in": plans, "day__range": (first, last)}
    before, after = (Coalesce(F(name), -1) for name in ("pain_before", "pain_after"))
    of_exercises = LogEntry.objects.filter(**days).order_by().values("plan", "day")
    rows = [
        *of_exercises.annotate(worst=Max(Greatest(before, after))).values_list("plan", "day", "worst"),
        *DayEntry.objects.filter(**days, pain__isnull=False).order_by().values_list("plan", "day", "pain"),
    ]
    return found | _worst_of(rows)


def worst_pains(told: Told) -> Mapping[UUID, Mapping[date, int]]:
    """Return the worst pain of each day by plan, of rows that are read; a plan of which none was told is left out."""
    pains = [
        *((row, pain) for row in told.entries for pain in (row.pain_before, row.pain_after)),
        *((row, row.pain) for row in told.wholes),
    ]
    return _worst_of((row.plan_id, row.day, pain) for row, pain in pains if pain is not None)


def _worst_of(rows: Iterable[tuple[UUID, date, int]]) -> dict[UUID, dict[date, int]]:
    found: dict[UUID, dict[date, int]] = defaultdict(dict)
    for plan, day, worst in rows:
        if worst >= 0:
            found[plan][day] = max(worst, found[plan].get(day, 0))
    return dict(found)
