"""Who did what, when: appended, never changed."""

from django.db import models

from plans.models.base import Identified, WrittenOnce
from plans.models.clinics import Clinic, User


class AuditEvent(Identified, WrittenOnce):
    """One act or one reading. Objects are named by id; `detail` holds codes, never patient data."""

    at = models.DateTimeField(auto_now_add=True, db_index=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    clinic = models.ForeignKey(Clinic, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    verb = models.CharField(max_length=48)
    object_type = models.CharField(max_length=32)
    object_id = models.CharField(max_length=64)
    patient_id = models.UUIDField(null=True, blank=True, db_index=True)
    detail = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ["-at"]

    def __str__(self) -> str:
        return f"{self.verb} {self.object_type}"
