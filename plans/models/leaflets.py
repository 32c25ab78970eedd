"""Leaflets: what a patient may know about a condition, as library files say it; shared, or of one clinic."""

from typing import Any

from django.db import models
from django.db.models import Q

from plans.models.base import Identified, WrittenOnce
from plans.models.library import Retirable, unique_code


class Leaflet(Retirable):
    """A page about one condition or several, given when the therapist wants it. Its words are in its texts."""

    conditions = models.JSONField(
        help_text="Codes of the conditions whose plans it is offered to; their kinds count too."
    )
    order = models.PositiveSmallIntegerField(default=0)
    source = models.CharField(max_length=160, blank=True)

    class Meta:
        ordering = ["order", "code"]
        constraints = unique_code("leaflet")

    def __str__(self) -> str:
        return self.code


class LeafletText(Identified, WrittenOnce):
    """A leaflet in one language. Changed words, or words for other conditions, are a new row."""

    leaflet = models.ForeignKey(Leaflet, on_delete=models.CASCADE, related_name="texts")
    language = models.CharField(max_length=10)
    number = models.PositiveIntegerField(default=1)
    title = models.CharField(max_length=70)
    sections = models.JSONField(help_text='[{"heading": …, "lines": […]}, …]; one line is a paragraph.')
    meant_for = models.JSONField(help_text="The conditions for which a reviewer reads it, as of this row.")

    class Meta:
        ordering = ["leaflet", "language", "-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["leaflet", "language", "number"], name="leaflet_text_number_once"
            ),
            models.CheckConstraint(condition=~Q(title=""), name="leaflet_text_has_title"),
        ]

    def __str__(self) -> str:
        return self.title

    def says(self) -> tuple[Any, ...]:
        """Return all that makes another row necessary when it changes."""
        return self.title, self.sections, self.meant_for
