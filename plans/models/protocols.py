"""Protocols: a clinic's named programmes, from which plans are made."""

from django.db import models
from django.db.models import Q

from plans.libraryfiles.vocabulary import Anchor
from plans.models.base import DoseColumns, FrequencyColumns, Identified, easier_column
from plans.models.clinics import Clinic, User
from plans.models.exercises import Exercise
from plans.models.folded import FoldedField
from plans.models.library import Advice, Condition


class Protocol(FrequencyColumns, Identified):
    """A clinic's programme, for a phase of an illness: its window counts whole days, `next` follows on it.

    Its frequency is the default of items that name none; retired, it is offered no more."""

    clinic = models.ForeignKey(Clinic, on_delete=models.CASCADE, related_name="protocols")
    kept_by = models.ForeignKey(
        User,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        help_text="The therapist whose own it is; without one it is the clinic's.",
    )
    title = models.CharField(max_length=120)
    search_text = FoldedField(of=("title",))
    condition = models.ForeignKey(
        Condition, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    phase = models.CharField(max_length=40, blank=True, help_text="Such as: 1 of 3, or early.")
    window_anchor = models.CharField(
        max_length=10,
        blank=True,
        choices=[(anchor.value, anchor.words) for anchor in Anchor],
        verbose_name="window counts from",
    )
    window_from_day = models.IntegerField(null=True, blank=True, verbose_name="from day")
    window_to_day = models.IntegerField(
        null=True, blank=True, verbose_name="to day", help_text="This day is no longer inside."
    )
    go_on_when = models.JSONField(
        default=dict, blank=True, help_text="The criteria for the next protocol, by language."
    )
    next = models.ForeignKey(
        "self",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="next protocol",
    )
    guidance = models.TextField(
        blank=True, max_length=2000, verbose_name="note for therapists", help_text="Never printed."
    )
    goals = models.TextField(blank=True, max_length=600)
    therapies = models.ManyToManyField(
        Advice, blank=True, related_name="+", verbose_name="other therapies", help_text="Printed as notes."
    )
    note = models.TextField(blank=True, max_length=600, verbose_name="note to the patient")
    retired_on = models.DateField(null=True, blank=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["title"]
        constraints = [
            # A therapist chooses by the title; what was retired gives its title free.
            models.UniqueConstraint(
                fields=["clinic", "title"], condition=Q(retired_on=None), name="protocol_title_once_in_use"
            ),
            models.CheckConstraint(
                condition=Q(window_from_day=None)
                | Q(window_to_day=None)
                | Q(window_from_day__lt=models.F("window_to_day")),
                name="protocol_window_has_days",
                violation_error_message="The window ends before it begins.",
            ),
            models.CheckConstraint(
                condition=~Q(window_anchor="") | Q(window_from_day=None, window_to_day=None),
                name="protocol_window_has_anchor",
                violation_error_message="The window names no date to count its days from.",
            ),
            models.CheckConstraint(
                condition=Q(next=None) | ~Q(next=models.F("id")),
                name="protocol_next_is_another",
                violation_error_message="A protocol does not follow itself.",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def criteria(self) -> list[dict[str, str]]:
        """When to go on to the next protocol, as a list."""
        return [{"language": code, "words": words} for code, words in self.go_on_when.items()]


class ProtocolItem(DoseColumns, Identified):
    """One exercise of a protocol with its own dose. It names the exercise: a plan takes what is approved that day."""

    protocol = models.ForeignKey(Protocol, on_delete=models.CASCADE, related_name="items")
    order = models.PositiveSmallIntegerField(default=0, db_index=True)
    exercise = models.ForeignKey(Exercise, on_delete=models.PROTECT, related_name="+")
    note = models.CharField(max_length=300, blank=True, verbose_name="own note")
    extra_caution = models.CharField(max_length=200, blank=True)
    offers_easier = easier_column()

    class Meta:
        ordering = ["order", "id"]
        constraints = [
            # A day of the calendar belongs to one patient's plan.
            models.CheckConstraint(condition=Q(until=None), name="protocol_item_names_no_day"),
        ]

    def __str__(self) -> str:
        return self.exercise.code
