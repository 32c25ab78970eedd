"""What the library speaks with: sources, movements, conditions, symptoms, advice; shared, or of one clinic."""

from typing import Any

from django.db import models
from django.db.models import Q

from plans.libraryfiles import Audience
from plans.libraryfiles.vocabulary import AdviceKind, RedFlag, Region, SourceKind
from plans.models.base import Identified, WrittenOnce, choices_of
from plans.models.clinics import Clinic
from plans.models.folded import FoldedField


def unique_code(name: str) -> list[models.BaseConstraint]:
    return [
        models.UniqueConstraint(fields=["code"], condition=Q(clinic=None), name=f"{name}_code_once_shared"),
        models.UniqueConstraint(
            fields=["clinic", "code"], condition=~Q(clinic=None), name=f"{name}_code_once_in_clinic"
        ),
    ]


class LibraryEntry(Identified):
    """Something with a code; without a clinic it is shared and read-only."""

    clinic = models.ForeignKey(Clinic, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    code = models.SlugField(max_length=64)

    class Meta:
        abstract = True


class Cited(LibraryEntry):
    """An entry that names its sources by their codes; its words of them stand in what it says."""

    sources = models.JSONField(
        default=list, db_default=[], blank=True, editable=False, help_text="Codes of the table of sources."
    )

    class Meta:
        abstract = True


class Retirable(Cited):
    """An entry that a newer library may withdraw: retired, it is neither offered nor printed any more."""

    retired_on = models.DateField(null=True, blank=True, editable=False)

    class Meta:
        abstract = True


class Source(LibraryEntry):
    """Where entries come from: they name it by its code, and are shown with `cite`."""

    title = models.CharField(max_length=160)
    cite = models.CharField(max_length=60, blank=True, default="", db_default="", verbose_name="cited as")
    kind = models.CharField(
        max_length=12,
        blank=True,
        default="",
        db_default="",
        choices=choices_of(SourceKind),
    )
    where = models.CharField(
        max_length=200, blank=True, default="", db_default="", help_text="Where it is found."
    )
    read = models.CharField(
        max_length=200, blank=True, default="", db_default="", help_text="How much of it was read."
    )
    strength = models.CharField(max_length=200, blank=True, default="", db_default="")

    class Meta:
        ordering = ["code"]
        constraints = unique_code("source")

    def __str__(self) -> str:
        return self.title


class Movement(Cited):
    """What an exercise may ask of the body; it always includes the wider movements that it implies."""

    name = models.CharField(max_length=70)
    meaning = models.CharField(max_length=200, blank=True)
    implies = models.ManyToManyField("self", symmetrical=False, blank=True, related_name="implied_by")

    class Meta:
        ordering = ["code"]
        constraints = unique_code("movement")

    def __str__(self) -> str:
        return self.name


class Condition(Cited):
    """A diagnosis or state; a rule for the parent holds for the child. Windows count from `dates`."""

    name = models.CharField(max_length=70)
    also = models.JSONField(default=list, blank=True)
    icd10 = models.JSONField(default=list, blank=True, verbose_name="ICD-10 codes")
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="children"
    )
    dates = models.JSONField(default=list, blank=True)
    treat_cause_first = models.BooleanField(default=False)
    sided = models.BooleanField(
        default=False,
        db_default=False,
        help_text="It is on one side of the body or on both: the side is asked.",
    )
    ask_which = models.BooleanField(
        default=False,
        db_default=False,
        help_text="Its kinds have rules of their own: which one it is, is asked.",
    )
    region = models.CharField(
        max_length=20,
        blank=True,
        default="",
        db_default="",
        choices=choices_of(Region),
    )
    source = models.CharField(max_length=160, blank=True)
    search_text = FoldedField(of=("name", "code", "also", "icd10"))

    class Meta:
        ordering = ["name"]
        constraints = unique_code("condition")

    def __str__(self) -> str:
        return self.name


class Symptom(Retirable):
    """What a patient may report; a red flag says what it asks for. Retired, it stands where it is recorded."""

    name = models.CharField(max_length=70)
    red_flag = models.CharField(max_length=10, blank=True, choices=choices_of(RedFlag))
    region = models.CharField(
        max_length=20,
        blank=True,
        default="",
        db_default="",
        choices=choices_of(Region),
    )
    order = models.PositiveSmallIntegerField(default=0, db_default=0, editable=False)
    source = models.CharField(max_length=160, blank=True)

    class Meta:
        ordering = ["name"]
        constraints = unique_code("symptom")

    def __str__(self) -> str:
        return self.name


class SymptomSentence(Identified, WrittenOnce):
    """What the patient's copy says of a warning sign in one language. Whatever of it changes is a new row.

    One without a red flag is printed no more; a reviewer approves that, too.
    """

    symptom = models.ForeignKey(Symptom, on_delete=models.CASCADE, related_name="sentences")
    language = models.CharField(max_length=10)
    number = models.PositiveIntegerField(default=1)
    words = models.CharField(max_length=220)
    red_flag = models.CharField(max_length=10, blank=True, choices=choices_of(RedFlag))
    meant_for = models.JSONField(
        default=dict,
        blank=True,
        help_text="Everybody, or conditions, symptoms and regions; one without it is for nobody.",
    )
    needs_answer = models.BooleanField(
        default=False, help_text="Printed only where the clinic names somebody who answers."
    )

    class Meta:
        ordering = ["symptom", "language", "-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["symptom", "language", "number"], name="symptom_sentence_number_once"
            ),
            models.CheckConstraint(condition=~Q(words=""), name="symptom_sentence_has_words"),
        ]

    def __str__(self) -> str:
        return self.words

    @property
    def audience(self) -> Audience:
        return Audience.from_dict(self.meant_for)

    def says(self) -> tuple[Any, ...]:
        """Return all that makes another row necessary when it changes."""
        return self.words, self.red_flag, self.meant_for, self.needs_answer


class Advice(Retirable):
    """General advice for those whom it fits, or another therapy that a plan may note."""

    kind = models.CharField(max_length=8, choices=[(kind.value, kind.value) for kind in AdviceKind])
    meant_for = models.JSONField(
        default=dict,
        blank=True,
        help_text="Everybody, or conditions, symptoms and regions; general advice without it is for nobody.",
    )
    order = models.PositiveSmallIntegerField(default=0)
    source = models.CharField(max_length=160, blank=True)

    class Meta:
        ordering = ["kind", "order", "code"]
        verbose_name_plural = "advice"
        constraints = unique_code("advice")

    def __str__(self) -> str:
        return self.code

    @property
    def audience(self) -> Audience:
        return Audience.from_dict(self.meant_for)


class AdviceText(Identified, WrittenOnce):
    """Advice in one language. A changed wording is a new row; the newest counts."""

    advice = models.ForeignKey(Advice, on_delete=models.CASCADE, related_name="texts")
    language = models.CharField(max_length=10)
    number = models.PositiveIntegerField(default=1)
    words = models.CharField(max_length=240)

    class Meta:
        ordering = ["advice", "language", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["advice", "language", "number"], name="advice_text_number_once"),
        ]

    def __str__(self) -> str:
        return self.words
