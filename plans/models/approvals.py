"""Approvals: a reviewer of a clinic vouches for one thing by name and licence number, and what comes of it."""

from django.db import models
from django.db.models import Q

from plans.models.base import Identified
from plans.models.clinics import Clinic, User
from plans.models.exercises import Exercise, ExerciseRevision, ExerciseText
from plans.models.leaflets import LeafletText
from plans.models.library import AdviceText, SymptomSentence
from plans.models.library_measures import MeasureText
from plans.models.library_protocols import LibraryProtocolRevision
from plans.models.rules import RuleRevision, RuleSentence
from plans.models.vocabulary import VocabularyRevision

THINGS = (
    "revision",
    "text",
    "rule",
    "sentence",
    "advice",
    "leaflet",
    "vocabulary",
    "protocol",
    "sign",
    "measure",
)


def exactly_one_thing() -> Q:
    """Hold that one of the things is named, or else the fixed words of a language, never two."""
    ways = [Q(**{f"{thing}__isnull": thing != named for thing in THINGS}, wording="") for named in THINGS]
    ways.append(Q(**{f"{thing}__isnull": True for thing in THINGS}) & ~Q(wording=""))
    condition = ways[0]
    for way in ways[1:]:
        condition |= way
    return condition


class Approval(Identified):
    """By whom, with which licence, when. Withdrawn, it stays as history and counts no more."""

    clinic = models.ForeignKey(Clinic, on_delete=models.CASCADE, related_name="approvals")
    revision = models.ForeignKey(
        ExerciseRevision, on_delete=models.CASCADE, null=True, blank=True, related_name="approvals"
    )
    text = models.ForeignKey(
        ExerciseText, on_delete=models.CASCADE, null=True, blank=True, related_name="approvals"
    )
    rule = models.ForeignKey(
        RuleRevision, on_delete=models.CASCADE, null=True, blank=True, related_name="approvals"
    )
    sentence = models.ForeignKey(
        RuleSentence, on_delete=models.CASCADE, null=True, blank=True, related_name="approvals"
    )
    advice = models.ForeignKey(
        AdviceText, on_delete=models.CASCADE, null=True, blank=True, related_name="approvals"
    )
    leaflet = models.ForeignKey(
        LeafletText, on_delete=models.CASCADE, null=True, blank=True, related_name="approvals"
    )
    vocabulary = models.ForeignKey(
        VocabularyRevision, on_delete=models.CASCADE, null=True, blank=True, related_name="approvals"
    )
    protocol = models.ForeignKey(
        LibraryProtocolRevision, on_delete=models.CASCADE, null=True, blank=True, related_name="approvals"
    )
    sign = models.ForeignKey(
        SymptomSentence, on_delete=models.CASCADE, null=True, blank=True, related_name="approvals"
    )
    measure = models.ForeignKey(
        MeasureText, on_delete=models.CASCADE, null=True, blank=True, related_name="approvals"
    )
    wording = models.CharField(
        max_length=80, blank=True, help_text="Language and digest of the fixed words, such as es:9f2c…"
    )
    drawer = models.CharField(
        max_length=16,
        blank=True,
        default="",
        db_default="",
        help_text="Of a revision with a figure: the version of the drawer that drew it.",
    )
    approved_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    licence_number = models.CharField(max_length=40)
    approved_at = models.DateTimeField(auto_now_add=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["-approved_at"]
        constraints = [
            models.CheckConstraint(condition=exactly_one_thing(), name="approval_of_one_thing"),
            models.CheckConstraint(condition=~Q(licence_number=""), name="approval_has_licence"),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None, withdrawn_by=None)
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False),
                name="approval_withdrawn_by_someone",
            ),
            *(
                models.UniqueConstraint(
                    fields=["clinic", thing],
                    condition=Q(withdrawn_at=None) & ~Q(**{thing: None if thing != "wording" else ""}),
                    name=f"approval_once_{thing}",
                )
                for thing in (*THINGS, "wording")
            ),
        ]

    def __str__(self) -> str:
        return f"approved by {self.approved_by}, licence {self.licence_number}"


class ExerciseInUse(Identified):
    """The revision of an exercise that a clinic's plans and lists take: the one its reviewer approved last.

    A newer revision that waits changes nothing here. When the approval is withdrawn the row goes, and no older
    revision comes back until a reviewer approves it anew.
    """

    clinic = models.ForeignKey(Clinic, on_delete=models.CASCADE, related_name="+")
    exercise = models.ForeignKey(Exercise, on_delete=models.CASCADE, related_name="in_use")
    revision = models.ForeignKey(ExerciseRevision, on_delete=models.CASCADE, related_name="in_use")
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["clinic", "exercise"]
        constraints = [
            models.UniqueConstraint(fields=["clinic", "exercise"], name="exercise_in_use_once_in_clinic"),
        ]

    def __str__(self) -> str:
        return str(self.revision)
