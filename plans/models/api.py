"""What other software needs: clinic systems with their keys, its own ids, repeatable calls, webhooks."""

import uuid
from datetime import timedelta

from django.db import models
from django.db.models import Q
from django.utils import timezone
from oauth2_provider.models import AbstractApplication

from plans.models.base import Identified
from plans.models.clinics import Clinic, User


class ClinicSystem(Identified):
    """A named piece of software of one clinic. It acts as its own `user`, whose memberships say what it may do."""

    clinic = models.ForeignKey(Clinic, on_delete=models.PROTECT, related_name="systems")
    name = models.CharField(max_length=80)
    user = models.OneToOneField(User, on_delete=models.PROTECT, related_name="system", editable=False)
    created_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, related_name="+", editable=False
    )
    created_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        ordering = ["clinic", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["clinic", "name"],
                name="system_name_once",
                violation_error_message="This clinic has a system of that name already.",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class SystemKey(AbstractApplication, Identified):  # type: ignore[misc]  # the package is untyped
    """One pair of client id and secret of a system. Two at a time let the secret change without a gap.

    The secret is stored hashed. `scopes` is the most that its tokens may have.
    """

    BOOKKEEPING = frozenset({"last_used_at"})

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = None
    system = models.ForeignKey(ClinicSystem, on_delete=models.PROTECT, related_name="keys")
    scopes = models.JSONField(default=list)
    expires_on = models.DateField()
    last_used_at = models.DateTimeField(null=True, blank=True, editable=False)
    revoked_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta(AbstractApplication.Meta):  # type: ignore[misc]  # the package is untyped
        ordering = ["system", "-created"]

    def __str__(self) -> str:
        return f"key of {self.system}"

    def is_usable(self, request: object) -> bool:
        """Whether tokens may be made and used: neither revoked nor expired, and its system still works here."""
        return (
            self.revoked_at is None
            and self.expires_on >= timezone.localdate()
            and self.system.ended_at is None
            and self.system.user.is_active
        )


class ExternalId(Identified):
    """A system's own id for one of our rows."""

    system = models.ForeignKey(ClinicSystem, on_delete=models.CASCADE, related_name="external_ids")
    object_type = models.CharField(max_length=16)
    object_id = models.UUIDField()
    value = models.CharField(max_length=120)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["system", "object_type", "value"], name="external_id_names_one_object"
            ),
            models.UniqueConstraint(
                fields=["system", "object_type", "object_id"], name="external_id_once_per_object"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.object_type} {self.value}"


REPEATABLE_FOR = timedelta(hours=24)


class RepeatableCall(Identified):
    """The answer that was given to a call with an Idempotency-Key, sealed; kept for REPEATABLE_FOR."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=255)
    request_digest = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(default=0)
    answer = models.TextField(blank=True)
    made_at = models.DateTimeField(default=timezone.now, db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "key"], name="repeatable_call_once"),
        ]

    def __str__(self) -> str:
        return f"call of {self.made_at:%Y-%m-%d %H:%M}"


class WebhookEndpoint(Identified):
    """An https address of a clinic's software that wants to hear of events. Its secrets are stored sealed.

    After a change of secret both sign for a while. It hears of nothing from before `active_since`; events up to
    `collected_until` have deliveries already. One that failed too often in a row is paused: its deliveries wait until
    somebody resumes it.
    """

    BOOKKEEPING = frozenset({"active_since", "collected_until", "failures_in_row", "paused_at"})

    clinic = models.ForeignKey(Clinic, on_delete=models.PROTECT, related_name="webhooks")
    url = models.URLField(max_length=500)
    events = models.JSONField(default=list)
    secret = models.TextField(editable=False)
    old_secret = models.TextField(blank=True, editable=False)
    old_secret_until = models.DateTimeField(null=True, blank=True, editable=False)
    active = models.BooleanField(default=True)
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    active_since = models.DateTimeField(default=timezone.now, editable=False)
    collected_until = models.DateTimeField(default=timezone.now, editable=False)
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


class WebhookDelivery(Identified):
    """One event for one endpoint: waits, is sent, and keeps a log of its tries. `body` holds ids and codes only."""

    endpoint = models.ForeignKey(WebhookEndpoint, on_delete=models.CASCADE, related_name="deliveries")
    event_id = models.UUIDField()
    event = models.CharField(max_length=48)
    body = models.TextField()
    happened_at = models.DateTimeField()
    state = models.CharField(max_length=9, choices=DeliveryState, default=DeliveryState.QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    not_before = models.DateTimeField(default=timezone.now)
    lease_until = models.DateTimeField(null=True, blank=True)
    attempt_token = models.UUIDField(null=True, blank=True)
    tries = models.JSONField(default=list)
    created_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at"]
        indexes = [models.Index(fields=["state", "not_before"])]
        constraints = [
            models.UniqueConstraint(fields=["endpoint", "event_id"], name="delivery_once"),
            models.CheckConstraint(
                condition=~Q(state=DeliveryState.RUNNING)
                | Q(attempt_token__isnull=False, lease_until__isnull=False),
                name="delivery_running_has_lease",
            ),
            models.UniqueConstraint(
                fields=["endpoint"], condition=Q(state=DeliveryState.RUNNING), name="delivery_one_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.event}, {self.state}"
