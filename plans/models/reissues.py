"""Re-issuing many plans at once, after an exercise was recalled or a clinic's address changed."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from plans.models.base import Identified
from plans.models.clinics import Clinic, User
from plans.models.exercises import Exercise
from plans.models.plans import Plan
from plans.models.publications import Publication


class Reissue(Identified):
    """A person's order to issue many plans of a clinic again; `recalled` is the exercise that caused it.

    A worker goes on with it when it is woken for the present `turn`, and each turn is taken once.
    """

    clinic = models.ForeignKey(Clinic, on_delete=models.PROTECT, related_name="reissues")
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    recalled = models.ForeignKey(Exercise, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    why = models.CharField(max_length=240)
    created_at = models.DateTimeField(auto_now_add=True)
    turn = models.PositiveIntegerField(default=0)
    task_sent_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return self.why


class ReissueState(models.TextChoices):
    """How far one plan of a re-issue is."""

    WAITING = "waiting", "waiting"
    ISSUED = "issued", "issued again"
    UNCHANGED = "unchanged", "nothing to change"
    REFUSED = "refused", "needs a person"


class ReissuedPlan(Identified):
    """One plan of a re-issue; refused when it needs a person, with codes for programs and sentences for people.

    `tries` are counted before each try, so that a plan that ends its worker is given up too.
    """

    reissue = models.ForeignKey(Reissue, on_delete=models.CASCADE, related_name="plans")
    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="+")
    state = models.CharField(max_length=10, choices=ReissueState, default=ReissueState.WAITING)
    tries = models.PositiveSmallIntegerField(default=0)
    codes = models.JSONField(default=list)
    because = models.JSONField(default=list)
    publication = models.ForeignKey(
        Publication, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["reissue", "id"]
        constraints = [
            models.UniqueConstraint(fields=["reissue", "plan"], name="reissued_plan_once"),
            models.CheckConstraint(
                condition=~Q(state=ReissueState.ISSUED) | Q(publication__isnull=False),
                name="reissued_plan_issued_has_publication",
            ),
        ]

    def __str__(self) -> str:
        return self.state
