"""Events that other software asked to hear of: the endpoint, and each delivery to it."""

from enum import StrEnum

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from plans.models.base import Identified
from plans.models.clinics import Clinic, User
from plans.models.leased import LeasedInTurn, running_has_lease
from plans.models.outbox import OutboxEvent


class WebhookEvent(StrEnum):
    """What happened. The words stand in stored rows and in other people's programs: they never change."""

    RENDERING_READY = "rendering.ready"
    RENDERING_FAILED = "rendering.failed"
    PLAN_TO_BE_REVIEWED = "plan.to_be_reviewed"
    PLAN_PAUSED = "plan.paused"
    PLAN_RESUMED = "plan.resumed"
    LINK_OPENED = "link.opened"
    LOG_TOLD = "log.told"
    FOLLOW_UP_RAISED = "follow_up.raised"
    MEASURE_TOLD = "measure.told"


class WebhookEndpoint(Identified):
    """An https address of a clinic's software that wants to hear of events. Its secrets are stored sealed.

    After a change of secret both sign for a while. It hears of nothing from before `active_since`, by the database's
    clock. One that failed too often in a row is paused: its deliveries wait until somebody resumes it.
    """

    BOOKKEEPING = frozenset({"active_since", "failures_in_row", "paused_at"})

    clinic = models.ForeignKey(Clinic, on_delete=models.PROTECT, related_name="webhooks")
    url = models.URLField(max_length=500)
    events = models.JSONField(default=list)
    secret = models.TextField(editable=False)
    old_secret = models.TextField(blank=True, editable=False)
    old_secret_until = models.DateTimeField(null=True, blank=True, editable=False)
    active = models.BooleanField(default=True)
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    active_since = models.DateTimeField(db_default=Now(), editable=False)
    failures_in_row = models.PositiveIntegerField(default=0, editable=False)
    paused_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        ordering = ["clinic", "created_at"]

    def __str__(self) -> str:
        return self.url


class DeliveryState(models.TextChoices):
    """Where a delivery stands."""

    QUEUED = "queued", "queued"
    RUNNING = "running", "running"
    DELIVERED = "delivered", "delivered"
    FAILED = "failed", "failed"


class WebhookDelivery(Identified, LeasedInTurn):
    """One event for one endpoint: waits, is sent, and keeps a log of its tries."""

    endpoint = models.ForeignKey(WebhookEndpoint, on_delete=models.CASCADE, related_name="deliveries")
    event = models.ForeignKey(OutboxEvent, on_delete=models.PROTECT, related_name="deliveries")
    state = models.CharField(max_length=9, choices=DeliveryState, default=DeliveryState.QUEUED)
    not_before = models.DateTimeField(db_default=Now())
    tries = models.JSONField(default=list)
    created_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name_plural = "webhook deliveries"
        ordering = ["-created_at"]
        indexes = [
            models.Index(
                fields=["endpoint", "event"], condition=Q(state=DeliveryState.QUEUED), name="delivery_waiting"
            ),
            models.Index(
                fields=["clinic"], condition=Q(state=DeliveryState.RUNNING), name="delivery_running"
            ),
            models.Index(
                fields=["clinic", "-started_at"],
                condition=Q(started_at__isnull=False),
                name="delivery_served",
            ),
            models.Index(fields=["finished_at"]),
        ]
        constraints = [
            models.UniqueConstraint(fields=["endpoint", "event"], name="delivery_once"),
            running_has_lease("delivery_running_has_lease"),
            models.UniqueConstraint(
                fields=["endpoint"], condition=Q(state=DeliveryState.RUNNING), name="delivery_one_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.event}, {self.state}"
