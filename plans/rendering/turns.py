"""Whose file is made next: one clinic's many must not keep another's one waiting.

A message only says that a file waits. Which one a free worker takes is decided when it is free: the oldest of the
clinic with the fewest in the making; among equals, of the clinic that was served longest ago.
"""

import uuid
from functools import lru_cache
from typing import Any

from django.db import connection
from django.db.models import Case, Count, Exists, OuterRef, QuerySet, Subquery, Value, When

from plans.models import Clinic, Rendering, RenderingState
from plans.rendering.queue import claimable, made_with


def next_in_turn(rendering_id: uuid.UUID) -> uuid.UUID | None:
    """Return the rendering to take for the message of this one: of the same band, whoever it belongs to."""
    bulk = Rendering.objects.filter(pk=rendering_id).order_by().values_list("bulk", flat=True).first()
    if bulk is None:
        return None
    with connection.cursor() as cursor:
        words, values = _question(connection.vendor, bulk=bulk, versions=tuple(made_with().values()))
        cursor.execute(words, values)
        row = cursor.fetchone()
    return uuid.UUID(str(row[0])) if row else None


@lru_cache(maxsize=8)
def _question(vendor: str, *, bulk: bool, versions: tuple[str, ...]) -> tuple[str, tuple[Any, ...]]:
    """Return the words and values of the question, which is asked before each file and put together once."""
    return _next_of_each(bulk=bulk).query.sql_with_params()


def _next_of_each(*, bulk: bool) -> QuerySet[Clinic, uuid.UUID]:
    # Counted and ordered by clinic, of which there are few, never by the rows that wait, of which there may be many.
    band = Rendering.objects.filter(bulk=bulk).order_by()
    own = band.filter(clinic=OuterRef("pk"))
    running = band.filter(state=RenderingState.RUNNING)
    count = running.filter(clinic=OuterRef("pk")).values("clinic").annotate(count=Count("pk")).values("count")
    served = own.filter(started_at__isnull=False).order_by("-started_at").values("started_at")[:1]
    waiting = claimable().filter(bulk=bulk, clinic=OuterRef("pk"))
    oldest = Subquery(waiting.order_by("queued_at").values("pk")[:1])
    clinics = Clinic.objects.filter(Exists(waiting)).order_by(
        # Of most clinics nothing is in the making: only of the others it is counted.
        Case(When(pk__in=running.values("clinic"), then=Subquery(count)), default=Value(0)),
        Subquery(served).asc(nulls_first=True),
        "pk",
    )
    return clinics.values_list(oldest, flat=True)[:1]
