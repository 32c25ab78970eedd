"""What the rules ask of plans that patients follow, and which of those plans are paused."""

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from plans.models import Pause, Plan, Review
from plans.queries.pauses import OPEN_PAUSES


@dataclass(frozen=True, kw_only=True)
class Alert:
    """A plan in use that the rules stop, ask a reason for or could not check, or that is paused."""

    plan: Plan
    review: Review | None
    pause: Pause | None

    @property
    def stops(self) -> int:
        return self.review.stops if self.review else 0

    @property
    def unanswered(self) -> int:
        return self.review.unanswered if self.review else 0

    @property
    def unchecked(self) -> bool:
        """Whether the last check failed: a person looks at the plan instead."""
        return bool(self.review and self.review.unchecked)


def alerts_of(plans: QuerySet[Plan]) -> list[Alert]:
    """Return the alerts among these plans: what goes on though stopped or unchecked first, then the others."""
    asking = Review.objects.filter(Q(stops__gt=0) | Q(unanswered__gt=0) | Q(unchecked=True), closed_at=None)
    reviews = {
        review.publication.plan_id: review
        for review in asking.filter(publication__plan__in=plans).select_related("publication")
    }
    paused = Q(pauses__isnull=False, pauses__resumed_at=None)
    rows = plans.filter(paused | Q(pk__in=reviews), stopped_on=None).distinct()
    alerts = [
        Alert(plan=plan, review=reviews.get(plan.pk), pause=next(iter(plan.open_pauses), None))
        for plan in rows.select_related("patient").prefetch_related(OPEN_PAUSES)
    ]
    return sorted(alerts, key=_gravity)


def _gravity(alert: Alert) -> tuple[bool, bool]:
    return alert.pause is not None, not (alert.stops or alert.unchecked)
