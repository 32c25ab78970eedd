"""A worker's hold on a rendering: short, and renewed while the worker lives."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import PurePosixPath
from uuid import UUID

import structlog
from django.db import DatabaseError, connection
from django.db.models.functions import Now

from plans.models import Rendering, RenderingState

LEASE = timedelta(seconds=15)
"""How long a dead worker holds a rendering. A living one renews it well before."""
RENEW_SECONDS = 5.0

log = structlog.get_logger(__name__)


def file_name(row: Rendering) -> str:
    """Name the file of the attempt that holds the row: no two attempts write the same file."""
    if row.attempt_token is None:
        raise ValueError("nobody holds this rendering")
    return str(PurePosixPath("renderings", row.content_id[:2], f"{row.pk}-{row.attempt_token.hex[:12]}.pdf"))


@contextmanager
def renewed(rendering_id: UUID, token: UUID) -> Iterator[None]:
    """Renew the lease from a thread for as long as the work inside lasts; most work ends before the first time."""
    ended = threading.Event()
    thread = threading.Thread(target=_renew_until, args=(ended, rendering_id, token), daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()


def _renew_until(ended: threading.Event, rendering_id: UUID, token: UUID) -> None:
    held = Rendering.objects.filter(pk=rendering_id, attempt_token=token, state=RenderingState.RUNNING)
    try:
        while not ended.wait(RENEW_SECONDS):
            try:
                held.update(lease_until=Now() + LEASE)
            except DatabaseError:
                # A database that restarts is back before the lease ends; without us a long document would be made
                # a second time.
                log.warning("lease_not_renewed", rendering=str(rendering_id))
                connection.close_if_unusable_or_obsolete()
    finally:
        connection.close()
