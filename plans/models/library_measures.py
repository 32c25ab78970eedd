"""Measures as the library's files say them: what is asked, on which scale, and which change counts."""

from typing import Any

from django.db import models
from django.db.models import Q

from plans.libraryfiles.vocabulary import Better, MeasureKind
from plans.models.base import Identified, WrittenOnce, choices_of
from plans.models.library import Retirable, unique_code


class Measure(Retirable):
    """What patients are asked at the start of a plan and at its review. Its words, and its scale, are in its texts."""

    order = models.PositiveSmallIntegerField(default=0)
    source = models.CharField(max_length=160, blank=True)

    class Meta:
        ordering = ["order", "code"]
        constraints = unique_code("measure")

    def __str__(self) -> str:
        return self.code


class MeasureText(Identified, WrittenOnce):
    """A measure in one language with its scale and the changes that count: a reviewer approves all of it at once.

    Whatever of it changes is a new row. `differences` are dicts of a source's code, kind, points as text, people,
    regions and whether it is about one activity.
    """

    measure = models.ForeignKey(Measure, on_delete=models.CASCADE, related_name="texts")
    language = models.CharField(max_length=10)
    number = models.PositiveIntegerField(default=1)
    name = models.CharField(max_length=70)
    question = models.CharField(max_length=200)
    help = models.CharField(max_length=200, blank=True)
    lowest_words = models.CharField(max_length=80)
    highest_words = models.CharField(max_length=80)
    kind = models.CharField(max_length=16, choices=choices_of(MeasureKind))
    lowest = models.PositiveSmallIntegerField()
    highest = models.PositiveSmallIntegerField()
    better = models.CharField(max_length=6, choices=choices_of(Better))
    differences = models.JSONField(default=list, blank=True)

    class Meta:
        ordering = ["measure", "language", "-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["measure", "language", "number"], name="measure_text_number_once"
            ),
            models.CheckConstraint(condition=~Q(name="") & ~Q(question=""), name="measure_text_has_words"),
            models.CheckConstraint(
                condition=Q(lowest__lt=models.F("highest")), name="measure_text_scale_rises"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def says(self) -> tuple[Any, ...]:
        """Return all that makes another row necessary when it changes."""
        words = (self.name, self.question, self.help, self.lowest_words, self.highest_words)
        return *words, self.kind, self.lowest, self.highest, self.better, self.differences
