"""Who holds a rendering: one worker, by a token and a lease. The row is the truth.

queued -> running -> ready, or failed with a code, or queued again: after a pause when the storage failed, soon when
the database did. Every step is a conditional UPDATE: no rows changed means that another worker has it, or that this
one came too late. What the clocks of two machines might disagree about is compared by the database's.
"""

import time
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

import structlog
from django.db import IntegrityError, InterfaceError, OperationalError, connection, transaction
from django.db.models import F
from django.db.models.functions import Now

from plans.enqueue import enqueue_renderings
from plans.exceptions import PlansError
from plans.models import Rendering, RenderingState
from plans.rendering import storage
from plans.rendering.lease import LEASE
from plans.rendering.queue import claimable, made_with

STORAGE_PAUSES = (5, 15, 60, 300, 900)
"""Seconds to wait after each storage error; the last one again and again, until the storage works."""
DATABASE_PAUSES = (0.2, 0.5, 1, 2, 3, 5, 5, 5, 5, 5)
"""Seconds between the tries to write the end of an attempt while the database is away."""
DATABASE_AWAY = (OperationalError, InterfaceError)
GIVEN_BACK = timedelta(seconds=5)
"""How long a rendering rests that was given back: what is wrong with the database may last."""

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Claim:
    """A rendering that this worker holds until its lease ends."""

    rendering: Rendering
    token: uuid.UUID


def claim_rendering(rendering_id: uuid.UUID) -> Claim | None:
    """Take a waiting rendering for this worker, or give None when it does not wait for one of this release."""
    token = uuid.uuid4()
    try:
        if not _take(rendering_id, token):
            return None
        row = Rendering.objects.select_related("content").filter(pk=rendering_id, attempt_token=token).first()
    except DATABASE_AWAY:
        # The row may be taken all the same: the answer was lost, not the UPDATE.
        give_back(rendering_id, token)
        return None
    return Claim(row, token) if row else None


def _take(rendering_id: uuid.UUID, token: uuid.UUID) -> bool:
    try:
        with transaction.atomic():
            return bool(
                claimable()
                .filter(pk=rendering_id)
                .update(
                    state=RenderingState.RUNNING,
                    attempts=F("attempts") + 1,
                    attempt_token=token,
                    lease_until=Now() + LEASE,
                    not_before=None,
                    woken_at=None,
                    started_at=Now(),
                    **made_with(),
                )
            )
    except IntegrityError:
        # Another release asked for it and no worker of that one came; of ours the same file is there or on its way.
        Rendering.objects.filter(pk=rendering_id, state=RenderingState.QUEUED).exclude(**made_with()).delete()
        return False


def finish(claim: Claim, columns: Mapping[str, object]) -> bool:
    """Mark the rendering as ready with its file, unless the lease is another's by now; whether it is ours."""
    return _leave(
        claim.rendering.pk,
        claim.token,
        {
            "state": RenderingState.READY,
            "error_code": "",
            "error_details": "",
            "finished_at": Now(),
            **columns,
        },
    )


def fail(claim: Claim, error: PlansError) -> None:
    """Park the rendering with its reason, unless the lease is another's by now."""
    columns = {"error_code": error.code, "error_details": str(error)[:400], "finished_at": Now()}
    if _leave(claim.rendering.pk, claim.token, {"state": RenderingState.FAILED, **columns}):
        log.warning("rendering_failed", rendering=str(claim.rendering.pk), code=error.code)


def try_later(claim: Claim, error: storage.StorageFailed) -> None:
    """Queue the rendering again after a pause, longer each time. It waits for the storage as long as that takes."""
    errors = claim.rendering.storage_errors
    pause = timedelta(seconds=STORAGE_PAUSES[min(errors, len(STORAGE_PAUSES) - 1)])
    columns = {
        "storage_errors": errors + 1,
        "not_before": Now() + pause,
        "error_code": error.code,
        "error_details": str(error)[:400],
    }
    if _leave(claim.rendering.pk, claim.token, {"state": RenderingState.QUEUED, **columns}):
        log.warning("storage_failed", rendering=str(claim.rendering.pk), errors=errors + 1)


def give_back(rendering_id: uuid.UUID, token: uuid.UUID, *, at_once: bool = False) -> None:
    """Queue again what was not at fault; it counts neither as a lost worker nor as an error of the storage.

    It rests a moment, unless another worker may have it at once.
    """
    columns = {"state": RenderingState.QUEUED, "not_before": None if at_once else Now() + GIVEN_BACK}
    if _leave(rendering_id, token, columns):
        log.warning("rendering_given_back", rendering=str(rendering_id))
        if at_once:
            enqueue_renderings(Rendering.objects.filter(pk=rendering_id))


def _leave(rendering_id: uuid.UUID, token: uuid.UUID, columns: Mapping[str, object]) -> bool:
    """Write the end of this attempt if the row is still held by its token; outlast a restart of the database."""
    held = Rendering.objects.filter(pk=rendering_id, state=RenderingState.RUNNING, attempt_token=token)
    ended = {"attempt_token": None, "lease_until": None, **columns}
    for pause in DATABASE_PAUSES:
        try:
            return bool(held.update(**ended))
        except DATABASE_AWAY:
            log.warning("database_away", rendering=str(rendering_id))
            connection.close_if_unusable_or_obsolete()
            time.sleep(pause)
    return bool(held.update(**ended))
