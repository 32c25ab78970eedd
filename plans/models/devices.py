"""The devices that a patient let remember the personal link."""

from django.db import models
from django.db.models import Q

from plans.models.base import Identified
from plans.models.clinics import User
from plans.models.links import DownloadLink


class DeviceKind(models.TextChoices):
    """What a browser says it runs on: enough to tell one's phone from the computer of a library."""

    PHONE = "phone", "phone"
    TABLET = "tablet", "tablet"
    COMPUTER = "computer", "computer"


class DeviceEnd(models.TextChoices):
    """What ended it. One whose last day is over needs no row to say so."""

    CLINIC = "clinic", "ended by the clinic"
    PATIENT = "patient", "ended on the page"
    LINK = "link", "ended with the link"
    STOP = "stop", "ended with the plan"


class Device(Identified):
    """A browser that opens the link without the birth date, to the end of `expires_on`, and never longer than the link.

    Its cookie holds the signed id and nothing else.
    """

    BOOKKEEPING = frozenset({"last_seen_at"})

    link = models.ForeignKey(DownloadLink, on_delete=models.CASCADE, related_name="devices")
    kind = models.CharField(max_length=8, choices=DeviceKind)
    created_at = models.DateTimeField(auto_now_add=True)
    last_seen_at = models.DateTimeField(auto_now_add=True)
    expires_on = models.DateField()
    ended_at = models.DateTimeField(null=True, blank=True, editable=False)
    ended_how = models.CharField(max_length=7, choices=DeviceEnd, blank=True, editable=False)
    ended_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )

    class Meta:
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_how="") | Q(ended_at__isnull=False) & ~Q(ended_how=""),
                name="device_end_says_how",
            ),
            models.CheckConstraint(
                condition=~Q(ended_how=DeviceEnd.CLINIC) | Q(ended_by__isnull=False),
                name="device_ended_by_someone",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.created_at:%Y-%m-%d}"
