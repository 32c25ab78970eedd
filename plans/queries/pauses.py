"""Which plans are paused."""

from django.db.models import Exists, OuterRef, Prefetch, Subquery

from plans.models import Pause, Plan

OPEN_PAUSES = Prefetch(
    "pauses",
    queryset=Pause.objects.filter(resumed_at=None).select_related("paused_by"),
    to_attr="open_pauses",
)
"""Reads a plan's open pause into its list `open_pauses`: one, or none."""


def open_pause(plan: Plan) -> Pause | None:
    return plan.pauses.filter(resumed_at=None).select_related("paused_by").first()


def is_paused(plan: str = "pk") -> Exists:
    return Exists(Pause.objects.filter(plan=OuterRef(plan), resumed_at=None))


def paused_since(plan: str) -> Subquery:
    """Return since when the plan, named by this field, is paused; nothing while it is not."""
    return Subquery(Pause.objects.filter(plan=OuterRef(plan), resumed_at=None).values("paused_at")[:1])
