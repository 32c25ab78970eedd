"""Pauses: while one is open, the patient is told not to exercise."""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from plans.models.base import Identified
from plans.models.clinics import User
from plans.models.plans import Plan


class PauseCause(models.TextChoices):
    """What paused a plan."""

    BY_HAND = "by_hand", "by hand"
    EMERGENCY = "emergency", "an emergency red flag that a system noted"


class Pause(Identified):
    """A time in which nobody shall follow a plan; open until somebody resumes the plan."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="pauses")
    cause = models.CharField(max_length=16, choices=PauseCause)
    paused_at = models.DateTimeField(default=timezone.now, db_index=True)
    paused_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    resumed_at = models.DateTimeField(null=True, blank=True, db_index=True)
    resumed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["-paused_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan"], condition=Q(resumed_at=None), name="pause_one_open_per_plan"
            ),
            models.CheckConstraint(
                condition=Q(resumed_at=None, resumed_by=None)
                | Q(resumed_at__isnull=False, resumed_by__isnull=False),
                name="pause_resumed_by_someone",
            ),
            models.CheckConstraint(
                condition=Q(resumed_at=None) | Q(resumed_at__gte=F("paused_at")),
                name="pause_ends_after_it_began",
            ),
        ]

    def __str__(self) -> str:
        return f"pause of {self.paused_at:%Y-%m-%d}"
