"""Take the rendering whose turn it is, and write how its attempt ended: ready, failed with a code, or queued again.

A message only says that a file waits. Which one a free worker takes is decided when it is free: the oldest of the
clinic with the fewest in the making; among equals, of the clinic that was served longest ago. So one clinic's many do
not keep another's one waiting. What a worker was lost with goes behind the clinic's others. An attempt is queued
again after a pause when the storage failed, soon when the database did.
"""

import uuid
from collections.abc import Mapping
from datetime import timedelta
from functools import lru_cache, partial
from pathlib import PurePosixPath
from typing import Any

import structlog
from django.db import IntegrityError, connection
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Now

from plans import leases, outbox
from plans.content.records import SCHEMA
from plans.enqueue import enqueue_renderings
from plans.exceptions import PlansError
from plans.leases import GIVEN_BACK
from plans.models import FrozenContent, Rendering, RenderingState
from plans.rendering import storage
from plans.rendering.queue import made_with

LEASE = timedelta(seconds=15)
"""How long a dead worker holds a rendering. A living one renews it well before."""
RENEW_SECONDS = 5.0
VERSION_PATIENCE = timedelta(seconds=60)
"""How long a rendering waits for a worker of the release that asked for it; then any other takes it."""
STORAGE_PAUSES = (5, 15, 60, 300, 900)
"""Seconds to wait after each storage error; the last one again and again, until the storage works."""

Claim = leases.Claim[Rendering]

log = structlog.get_logger(__name__)


def claimable() -> QuerySet[Rendering]:
    """Return the renderings that a worker of this release may take, as soon as they are due."""
    # Not by a join, as the claim asks for.
    readable = Exists(FrozenContent.objects.filter(pk=OuterRef("content_id"), schema__lte=SCHEMA))
    ours = Q(**made_with()) | Q(queued_at__lt=Now() - VERSION_PATIENCE)
    return Rendering.objects.filter(ours, readable)


def next_in_turn(rendering_id: uuid.UUID) -> uuid.UUID | None:
    """Return the rendering to take for the message of this one: of the same band, whoever it belongs to."""
    bulk = Rendering.objects.filter(pk=rendering_id).order_by().values_list("bulk", flat=True).first()
    if bulk is None:
        return None
    return leases.ask(_question(connection.vendor, bulk=bulk, versions=tuple(made_with().values())))


@lru_cache(maxsize=8)
def _question(vendor: str, *, bulk: bool, versions: tuple[str, ...]) -> leases.Question:
    # What a worker was lost with may be what ended it: first, it would take down one worker after the other, and the
    # harm that ended an innocent one's would meet it again.
    order = ("workers_lost", "queued_at")
    waiting = claimable().filter(leases.due(), bulk=bulk, clinic=OuterRef("pk")).order_by(*order)
    return leases.in_turn(Rendering.objects.filter(bulk=bulk), waiting.values("pk"))


def claim_rendering(rendering_id: uuid.UUID) -> Claim | None:
    """Take a waiting rendering for this worker; None when it does not wait for one of this release."""
    try:
        return leases.claim(
            claimable(),
            rendering_id,
            lease=LEASE,
            rows=Rendering.objects.select_related("content"),
            columns={"not_before": None, "task_sent_at": None, **made_with()},
        )
    except IntegrityError:
        # Another release asked for it and no worker of that one came; of ours the same file is there or on its way.
        Rendering.objects.filter(pk=rendering_id, state=RenderingState.QUEUED).exclude(**made_with()).delete()
        return None


def file_name(row: Rendering) -> str:
    """Name the file of the attempt that holds the row: no two attempts write the same file."""
    if row.attempt_token is None:
        raise ValueError("nobody holds this rendering")
    return str(PurePosixPath("renderings", row.content_id[:2], f"{row.pk}-{row.attempt_token.hex[:12]}.pdf"))


def finish(claim: Claim, columns: Mapping[str, Any]) -> bool:
    """Mark the rendering as ready with its file, unless the lease is another's by now; whether it is ours."""
    ready = {"state": RenderingState.READY, "error_code": "", "error_details": "", "finished_at": Now()}
    return leases.finish(claim, {**ready, **columns}, then=_tell(claim))


def fail(claim: Claim, error: PlansError) -> None:
    columns = {"error_code": error.code, "error_details": str(error)[:400], "finished_at": Now()}
    if leases.finish(claim, {"state": RenderingState.FAILED, **columns}, then=_tell(claim)):
        log.warning("rendering_failed", rendering=str(claim.row.pk), code=error.code)


def try_later(claim: Claim, error: storage.StorageFailed) -> None:
    """Queue the rendering again after a pause, longer each time. It waits for the storage as long as that takes."""
    errors = claim.row.storage_errors
    pause = timedelta(seconds=STORAGE_PAUSES[min(errors, len(STORAGE_PAUSES) - 1)])
    columns = {
        "storage_errors": errors + 1,
        "not_before": Now() + pause,
        "error_code": error.code,
        "error_details": str(error)[:400],
    }
    if leases.finish(claim, {"state": RenderingState.QUEUED, **columns}):
        log.warning("storage_failed", rendering=str(claim.row.pk), errors=errors + 1)


def give_back(claim: Claim, *, at_once: bool = False) -> None:
    """Queue again what was not at fault; it counts neither as a lost worker nor as an error of the storage.

    It rests a moment, unless another worker may have it at once.
    """
    columns = {"state": RenderingState.QUEUED, "not_before": None if at_once else Now() + GIVEN_BACK}
    if leases.finish(claim, columns):
        log.warning("rendering_given_back", rendering=str(claim.row.pk))
        if at_once:
            enqueue_renderings([claim.row])


def _tell(claim: Claim) -> partial[None]:
    return partial(outbox.add_rendering_ended, claim.row.pk)
