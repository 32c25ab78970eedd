"""What a therapist should look at because of what a patient told, or did not tell."""

from typing import Final

from django.db import models
from django.db.models import Case, Q, Value, When

from plans.models.base import Identified
from plans.models.clinics import Clinic, FollowUpKind, User
from plans.models.plans import Plan
from plans.models.publications import Publication

OPEN: Final = Q(done_at=None, ended_at=None)
GRAVEST_FIRST: Final = (
    FollowUpKind.SIGN,
    FollowUpKind.PAIN,
    FollowUpKind.HURTS,
    FollowUpKind.SILENT,
    FollowUpKind.EASY,
)


class FollowUp(Identified):
    """One reason to look at a patient's plan; of one kind and item one is open at a time.

    `facts` are the numbers and codes of its sentence, never words of the patient. `day` is the last one it speaks of.
    `rank` is the kind's place among GRAVEST_FIRST. A person is `done` with it; it has `ended` by itself when it is not
    so any more: something was logged, or an exercise is not easy after all.
    """

    clinic = models.ForeignKey(Clinic, on_delete=models.PROTECT, related_name="+")
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="follow_ups")
    publication = models.ForeignKey(Publication, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=6, choices=FollowUpKind)
    rank = models.GeneratedField(
        expression=Case(
            *(When(kind=kind, then=Value(place)) for place, kind in enumerate(GRAVEST_FIRST)),
            default=Value(len(GRAVEST_FIRST)),
        ),
        output_field=models.PositiveSmallIntegerField(),
        db_persist=True,
    )
    item_key = models.UUIDField(null=True, blank=True)
    day = models.DateField()
    facts = models.JSONField(default=dict)
    created_at = models.DateTimeField(auto_now_add=True)
    seen_at = models.DateTimeField(null=True, blank=True, editable=False)
    seen_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    done_at = models.DateTimeField(null=True, blank=True, editable=False)
    done_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        ordering = ["rank", "-day", "id"]
        indexes = [
            models.Index(fields=["clinic", "rank", "-day", "id"], condition=OPEN, name="follow_up_open")
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "kind", "item_key"],
                condition=OPEN & Q(item_key__isnull=False),
                name="follow_up_one_open_per_item",
            ),
            models.UniqueConstraint(
                fields=["plan", "kind"],
                condition=OPEN & Q(item_key=None),
                name="follow_up_one_open_per_plan",
            ),
            models.CheckConstraint(
                condition=Q(seen_at=None, seen_by=None) | Q(seen_at__isnull=False, seen_by__isnull=False),
                name="follow_up_seen_by_someone",
            ),
            models.CheckConstraint(
                condition=Q(done_at=None, done_by=None) | Q(done_at__isnull=False, done_by__isnull=False),
                name="follow_up_done_by_someone",
            ),
            models.CheckConstraint(condition=Q(done_at=None) | Q(ended_at=None), name="follow_up_ends_once"),
        ]

    def __str__(self) -> str:
        return f"{self.kind}, {self.day}"

    @property
    def is_open(self) -> bool:
        return self.done_at is None and self.ended_at is None
