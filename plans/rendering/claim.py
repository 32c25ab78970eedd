"""Take a rendering, and write how its attempt ended: ready, failed with a code, or queued again.

After a pause when the storage failed, soon when the database did.
"""

import uuid
from collections.abc import Mapping
from datetime import timedelta
from functools import partial
from pathlib import PurePosixPath
from typing import Any

import structlog
from django.db import IntegrityError
from django.db.models.functions import Now

from plans import leases, outbox
from plans.enqueue import enqueue_renderings
from plans.exceptions import PlansError
from plans.leases import GIVEN_BACK
from plans.models import Rendering, RenderingState
from plans.rendering import storage
from plans.rendering.queue import claimable, made_with

LEASE = timedelta(seconds=15)
"""How long a dead worker holds a rendering. A living one renews it well before."""
RENEW_SECONDS = 5.0
STORAGE_PAUSES = (5, 15, 60, 300, 900)
"""Seconds to wait after each storage error; the last one again and again, until the storage works."""

Claim = leases.Claim[Rendering]

log = structlog.get_logger(__name__)


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
    """Park the rendering with its reason, unless the lease is another's by now."""
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
