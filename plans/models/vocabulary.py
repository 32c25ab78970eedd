"""What movements, conditions and symptoms said before: a change that weakens waits for each clinic's reviewer."""

from typing import Any, cast
from uuid import UUID

from django.db import models
from django.db.models import Q

from plans.libraryfiles.vocabulary import RedFlag, Region
from plans.models.base import Identified, WrittenOnce, choices_of
from plans.models.library import Condition, Movement, Symptom

ENTRIES = ("movement", "condition", "symptom")


class VocabularyRevision(Identified, WrittenOnce):
    """What the rules read in a movement, condition or symptom at one time.

    The entry itself says what the newest one says. Until a clinic approves it, those before it judge there too; of the
    facts in ONE_AT_A_TIME it is then the one in force alone, as two regions or "sided and not sided" would be neither.
    """

    movement = models.ForeignKey(
        Movement, on_delete=models.CASCADE, null=True, blank=True, related_name="versions"
    )
    condition = models.ForeignKey(
        Condition, on_delete=models.CASCADE, null=True, blank=True, related_name="versions"
    )
    symptom = models.ForeignKey(
        Symptom, on_delete=models.CASCADE, null=True, blank=True, related_name="versions"
    )
    number = models.PositiveIntegerField()
    newest = models.BooleanField(default=True)
    implies = models.JSONField(default=list, blank=True, help_text="Codes of a movement's wider movements.")
    parent = models.SlugField(max_length=64, blank=True, help_text="Code of a condition's wider one.")
    treat_cause_first = models.BooleanField(default=False)
    red_flag = models.CharField(max_length=10, blank=True, choices=choices_of(RedFlag))
    sided = models.BooleanField(
        default=False, db_default=False, help_text="A condition is on one side of the body or on both."
    )
    ask_which = models.BooleanField(
        default=False, db_default=False, help_text="Which kind of a condition it is, is asked."
    )
    region = models.CharField(
        max_length=20,
        blank=True,
        default="",
        db_default="",
        choices=choices_of(Region),
        help_text="Where a condition is.",
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(movement__isnull=False, condition=None, symptom=None)
                | Q(movement=None, condition__isnull=False, symptom=None)
                | Q(movement=None, condition=None, symptom__isnull=False),
                name="vocabulary_revision_of_one_entry",
            ),
            *(
                models.UniqueConstraint(fields=[entry, "number"], name=f"vocabulary_number_once_{entry}")
                for entry in ENTRIES
            ),
            *(
                models.UniqueConstraint(
                    fields=[entry], condition=Q(newest=True), name=f"vocabulary_one_newest_{entry}"
                )
                for entry in ENTRIES
            ),
        ]

    def __str__(self) -> str:
        return f"{self.entry}, version {self.number}"

    @property
    def entry(self) -> Movement | Condition | Symptom:
        # One of them is there: the constraint vocabulary_revision_of_one_entry.
        return cast(Movement | Condition | Symptom, self.movement or self.condition or self.symptom)

    @property
    def entry_id(self) -> UUID:
        return cast(UUID, self.movement_id or self.condition_id or self.symptom_id)

    def says(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in SAID}


ONE_AT_A_TIME = ("sided", "ask_which", "region")
SAID = ("implies", "parent", "treat_cause_first", "red_flag", *ONE_AT_A_TIME)
