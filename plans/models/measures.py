"""What measures say of a patient: numbers at the start of a plan and at its reviews, and the activities they are of.

Numbers, days and sources are plain columns; the words of an activity are private, so nothing is ordered, filtered or
searched by them. What is corrected stays, with the moment since which it counts no more.
"""

from django.db import models
from django.db.models import Q

from plans.models.base import Identified
from plans.models.clinics import User
from plans.models.library_measures import Measure, MeasureText
from plans.models.logs import LogSource
from plans.models.plans import Plan
from plans.models.publications import Publication

MAX_ACTIVITIES = 3
MAX_ACTIVITY = 120
NOW: Q = Q(replaced_at=None)


class Occasion(models.TextChoices):
    """When a measure is asked for."""

    START = "start", "at the start"
    REVIEW = "review", "at the review"


class OwnActivity(Identified):
    """What a patient wants to do again, in words of their own or of the therapist: the first, second or third."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="own_activities")
    place = models.PositiveSmallIntegerField()
    words = models.CharField(max_length=MAX_ACTIVITY)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    replaced_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        ordering = ["place"]
        verbose_name_plural = "own activities"
        constraints = [
            models.UniqueConstraint(fields=["plan", "place"], condition=NOW, name="own_activity_once"),
            models.CheckConstraint(
                condition=Q(place__gte=1, place__lte=MAX_ACTIVITIES), name="own_activity_of_three"
            ),
            models.CheckConstraint(condition=~Q(words=""), name="own_activity_has_words"),
        ]

    def __str__(self) -> str:
        return f"activity {self.place}"


class Score(Identified):
    """One number of a measure, at the start of a plan or at a review; of an activity, where the measure asks for them.

    `text` is how the patient was asked, and nothing where staff or software recorded it.
    """

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="scores")
    publication = models.ForeignKey(Publication, on_delete=models.PROTECT, related_name="+")
    measure = models.ForeignKey(Measure, on_delete=models.PROTECT, related_name="scores")
    text = models.ForeignKey(MeasureText, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    occasion = models.CharField(max_length=6, choices=Occasion)
    day = models.DateField()
    activity = models.ForeignKey(
        OwnActivity, on_delete=models.PROTECT, null=True, blank=True, related_name="scores"
    )
    value = models.PositiveSmallIntegerField()
    source = models.CharField(max_length=5, choices=LogSource)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    replaced_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        ordering = ["-day", "measure", "activity__place"]
        constraints = [
            # A plan has one start, and a review is of its day.
            models.UniqueConstraint(
                fields=["plan", "measure"],
                condition=NOW & Q(occasion=Occasion.START, activity=None),
                name="score_one_start",
            ),
            models.UniqueConstraint(
                fields=["activity", "measure"],
                condition=NOW & Q(occasion=Occasion.START, activity__isnull=False),
                name="score_one_start_of_activity",
            ),
            models.UniqueConstraint(
                fields=["plan", "measure", "day"],
                condition=NOW & Q(occasion=Occasion.REVIEW, activity=None),
                name="score_one_review_a_day",
            ),
            models.UniqueConstraint(
                fields=["activity", "measure", "day"],
                condition=NOW & Q(occasion=Occasion.REVIEW, activity__isnull=False),
                name="score_one_review_of_activity_a_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.occasion}, {self.day}"
