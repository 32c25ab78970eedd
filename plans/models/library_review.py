"""A clinic's review of the library: what was sent back with a note, and where each reviewer is."""

from django.db import models
from django.db.models import Q

from plans.models.base import Identified
from plans.models.clinics import Clinic, User
from plans.models.exercises import ExerciseRevision
from plans.models.leaflets import LeafletText
from plans.models.library import AdviceText, SymptomSentence
from plans.models.library_measures import MeasureText
from plans.models.library_protocols import LibraryProtocolRevision
from plans.models.rules import RuleRevision
from plans.models.vocabulary import VocabularyRevision

SENT = ("revision", "rule", "advice", "leaflet", "vocabulary", "protocol", "sign", "measure")


def exactly_one_sent() -> Q:
    ways = [Q(**{f"{thing}__isnull": thing != named for thing in SENT}) for named in SENT]
    condition = ways[0]
    for way in ways[1:]:
        condition |= way
    return condition


def _sent(to: type[models.Model]) -> "models.ForeignKey[models.Model | None, models.Model | None]":
    return models.ForeignKey(to, on_delete=models.CASCADE, null=True, blank=True, related_name="sent_back")


class SentBack(Identified):
    """A version that a reviewer does not approve, and why: open until there is a newer one, or it is approved.

    The words speak of the library, not of a patient: plain.
    """

    clinic = models.ForeignKey(Clinic, on_delete=models.CASCADE, related_name="+")
    revision = _sent(ExerciseRevision)
    rule = _sent(RuleRevision)
    advice = _sent(AdviceText)
    leaflet = _sent(LeafletText)
    vocabulary = _sent(VocabularyRevision)
    protocol = _sent(LibraryProtocolRevision)
    sign = _sent(SymptomSentence)
    measure = _sent(MeasureText)
    words = models.CharField(max_length=600)
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["-created_at"]
        verbose_name_plural = "sent back"
        constraints = [
            models.CheckConstraint(condition=exactly_one_sent(), name="sent_back_one_thing"),
            models.CheckConstraint(condition=~Q(words=""), name="sent_back_says_why"),
            models.CheckConstraint(
                condition=Q(closed_at=None, closed_by=None)
                | Q(closed_at__isnull=False, closed_by__isnull=False),
                name="sent_back_closed_by_someone",
            ),
        ]

    def __str__(self) -> str:
        return f"sent back by {self.created_by}"


class ReviewPlace(Identified):
    """Which entry a reviewer looked at last on a page of the review."""

    clinic = models.ForeignKey(Clinic, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    page = models.CharField(
        max_length=40, help_text="The region, and the kind of entries if only one is read."
    )
    kind = models.CharField(max_length=16)
    code = models.CharField(max_length=64)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["-updated_at"]
        constraints = [
            models.UniqueConstraint(fields=["clinic", "person", "page"], name="review_place_once"),
        ]

    def __str__(self) -> str:
        return f"{self.page}: {self.code}"
