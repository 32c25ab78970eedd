"""Days of rows of many clinics: each is compared with the day that it is in its own clinic now."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from django.db.models import Q
from django.utils import timezone

from plans.models import Clinic

When = TypeVar("When", date, datetime)


def zones() -> list[str]:
    return list(Clinic.objects.order_by("time_zone").values_list("time_zone", flat=True).distinct())


def days_by_zone(names: Iterable[str] | None = None) -> dict[str, date]:
    return {
        zone: timezone.localdate(timezone=ZoneInfo(zone)) for zone in (zones() if names is None else names)
    }


def from_today_on(field: str, *, of: str, days: Mapping[str, date]) -> Q:
    """Match rows whose day `field` is not past in their clinic, which `of` leads to."""
    return _compared(f"{field}__gte", of, days, outer=min)


def up_to_today(field: str, *, of: str, days: Mapping[str, date]) -> Q:
    """Match rows whose day `field` has come in their clinic, which `of` leads to."""
    return _compared(f"{field}__lte", of, days, outer=max)


def before(field: str, *, of: str, moments: Mapping[str, datetime]) -> Q:
    """Match rows whose moment `field` lies before the one of the zone of their clinic, which `of` leads to."""
    return _compared(f"{field}__lt", of, moments, outer=max)


def _compared(lookup: str, of: str, times: Mapping[str, When], *, outer: Any) -> Q:
    grouped: dict[When, list[str]] = {}
    for zone, when in times.items():
        grouped.setdefault(when, []).append(zone)
    if len(grouped) <= 1:
        # As nearly always, where all clinics have one day: the index of the column does it alone.
        return Q(**{lookup: next(iter(grouped))}) if grouped else Q(pk__in=())
    exactly = Q()
    for when, names in grouped.items():
        exactly |= Q(**{lookup: when, f"{of}__time_zone__in": names})
    # The widest of the bounds beside the exact ones, so that an index of the column serves here, too.
    return Q(**{lookup: outer(grouped)}) & exactly
