"""Which file of a format counts, and how the work on files stands: what waits, since when, what failed and why."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Case, Count, Exists, F, Min, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Now

from plans.models import Publication, Rendering, RenderingState

PAUSED = "paused"
"""The reason of what waits for the end of a pause; what failed has its error code for a reason."""
UNDONE = (RenderingState.QUEUED, RenderingState.RUNNING)
NOT_READY = (*UNDONE, RenderingState.FAILED)


@dataclass(frozen=True, kw_only=True)
class Stuck:
    """How many renderings failed, or wait out a pause, for one reason, and since when the oldest waits."""

    reason: str
    count: int
    oldest: datetime


@dataclass(frozen=True, kw_only=True)
class Backlog:
    """What is not ready by state; since when the oldest waits, what came in bulk apart; what is stuck by reason."""

    states: dict[str, int]
    oldest: datetime | None
    oldest_bulk: datetime | None
    stuck: tuple[Stuck, ...]


def counting(rows: Iterable[Rendering]) -> dict[str, Rendering]:
    """Return by format the newest file that is ready, or else the newest there is: a new try takes nothing away."""
    found: dict[str, Rendering] = {}
    for row in sorted(rows, key=lambda row: (row.state == RenderingState.READY, row.queued_at)):
        found[row.format] = row
    return found


def stuck(rows: QuerySet[Rendering]) -> QuerySet[Any]:
    """Return those that wait for a person or a pause, with their `reason`, and that still count."""
    others = Rendering.objects.filter(content=OuterRef("content"), format=OuterRef("format"))
    passed_over = others.filter(Q(state=RenderingState.READY) | Q(queued_at__gt=OuterRef("queued_at")))
    reason = Case(When(state=RenderingState.FAILED, then=F("error_code")), default=Value(PAUSED))
    return rows.filter(is_stuck(), ~Exists(passed_over)).annotate(reason=reason)


def is_stuck() -> Q:
    paused = Q(state=RenderingState.QUEUED, not_before__gt=Now())
    return Q(state=RenderingState.FAILED) | paused


def missing() -> QuerySet[Any]:
    """Return the failed files that somebody misses: of plans in use, and of their newest version."""
    newest = Publication.objects.filter(plan=OuterRef("content__plan")).order_by("-number").values("pk")[:1]
    failed = stuck(Rendering.objects.filter(state=RenderingState.FAILED, content__plan__stopped_on=None))
    of_newest = Q(content__publication=F("newest")) | Q(content__publication_record=F("newest"))
    rows: QuerySet[Any] = failed.annotate(newest=Subquery(newest)).filter(of_newest)
    return rows


def oldest_wait(rows: QuerySet[Rendering], *, bulk: bool = False) -> datetime | None:
    """Say since when the oldest of these waits, whether for a worker, a pause or another try."""
    first = rows.filter(state__in=UNDONE, bulk=bulk).order_by("queued_at")
    return first.values_list("queued_at", flat=True).first()


def backlog(rows: QuerySet[Rendering]) -> Backlog:
    """Count those of these renderings that are not ready; four queries, and none reads what is done."""
    states = rows.filter(state__in=NOT_READY).order_by().values_list("state").annotate(count=Count("pk"))
    by_reason = stuck(rows).order_by().values("reason").annotate(count=Count("pk"), oldest=Min("queued_at"))
    return Backlog(
        states=dict(states),
        oldest=oldest_wait(rows),
        oldest_bulk=oldest_wait(rows, bulk=True),
        stuck=tuple(Stuck(**row) for row in by_reason.order_by("-count", "reason")),
    )
