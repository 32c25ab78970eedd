"""Patients that one therapist gives to another."""

from django.db import models
from django.db.models import F, Q

from plans.models.base import Identified
from plans.models.clinics import User
from plans.models.patients import Patient


class Handover(Identified):
    """A patient went from one caseload to another, with a note: free words, to be encrypted.

    `seen_at` is when the receiver said that they have read it.
    """

    patient = models.ForeignKey(Patient, on_delete=models.CASCADE, related_name="handovers")
    from_person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    to_person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="handovers")
    note = models.TextField(max_length=2000, blank=True)
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    seen_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        ordering = ["-created_at"]
        indexes = [
            models.Index(fields=["to_person"], condition=Q(seen_at=None), name="handover_unseen"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(from_person=F("to_person")), name="handover_between_two_people"
            ),
        ]

    def __str__(self) -> str:
        return f"handover of {self.created_at:%Y-%m-%d}"
