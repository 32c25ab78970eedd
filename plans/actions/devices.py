"""Devices that open a link without the birth date: remembered by the patient; ended by both, and with plan and link."""

from datetime import timedelta

from django.db import transaction
from django.db.models import F, QuerySet
from django.db.models.functions import Least, TruncDate
from django.utils import timezone

from plans import audit, permissions
from plans.exceptions import PlansError
from plans.models import AuditVerb, Clinic, Device, DeviceEnd, DeviceKind, DownloadLink, Plan, User
from plans.permissions import NotAllowed
from plans.queries.devices import SEEN_EVERY, days_kept, last_day_from, may_be_remembered, open_devices

LINK = "link__plan__patient__clinic"
MAX_PER_LINK = 10
"""So many devices of one link: a browser that forgets its cookies would leave a row each time."""


class DevicesNotRemembered(PlansError):
    """No device is remembered here: the clinic does not want it, or the plan is not followed now."""

    code = "devices_not_remembered"


class DeviceEnded(PlansError):
    """This device is not remembered any more."""

    code = "device_ended"


@transaction.atomic
def remember_device(*, link: DownloadLink, kind: DeviceKind) -> Device:
    """Let a browser open the link that its patient has just opened. Raises DevicesNotRemembered.

    Each time it is a new device with a new id, so nobody can slip an id of theirs under it.
    """
    if not may_be_remembered(link):
        raise DevicesNotRemembered
    clinic = link.plan.patient.clinic
    for device in open_devices([link], clinic=clinic).select_related(LINK)[MAX_PER_LINK - 1 :]:
        _forget(device, "one_too_many")
    device = Device.objects.create(link=link, kind=kind, expires_on=last_day_from(clinic.today(), link))
    place = audit.place_of(link.plan.patient)
    audit.append(verb=AuditVerb.DEVICE_REMEMBERED, by=None, what=device, detail={"kind": kind.value}, **place)
    return device


def see_device(*, device: Device) -> None:
    """Note that it opened the link, at most once an hour: a page that is read writes nothing else."""
    now = timezone.now()
    if device.last_seen_at <= now - SEEN_EVERY:
        Device.objects.filter(pk=device.pk, last_seen_at__lte=now - SEEN_EVERY).update(last_seen_at=now)


@transaction.atomic
def forget_device(*, device: Device, not_me: bool = False) -> None:
    """End it for whoever holds its cookie, on the page; `not_me` if somebody else's plan came up there."""
    _forget(device, "not_me" if not_me else "asked")


@transaction.atomic
def end_device(*, device: Device, by: User) -> None:
    """End one device of a patient's link. Raises NotAllowed, DeviceEnded."""
    _check(device.link, by)
    if not _end(device, DeviceEnd.CLINIC, by):
        raise DeviceEnded
    _append_ended(device, DeviceEnd.CLINIC, by)


@transaction.atomic
def end_devices(*, link: DownloadLink, by: User) -> int:
    """End all devices of a patient's link and return how many there were. Raises NotAllowed."""
    _check(link, by)
    return _end_open(link.devices.all(), DeviceEnd.CLINIC, by)


def end_with_link(*, link: DownloadLink, by: User | None) -> None:
    """End the devices of a link that ends or has ended; nobody is `by` where wrong birth dates or its day ended it."""
    _end_open(link.devices.all(), DeviceEnd.LINK, by)


def end_with_plan(*, plan: Plan, by: User) -> None:
    """End the devices of a plan that is stopped: what opens it again is the birth date."""
    _end_open(Device.objects.filter(link__plan=plan), DeviceEnd.STOP, by)


def shorten_devices(*, clinic: Clinic) -> None:
    """Let no device last longer than the clinic wants now; one that was shortened stays so if it wants more again."""
    kept = timedelta(days=days_kept(clinic))
    last = TruncDate(F("created_at") + kept, tzinfo=clinic.zone)
    devices = Device.objects.filter(link__plan__patient__clinic=clinic, ended_at=None)
    devices.update(expires_on=Least(F("expires_on"), last))


def _check(link: DownloadLink, by: User) -> None:
    if not permissions.may_care_for(by, link.plan.patient):
        raise NotAllowed


def _forget(device: Device, why: str) -> None:
    if _end(device, DeviceEnd.PATIENT, None):
        place = audit.place_of(device.link.plan.patient)
        audit.append(verb=AuditVerb.DEVICE_FORGOTTEN, by=None, what=device, detail={"why": why}, **place)


def _end(device: Device, how: DeviceEnd, by: User | None) -> bool:
    """Say whether this ended it: of two who end it at once, one did."""
    return bool(
        Device.objects.filter(pk=device.pk, ended_at=None).update(
            ended_at=timezone.now(), ended_how=how, ended_by=by
        )
    )


def _end_open(devices: QuerySet[Device], how: DeviceEnd, by: User | None) -> int:
    rows = devices.filter(ended_at=None).select_related(LINK)
    ended = [device for device in rows if _end(device, how, by)]
    for device in ended:
        _append_ended(device, how, by)
    return len(ended)


def _append_ended(device: Device, how: DeviceEnd, by: User | None) -> None:
    place = audit.place_of(device.link.plan.patient)
    audit.append(verb=AuditVerb.DEVICE_ENDED, by=by, what=device, detail={"how": how.value}, **place)
