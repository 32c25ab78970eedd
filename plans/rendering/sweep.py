"""The sweep: wake what waits, free what a dead worker held, park what kills its workers."""

from datetime import timedelta

import structlog
from django.db.models import F
from django.utils import timezone

from plans.models import FrozenContent, Rendering, RenderingState
from plans.rendering import store
from plans.rendering.lease import file_name
from plans.rendering.queue import due
from plans.wakeups import wake_renderers

MOST_WORKERS_LOST = 3
WAITED_TOO_LONG = timedelta(seconds=15)
DRAFTS_KEPT = timedelta(hours=2)
BATCH = 200

_PARKED = {
    "state": RenderingState.FAILED,
    "error_code": "worker_lost",
    "error_details": f"{MOST_WORKERS_LOST} workers stopped in the middle of this handout.",
}

log = structlog.get_logger(__name__)


def sweep() -> None:
    """Do all of it. Two sweeps at once do no harm: each step is one conditional UPDATE or a mere wake-up."""
    free_lost()
    wake_waiting()


def free_lost() -> None:
    """Queue again what a lost worker held; after three lost workers, park it as failed."""
    lost = Rendering.objects.filter(state=RenderingState.RUNNING, lease_until__lt=timezone.now())
    for row in lost.only("pk", "content_id", "attempt_token", "workers_lost")[:BATCH]:
        _free(row)


def _free(row: Rendering) -> None:
    parked = row.workers_lost >= MOST_WORKERS_LOST - 1
    # By its token: a worker that finished, or another sweep, in between leaves nothing to free.
    held = Rendering.objects.filter(
        pk=row.pk,
        attempt_token=row.attempt_token,
        state=RenderingState.RUNNING,
        lease_until__lt=timezone.now(),
    )
    freed = held.update(
        **(_PARKED if parked else {"state": RenderingState.QUEUED, "not_before": timezone.now()}),
        finished_at=timezone.now() if parked else None,
        workers_lost=F("workers_lost") + 1,
        attempt_token=None,
        lease_until=None,
    )
    if freed:
        log.warning("worker_lost", rendering=str(row.pk), parked=parked)
        store.discard(file_name(row))


def wake_waiting() -> None:
    """Wake the worker for what has waited too long: its message was lost, or a pause is over."""
    late = timezone.now() - WAITED_TOO_LONG
    waiting = Rendering.objects.filter(due(), queued_at__lt=late).order_by("bulk", "queued_at")[:BATCH]
    wake_renderers(waiting)


def drop_old_drafts() -> None:
    """Throw away what was rendered for publish pages and never published: rows first, then the files."""
    old = FrozenContent.objects.filter(
        publication=None, publication_record=None, created_at__lt=timezone.now() - DRAFTS_KEPT
    )
    ids = list(old.values_list("pk", flat=True)[:BATCH])
    files = list(Rendering.objects.filter(content__in=ids).exclude(file="").values_list("file", flat=True))
    # Asked again inside the delete: a plan published in between keeps its content.
    FrozenContent.objects.filter(pk__in=ids, publication=None, publication_record=None).delete()
    kept = set(Rendering.objects.filter(file__in=files).values_list("file", flat=True))
    for name in files:
        if name not in kept:
            store.discard(name)
