"""Whose file is made next: one clinic's many must not keep another's one waiting.

A message only says that a file waits. Which one a free worker takes is decided when it is free: the oldest of the
clinic with the fewest in the making; among equals, of the clinic that was served longest ago.
"""

import uuid
from functools import lru_cache

from django.db import connection
from django.db.models import OuterRef

from plans import leases
from plans.models import Rendering
from plans.rendering.queue import claimable, made_with


def next_in_turn(rendering_id: uuid.UUID) -> uuid.UUID | None:
    """Return the rendering to take for the message of this one: of the same band, whoever it belongs to."""
    bulk = Rendering.objects.filter(pk=rendering_id).order_by().values_list("bulk", flat=True).first()
    if bulk is None:
        return None
    return leases.ask(_question(connection.vendor, bulk=bulk, versions=tuple(made_with().values())))


@lru_cache(maxsize=8)
def _question(vendor: str, *, bulk: bool, versions: tuple[str, ...]) -> leases.Question:
    waiting = claimable().filter(leases.due(), bulk=bulk, clinic=OuterRef("pk")).order_by("queued_at")
    return leases.in_turn(Rendering.objects.filter(bulk=bulk), waiting.values("pk"))
