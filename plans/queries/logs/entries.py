"""The rows of what was told, by plan and day."""

from collections.abc import Collection, Mapping
from datetime import date
from uuid import UUID

from django.db.models import F, Max, QuerySet
from django.db.models.functions import Coalesce, Greatest

from plans.models import DayEntry, LogChange, LogEntry, Plan


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
    for plan, day, worst in rows:
        if worst >= 0:
            found[plan][day] = max(worst, found[plan].get(day, 0))
    return found
