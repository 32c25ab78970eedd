"""Exercises: an identity that stays, revisions, texts and pictures that are written once."""

from uuid import UUID

from django.db import models
from django.db.models import Q

from plans.contraindications import Disagreement
from plans.dose import Limb
from plans.libraryfiles.vocabulary import EXERCISE_LEVELS, Kind, Position, Region
from plans.models.base import DoseColumns, Identified, WrittenOnce, choices_of
from plans.models.folded import FoldedField
from plans.models.library import Cited, Condition, Movement, unique_code


class Exercise(Cited):
    """An exercise's identity; what it says stands in its revisions. Retired, it is offered no more.

    What is easier and harder is that of a clinic's own exercise; of the library's it is what the newest revision tells.
    """

    retired_on = models.DateField(null=True, blank=True)
    alternative_to = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    easier = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    harder = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["code"]
        constraints = [
            *unique_code("exercise"),
            *(
                models.CheckConstraint(
                    condition=Q(**{name: None}) | ~Q(**{name: models.F("id")}),
                    name=f"exercise_{name}_is_another",
                )
                for name in ("alternative_to", "easier", "harder")
            ),
        ]

    def __str__(self) -> str:
        return self.code


class ExerciseRevision(DoseColumns, Identified, WrittenOnce):
    """An exercise's facts at one time. `dose` is the default one; `safe` maps dose fields to [low, high]."""

    exercise = models.ForeignKey(Exercise, on_delete=models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField()
    newest = models.BooleanField(default=True)
    kind = models.CharField(max_length=16, choices=[(kind.value, kind.value) for kind in Kind])
    position = models.CharField(max_length=16, choices=choices_of(Position))
    targets = models.JSONField(default=list)
    region = models.CharField(
        max_length=20,
        blank=True,
        choices=choices_of(Region),
    )
    level = models.PositiveSmallIntegerField(
        null=True, blank=True, choices=[(n, str(n)) for n in EXERCISE_LEVELS]
    )
    movements = models.ManyToManyField(Movement, related_name="revisions")
    equipment = models.JSONField(default=list, blank=True)
    one_sided = models.BooleanField(default=False)
    limb = models.CharField(
        max_length=8,
        blank=True,
        default="",
        db_default="",
        choices=[(limb.value, limb.value) for limb in Limb],
        help_text="What works on each side, where it is one limb: the sheet then says each leg, each arm.",
    )
    movement_sides = models.JSONField(
        default=dict,
        db_default={},
        blank=True,
        help_text="Movements of a one-sided exercise that are asked of the working side or of the other; else both.",
    )
    safe = models.JSONField(default=dict, verbose_name="safe range of the dose")
    safe_source = models.CharField(max_length=160, blank=True)
    source = models.CharField(max_length=160)
    source_note = models.CharField(max_length=400, blank=True)
    sources_disagree = models.JSONField(
        null=True, blank=True, help_text="What each source says, and what would justify going on."
    )
    figure = models.TextField(blank=True, help_text="The poses as YAML; a photograph takes their place.")
    kept_figure = models.ForeignKey(
        "plans.Figure",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="revisions",
    )
    photo = models.ForeignKey(
        "plans.Picture", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    tells_steps = models.BooleanField(
        default=False,
        db_default=False,
        editable=False,
        help_text="Whether it tells what is easier and harder, as the library's do; else the exercise does.",
    )
    easier = models.ForeignKey(
        Exercise, on_delete=models.SET_NULL, null=True, blank=True, editable=False, related_name="+"
    )
    harder = models.ForeignKey(
        Exercise, on_delete=models.SET_NULL, null=True, blank=True, editable=False, related_name="+"
    )
    fingerprint = models.CharField(max_length=64, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["exercise", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["exercise", "number"], name="revision_number_once"),
            models.UniqueConstraint(
                fields=["exercise"], condition=Q(newest=True), name="revision_one_newest"
            ),
            models.CheckConstraint(
                condition=Q(level=None) | Q(level__in=EXERCISE_LEVELS), name="revision_level_known"
            ),
            models.CheckConstraint(
                condition=Q(region__in=["", *(region.value for region in Region)]),
                name="revision_region_known",
            ),
            models.CheckConstraint(
                condition=Q(limb="") | Q(limb__in=[limb.value for limb in Limb], one_sided=True),
                name="revision_limb_has_a_side",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.exercise.code}, revision {self.number}"

    @property
    def easier_step_id(self) -> UUID | None:
        return self.easier_id if self.tells_steps else self.exercise.easier_id

    @property
    def harder_step_id(self) -> UUID | None:
        return self.harder_id if self.tells_steps else self.exercise.harder_id

    @property
    def disagreement(self) -> Disagreement | None:
        """What its sources disagree about, as a value."""
        return Disagreement.from_dict(self.sources_disagree) if self.sources_disagree else None


class RevisionHelp(Identified, WrittenOnce):
    """A condition that an exercise helps, as a revision says, and who says so."""

    revision = models.ForeignKey(ExerciseRevision, on_delete=models.CASCADE, related_name="helps")
    condition = models.ForeignKey(Condition, on_delete=models.PROTECT, related_name="+")
    source = models.CharField(max_length=160)

    class Meta:
        ordering = ["revision", "condition__name"]
        constraints = [
            models.UniqueConstraint(fields=["revision", "condition"], name="revision_help_once"),
            models.CheckConstraint(condition=~Q(source=""), name="revision_help_has_source"),
        ]

    def __str__(self) -> str:
        return f"{self.condition} ({self.source})"


class PictureBody(models.TextChoices):
    """Who a kept picture of an exercise shows: whoever was photographed, or a body of the first drawer."""

    SLENDER = "slender", "slender"
    STURDY = "sturdy", "sturdy"
    PHOTO = "photo", "photograph"


class PictureRights(models.TextChoices):
    """Whether it is known that a photograph may be printed."""

    RECORDED = "recorded", "recorded"
    NOT_RECORDED = "not_recorded", "not recorded"


class RevisionPicture(Identified, WrittenOnce):
    """A revision's photograph; of revisions up to release 0.2.0 also each figure, by body and reading direction.

    Today's figures are drawn when they are needed (Drawing). What was kept with a revision is printed as it is. Of a
    photograph it is recorded who agreed to be shown, when, and its licence: plain, as a clinic's models are not its
    patients. Those of release 0.2.0, and what its machines still write during an upgrade, are "not recorded".
    """

    revision = models.ForeignKey(ExerciseRevision, on_delete=models.CASCADE, related_name="pictures")
    body = models.CharField(max_length=16, choices=PictureBody)
    mirrored = models.BooleanField(default=False)
    picture = models.ForeignKey("plans.Picture", on_delete=models.PROTECT, related_name="+")
    rights = models.CharField(
        max_length=12,
        choices=PictureRights,
        default=PictureRights.RECORDED,
        db_default=PictureRights.NOT_RECORDED,
    )
    consent_by = models.CharField(max_length=80, blank=True, default="", db_default="")
    consent_on = models.DateField(null=True, blank=True)
    licence = models.CharField(max_length=160, blank=True, default="", db_default="")

    class Meta:
        ordering = ["revision", "body", "mirrored"]
        constraints = [
            models.UniqueConstraint(fields=["revision", "body", "mirrored"], name="revision_picture_once"),
            models.CheckConstraint(
                condition=Q(body__in=PictureBody.values), name="revision_picture_body_known"
            ),
            models.CheckConstraint(
                condition=~Q(body=PictureBody.PHOTO)
                | Q(rights=PictureRights.NOT_RECORDED)
                | Q(rights=PictureRights.RECORDED, consent_on__isnull=False)
                & ~Q(consent_by="")
                & ~Q(licence=""),
                name="revision_photo_has_consent",
            ),
        ]

    def __str__(self) -> str:
        return self.body


class ExerciseText(Identified, WrittenOnce):
    """A revision in one language, as the patient reads it."""

    revision = models.ForeignKey(ExerciseRevision, on_delete=models.CASCADE, related_name="texts")
    language = models.CharField(max_length=10)
    name = models.CharField(max_length=70)
    purpose = models.CharField(max_length=160)
    start = models.CharField(max_length=200, verbose_name="start position")
    steps = models.JSONField()
    breathing = models.CharField(
        max_length=120,
        blank=True,
        default="",
        db_default="",
        help_text="How to breathe, where it matters: a sentence.",
    )
    cautions = models.JSONField()
    alt = models.CharField(max_length=400, verbose_name="what the picture shows")
    also = models.JSONField(default=list, blank=True, verbose_name="other names")
    note = models.CharField(max_length=400, blank=True, help_text="For the reviewer; never printed.")
    # Read by release 0.3.0 alone, while it runs beside this one; plans/search/ looks in the names themselves.
    search_text = FoldedField(of=("name", "also"))

    class Meta:
        ordering = ["revision", "language"]
        constraints = [
            models.UniqueConstraint(fields=["revision", "language"], name="text_once_per_language"),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.language})"
