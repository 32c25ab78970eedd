"""Other software: a clinic's systems with their keys, the ids that they have for our rows, calls that they repeat."""

import uuid
from datetime import timedelta

from django.db import models
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
            and self.expires_on >= self.system.clinic.today()
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
    created_at = models.DateTimeField(default=timezone.now, db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "key"], name="repeatable_call_once"),
        ]

    def __str__(self) -> str:
        return f"call of {self.created_at:%Y-%m-%d %H:%M}"
