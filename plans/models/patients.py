"""Patients, what they have, and what was cleared by whom."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from plans.models.base import Identified
from plans.models.clinics import Clinic, User
from plans.models.folded import FoldedField
from plans.models.library import Condition, Movement, Symptom


class Sex(models.TextChoices):
    """As recorded by the clinic."""

    FEMALE = "female", "female"
    MALE = "male", "male"
    OTHER = "other", "other"
    UNKNOWN = "unknown", "not recorded"


class FigureBuild(models.TextChoices):
    """The build of the person whom the patient's figures show."""

    SLENDER = "slender", "slender"
    AVERAGE = "average", "average"
    HEAVY = "heavy", "heavy"


class FigureSkin(models.TextChoices):
    """The skin of the person whom the patient's figures show."""

    LIGHT = "light", "light"
    MEDIUM = "medium", "medium"
    DARK = "dark", "dark"


class Patient(Identified):
    """A person in the caseload of one therapist of one clinic."""

    clinic = models.ForeignKey(Clinic, on_delete=models.PROTECT, related_name="patients")
    therapist = models.ForeignKey(User, on_delete=models.PROTECT, related_name="caseload")
    name = models.CharField(max_length=120)
    printed_name = models.CharField(
        max_length=120,
        blank=True,
        help_text="How the name stands on the handout, where it is written in a script that cannot be printed.",
    )
    birth_date = models.DateField()
    record_number = models.CharField(max_length=40, blank=True)
    sex = models.CharField(max_length=8, choices=Sex, default=Sex.UNKNOWN)
    language = models.CharField(max_length=10, default="en", verbose_name="preferred language")
    large_print = models.BooleanField(default=False, help_text="Presets the large print when publishing.")
    diagnoses = models.TextField(
        blank=True,
        max_length=2000,
        verbose_name="other diagnoses",
        help_text="One on a line, in free words or ICD-10 codes. What names a condition of the library is offered to be"
        " recorded; the rules cannot check the rest.",
    )
    equipment = models.JSONField(default=list, blank=True, verbose_name="equipment at home")
    pain_control_first = models.BooleanField(
        default=False, verbose_name="needs pain control first", help_text="Before exercise can be borne."
    )
    phone = models.CharField(max_length=40, blank=True)
    email = models.EmailField(blank=True)
    # What the pictures show, as somebody chose it; no finding, and never guessed from anything else.
    figure_build = models.CharField(
        max_length=8,
        blank=True,
        default="",
        db_default="",
        choices=FigureBuild,
        verbose_name="build of the figures",
    )
    figure_skin = models.CharField(
        max_length=8,
        blank=True,
        default="",
        db_default="",
        choices=FigureSkin,
        verbose_name="skin of the figures",
    )
    search_text = FoldedField(of=("name", "printed_name", "record_number"))

    class Meta:
        ordering = ["name", "birth_date"]
        constraints = [
            models.UniqueConstraint(
                fields=["clinic", "record_number"],
                condition=~Q(record_number=""),
                name="patient_record_number_once",
                violation_error_message="Another patient of this clinic has this record number.",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Clearable(models.Model):
    """Something that holds until a named clinician says when and how it was cleared."""

    cleared_on = models.DateField(null=True, blank=True)
    cleared_by = models.CharField(max_length=120, blank=True, help_text="The clinician's name.")
    cleared_how = models.CharField(
        max_length=240, blank=True, help_text="For example: seen in clinic, MRI of that day, phone call."
    )

    class Meta:
        abstract = True

    @property
    def is_cleared(self) -> bool:
        return self.cleared_on is not None


def cleared_whole(name: str) -> models.CheckConstraint:
    nothing = Q(cleared_on=None, cleared_by="", cleared_how="")
    everything = Q(cleared_on__isnull=False) & ~Q(cleared_by="") & ~Q(cleared_how="")
    return models.CheckConstraint(
        condition=nothing | everything,
        name=name,
        violation_error_message="A clearance needs the day, the clinician's name and how it was cleared.",
    )


class BodySide(models.TextChoices):
    """Which side of the body a condition is on; blank where sides do not apply, or nobody has said."""

    LEFT = "left", "left"
    RIGHT = "right", "right"
    BOTH = "both", "both"


class Operated(models.TextChoices):
    """What somebody answered who was asked when an operation was, and has no day to enter."""

    NO = "no", "not operated"
    DAY_UNKNOWN = "day_unknown", "operated, day unknown"


class PatientCondition(Identified, Clearable):
    """A condition of a patient on one side, with the dates that the rules' windows count from."""

    patient = models.ForeignKey(Patient, on_delete=models.CASCADE, related_name="conditions")
    condition = models.ForeignKey(Condition, on_delete=models.PROTECT, related_name="+")
    side = models.CharField(max_length=5, blank=True, choices=BodySide)
    recorded_as = models.JSONField(
        default=list,
        blank=True,
        verbose_name="recorded by the codes",
        help_text="ICD-10 codes that stood for it.",
    )
    onset = models.DateField(null=True, blank=True)
    surgery_on = models.DateField(null=True, blank=True, verbose_name="surgery")
    operated = models.CharField(
        max_length=12,
        blank=True,
        default="",
        db_default="",
        choices=Operated,
        verbose_name="no day of surgery",
        help_text="Not operated ends what counts from surgery; a day that is unknown counts as the first weeks.",
    )
    due_on = models.DateField(null=True, blank=True, verbose_name="due date")
    # Its age bounds a clearance where no day tells when the condition began. Whoever saves a patient writes the
    # clinic's day here; the default is the service's.
    recorded_on = models.DateField(default=timezone.localdate, editable=False)

    class Meta:
        ordering = ["condition__name", "side"]
        constraints = [
            models.UniqueConstraint(
                fields=["patient", "condition", "side"],
                name="patient_condition_once",
                violation_error_message="This condition is recorded already on this side.",
            ),
            models.CheckConstraint(
                condition=Q(side__in=["", *BodySide.values]), name="patient_condition_side_known"
            ),
            cleared_whole("patient_condition_cleared_whole"),
        ]

    def __str__(self) -> str:
        return f"{self.condition.name}, {self.get_side_display()}" if self.side else self.condition.name


class PatientSymptom(Identified, Clearable):
    """A symptom that a patient reported; a red flag stops every plan until it is cleared.

    What was cleared stays as it is: the same symptom, reported again, is another row.
    """

    patient = models.ForeignKey(Patient, on_delete=models.CASCADE, related_name="symptoms")
    symptom = models.ForeignKey(Symptom, on_delete=models.PROTECT, related_name="+")
    noted_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["symptom__name", "noted_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["patient", "symptom"],
                condition=Q(cleared_on=None),
                name="patient_symptom_once",
                violation_error_message="This symptom is recorded already and not cleared.",
            ),
            cleared_whole("patient_symptom_cleared_whole"),
        ]

    def __str__(self) -> str:
        return self.symptom.name


class LimitUnit(models.TextChoices):
    """What the amount of a limit counts."""

    DEGREES = "degrees", "degrees"
    KILOGRAMS = "kilograms", "kilograms"


class PatientLimit(Identified, Clearable):
    """What a surgeon or another clinician forbade this patient, until a day or until it is cleared.

    It is never changed: one that says something else is cleared and entered anew.
    """

    patient = models.ForeignKey(Patient, on_delete=models.CASCADE, related_name="limits")
    words = models.CharField(
        max_length=120,
        verbose_name="limit",
        help_text="What the patient reads on the sheet, in their language: “Do not kneel” or “Bend your knee”.",
    )
    at_most = models.DecimalField(
        max_digits=5, decimal_places=1, null=True, blank=True, help_text="So many degrees or kilograms."
    )
    unit = models.CharField(max_length=9, blank=True, choices=LimitUnit)
    movement = models.ForeignKey(
        Movement,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="movement to avoid",
        help_text="The rules speak against each exercise that asks for it. Without one the limit is printed and not"
        " checked.",
    )
    side = models.CharField(max_length=5, blank=True, choices=BodySide)
    said_by = models.CharField(
        max_length=120, verbose_name="set by", help_text="The name of the clinician who set it."
    )
    said_on = models.DateField(verbose_name="set on")
    until = models.DateField(
        null=True, blank=True, help_text="The last day on which it holds. Without one it holds until cleared."
    )

    class Meta:
        ordering = ["said_on", "words"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(words="") & ~Q(said_by=""),
                name="patient_limit_said",
                violation_error_message="A limit needs its words and the name of who set it.",
            ),
            models.CheckConstraint(
                condition=Q(at_most=None, unit="")
                | Q(at_most__isnull=False, at_most__gt=0, unit__in=LimitUnit.values),
                name="patient_limit_amount_whole",
                violation_error_message="An amount is more than nothing, and says whether it is degrees or kilograms.",
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=models.F("said_on")),
                name="patient_limit_ends_after_it_began",
                violation_error_message="A limit cannot end before it was set.",
            ),
            models.CheckConstraint(
                condition=Q(side__in=["", *BodySide.values]), name="patient_limit_side_known"
            ),
            models.UniqueConstraint(
                fields=["patient", "words", "side", "said_by", "said_on"],
                condition=Q(cleared_on=None),
                name="patient_limit_once",
                violation_error_message="This limit is recorded already and not cleared.",
            ),
            cleared_whole("patient_limit_cleared_whole"),
        ]

    def __str__(self) -> str:
        return self.words
