"""Remembered devices of personal links: which of them open, and for how long."""

from collections.abc import Collection
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db.models import QuerySet

from plans.models import Clinic, Device, DownloadLink
from plans.queries.links import links_that_open, open_today
from plans.queries.pauses import open_pause

SEEN_EVERY = timedelta(hours=1)
"""How exactly it is known when a device was seen: no request writes more often."""


def days_kept(clinic: Clinic) -> int:
    """Return how many days after the one on which it was remembered a device opens; where none is, it never did."""
    return clinic.device_days or -1


def may_be_remembered(link: DownloadLink) -> bool:
    """Whether this link offers it: not where the clinic has it off, nor to a plan that nobody may follow now."""
    plan = link.plan
    return bool(plan.patient.clinic.device_days) and not plan.stopped_on and open_pause(plan) is None


def last_day_from(day: date, link: DownloadLink) -> date:
    """Return the last day of a device that was remembered on this day: never after the link's."""
    return min(day + timedelta(days=days_kept(link.plan.patient.clinic)), link.expires_on)


def last_day_of(device: Device) -> date:
    """Return its last day: earlier where the clinic keeps them shorter by now, or the link ends sooner."""
    created_on = device.link.plan.patient.clinic.day_of(device.created_at)
    return min(device.expires_on, last_day_from(created_on, device.link))


def device_of_link(token_digest: str, *, device_id: UUID) -> Device | None:
    """Return the device with its link if both open today; asked anew for each request."""
    kept = Device.objects.filter(pk=device_id, ended_at=None, link__in=links_that_open(token_digest))
    device = kept.select_related("link__plan__patient__clinic").first()
    if device is None or open_today(device.link) is None:
        return None
    return device if last_day_of(device) >= device.link.plan.patient.clinic.today() else None


def open_devices(links: Collection[DownloadLink], *, clinic: Clinic) -> QuerySet[Device]:
    """Return the devices that open these links of one clinic today, the one that was seen last first."""
    today = clinic.today()
    opening = [
        link.pk
        for link in links
        if link.revoked_at is None and link.blocked_at is None and link.expires_on >= today
    ]
    first_day = datetime.combine(today - timedelta(days=days_kept(clinic)), time.min, clinic.zone)
    kept = Device.objects.filter(link__in=opening, ended_at=None, expires_on__gte=today)
    return kept.filter(created_at__gte=first_day).order_by("-last_seen_at", "pk")
