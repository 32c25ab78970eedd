"""Plans: a draft that a therapist edits, its ordered items, and the reasons given for going on."""

import uuid
from typing import NamedTuple

from django.db import models

from plans.models.base import DoseColumns, FrequencyColumns, Identified, WrittenOnce, easier_column
from plans.models.clinics import User
from plans.models.exercises import ExerciseRevision
from plans.models.folded import FoldedField
from plans.models.leaflets import Leaflet
from plans.models.library import Advice
from plans.models.patients import Patient

MAX_PHASES = 8


class PhaseBegan(models.TextChoices):
    """Why a plan went on to a phase: its therapist saw the criterion met, or went on by time and said so."""

    MET = "met", "the criterion is met"
    TIME = "time", "by time"


class Phase(NamedTuple):
    """A protocol that a plan goes by, and why it went on to it; blank where it was chosen."""

    protocol: uuid.UUID
    because: str

    def __str__(self) -> str:
        return f"{self.protocol}:{self.because}" if self.because else str(self.protocol)


class Plan(FrequencyColumns, Identified):
    """A patient's plan. Its frequency is the default of items that name none."""

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="plans")
    title = models.CharField(max_length=120)
    search_text = FoldedField(of=("title",))
    goals = models.TextField(blank=True, max_length=600)
    start_on = models.DateField(null=True, blank=True, verbose_name="start date")
    review_on = models.DateField(null=True, blank=True, verbose_name="review date")
    therapies = models.ManyToManyField(
        Advice, blank=True, related_name="+", verbose_name="other therapies", help_text="Printed as notes."
    )
    leaflets = models.ManyToManyField(
        Leaflet, blank=True, related_name="+", help_text="Each is a page at the end of the patient's copy."
    )
    note = models.TextField(blank=True, max_length=600, verbose_name="note to the patient")
    follows = models.CharField(
        max_length=400,
        blank=True,
        default="",
        db_default="",
        editable=False,
        help_text="Ids of the protocols that the plan goes by, with blanks between: their next phases are offered.",
    )
    stopped_on = models.DateField(null=True, blank=True, editable=False)
    copied_from = models.ForeignKey(
        "self",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        help_text="Its reasons are offered where the rules say the same.",
    )
    draft_number = models.PositiveIntegerField(
        default=0, db_default=0, editable=False, help_text="Goes up with each change of the draft."
    )
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["-updated_at"]

    def __str__(self) -> str:
        return self.title

    @property
    def phases(self) -> list[Phase]:
        """The protocols that the plan goes by, in the order in which they joined."""
        named = (entry.partition(":") for entry in self.follows.split())
        return [Phase(protocol=uuid.UUID(key), because=because) for key, _, because in named]

    def following(self, key: uuid.UUID, *, instead_of: uuid.UUID | None = None, because: str = "") -> str:
        """Return what `follows` says with this protocol as the newest; of many the oldest are forgotten."""
        stay = [one for one in self.phases if one.protocol not in (key, instead_of)]
        phases = [*stay, Phase(protocol=key, because=because)][-MAX_PHASES:]
        return " ".join(map(str, phases))


class PlanItem(DoseColumns, Identified):
    """One exercise of a plan, as a named revision, with its own dose, note and caution."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="items")
    order = models.PositiveSmallIntegerField(default=0, db_index=True)
    revision = models.ForeignKey(
        ExerciseRevision, on_delete=models.PROTECT, related_name="items", verbose_name="exercise"
    )
    former_revision = models.ForeignKey(
        ExerciseRevision,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        help_text="What the item named before it took the revision in use; it can be taken back.",
    )
    note = models.CharField(max_length=300, blank=True, verbose_name="own note")
    extra_caution = models.CharField(max_length=200, blank=True)
    offers_easier = easier_column()

    class Meta:
        ordering = ["order", "id"]

    def __str__(self) -> str:
        return self.revision.exercise.code


class DraftChange(Identified):
    """That one thing of a draft was changed, by whom and when. What was written stands in the plan alone.

    The id is the one that the page gave its change: what is sent again is known by it. `number` is the draft's after
    the change, `item_id` an item that may be gone since.
    """

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="draft_changes")
    number = models.PositiveIntegerField()
    item_id = models.UUIDField(null=True, blank=True)
    field = models.CharField(max_length=64)
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True, db_index=True)

    class Meta:
        ordering = ["number"]
        indexes = [models.Index(fields=["plan", "number"])]
        constraints = [
            models.CheckConstraint(condition=~models.Q(field=""), name="draft_change_names_a_field"),
            models.CheckConstraint(condition=models.Q(number__gte=1), name="draft_change_is_numbered"),
        ]

    def __str__(self) -> str:
        return self.field


class Reason(Identified, WrittenOnce):
    """Why a therapist goes on in spite of a finding.

    It holds for the finding's fingerprint: this rule version, this item's revision, this condition. Given by mistake,
    it is taken back, and stays on record as such.
    """

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="reasons")
    fingerprint = models.CharField(max_length=64)
    finding_code = models.CharField(max_length=48)
    words = models.CharField(max_length=400)
    facts = models.CharField(
        max_length=32,
        blank=True,
        default="",
        db_default="",
        help_text="Names what was known of the patient then; blank before 0.5.0.",
    )
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    taken_back_at = models.DateTimeField(null=True, blank=True, editable=False)
    taken_back_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )

    class Meta:
        ordering = ["-created_at"]
        indexes = [models.Index(fields=["plan", "fingerprint"])]
        constraints = [
            models.CheckConstraint(condition=~models.Q(words=""), name="reason_has_words"),
            models.CheckConstraint(
                condition=models.Q(taken_back_at=None, taken_back_by=None)
                | models.Q(taken_back_at__isnull=False, taken_back_by__isnull=False),
                name="reason_taken_back_by_someone",
            ),
        ]

    def __str__(self) -> str:
        return self.finding_code
