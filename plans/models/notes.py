"""What therapists write down about a patient for each other; the patient never reads it."""

from django.db import models
from django.db.models import Q

from plans.models.base import Identified, WrittenOnce
from plans.models.clinics import User
from plans.models.patients import Patient


class PatientNote(Identified, WrittenOnce):
    """A note in the patient's record, in free words: to be encrypted, so nothing is searched or ordered by them."""

    patient = models.ForeignKey(Patient, on_delete=models.CASCADE, related_name="notes")
    words = models.TextField(max_length=2000)
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-created_at"]
        constraints = [models.CheckConstraint(condition=~Q(words=""), name="patient_note_has_words")]

    def __str__(self) -> str:
        return f"note of {self.created_at:%Y-%m-%d}"
