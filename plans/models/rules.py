"""Rules: a condition and movements that do not go together, in versions written once."""

from django.db import models
from django.db.models import Q

from plans.libraryfiles.vocabulary import Anchor, Evidence, Level
from plans.models.base import Identified, WrittenOnce, choices_of
from plans.models.library import Cited, Condition, Movement, unique_code


class Rule(Cited):
    """A rule's identity; what it says, and whether it is retired, stands in its revisions."""

    class Meta:
        ordering = ["code"]
        constraints = unique_code("rule")

    def __str__(self) -> str:
        return self.code


class RuleRevision(Identified, WrittenOnce):
    """What a rule says at one time; days count from `anchor`, from_day counts and to_day does not.

    A retired one repeats what the rule said last, and fires no more: to retire a rule is a change like another.
    """

    rule = models.ForeignKey(Rule, on_delete=models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField()
    newest = models.BooleanField(default=True)
    condition = models.ForeignKey(Condition, on_delete=models.PROTECT, related_name="rule_revisions")
    movements = models.ManyToManyField(Movement, blank=True, related_name="rule_revisions")
    whole_plan = models.BooleanField(default=False)
    level = models.CharField(max_length=8, choices=[(level.value, level.value) for level in Level])
    anchor = models.CharField(
        max_length=10,
        blank=True,
        choices=choices_of(Anchor),
    )
    from_day = models.IntegerField(null=True, blank=True)
    to_day = models.IntegerField(null=True, blank=True)
    until_cleared = models.BooleanField(default=False)
    check_first = models.BooleanField(
        default=False,
        db_default=False,
        help_text="Its sentence says what to check each day before the exercises, and stands above them all.",
    )
    rationale = models.CharField(max_length=300)
    evidence = models.CharField(max_length=10, choices=[(grade.value, grade.value) for grade in Evidence])
    source = models.CharField(max_length=160)
    counter_evidence = models.CharField(max_length=300, blank=True)
    review_on = models.DateField()
    retired = models.BooleanField(default=False)
    fingerprint = models.CharField(max_length=64, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["rule", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["rule", "number"], name="rule_revision_number_once"),
            models.UniqueConstraint(fields=["rule"], condition=Q(newest=True), name="rule_one_newest"),
            models.CheckConstraint(
                condition=Q(from_day=None) | Q(to_day=None) | Q(from_day__lt=models.F("to_day")),
                name="rule_window_has_days",
            ),
            models.CheckConstraint(
                condition=~Q(anchor="") | Q(from_day=None, to_day=None), name="rule_window_has_anchor"
            ),
            models.CheckConstraint(condition=~Q(source=""), name="rule_has_source"),
            models.CheckConstraint(
                condition=Q(check_first=False) | Q(whole_plan=True, level="caution", anchor=""),
                name="rule_check_first_of_whole_plan",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rule.code}, version {self.number}"


class RuleSentence(Identified, WrittenOnce):
    """A rule's sentence for the patient in one language."""

    revision = models.ForeignKey(RuleRevision, on_delete=models.CASCADE, related_name="sentences")
    language = models.CharField(max_length=10)
    words = models.CharField(max_length=220)

    class Meta:
        ordering = ["revision", "language"]
        constraints = [
            models.UniqueConstraint(fields=["revision", "language"], name="sentence_once_per_language"),
        ]

    def __str__(self) -> str:
        return self.words
