"""Protocols that come with the library: an identity that stays, and revisions that are written once."""

from django.db import models
from django.db.models import Q

from plans.libraryfiles.vocabulary import Anchor
from plans.models.base import DoseColumns, Identified, WrittenOnce
from plans.models.exercises import Exercise
from plans.models.library import Cited, Condition, unique_code


class LibraryProtocol(Cited):
    """A programme of the library; what it says stands in its revisions. Retired, it is offered no more."""

    retired_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["code"]
        constraints = unique_code("library_protocol")

    def __str__(self) -> str:
        return self.code


class LibraryProtocolRevision(Identified, WrittenOnce):
    """What a protocol says at one time, in all its languages; days count from `anchor`, to_day does not count.

    `next` is the code of the protocol that follows on it. A reviewer approves a revision whole.
    """

    protocol = models.ForeignKey(LibraryProtocol, on_delete=models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField()
    newest = models.BooleanField(default=True)
    condition = models.ForeignKey(Condition, on_delete=models.PROTECT, related_name="+")
    phase = models.CharField(max_length=40, blank=True)
    anchor = models.CharField(
        max_length=10, blank=True, choices=[(anchor.value, anchor.words) for anchor in Anchor]
    )
    from_day = models.IntegerField(null=True, blank=True)
    to_day = models.IntegerField(null=True, blank=True)
    next = models.SlugField(max_length=64, blank=True)
    source = models.CharField(max_length=160)
    note = models.CharField(max_length=400, blank=True, help_text="For therapists and reviewers.")
    titles = models.JSONField(help_text="By language.")
    go_on_when = models.JSONField(default=dict, help_text="The criteria for the next protocol, by language.")
    fingerprint = models.CharField(max_length=64, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["protocol", "-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["protocol", "number"], name="library_protocol_revision_number_once"
            ),
            models.UniqueConstraint(
                fields=["protocol"], condition=Q(newest=True), name="library_protocol_one_newest"
            ),
            models.CheckConstraint(
                condition=Q(from_day=None) | Q(to_day=None) | Q(from_day__lt=models.F("to_day")),
                name="library_protocol_window_has_days",
            ),
            models.CheckConstraint(
                condition=~Q(anchor="") | Q(from_day=None, to_day=None),
                name="library_protocol_window_has_anchor",
            ),
            models.CheckConstraint(condition=~Q(source=""), name="library_protocol_has_source"),
        ]

    def __str__(self) -> str:
        return self.title_in("en")

    def title_in(self, language: str) -> str:
        titles: dict[str, str] = self.titles
        return titles.get(language.lower()) or titles.get("en") or self.protocol.code


class LibraryProtocolItem(DoseColumns, Identified, WrittenOnce):
    """One exercise of a revision with its own dose."""

    revision = models.ForeignKey(LibraryProtocolRevision, on_delete=models.CASCADE, related_name="items")
    order = models.PositiveSmallIntegerField()
    exercise = models.ForeignKey(Exercise, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["order"]
        constraints = [
            models.UniqueConstraint(fields=["revision", "exercise"], name="library_protocol_exercise_once"),
            models.CheckConstraint(condition=Q(until=None), name="library_protocol_item_names_no_day"),
        ]

    def __str__(self) -> str:
        return self.exercise.code
