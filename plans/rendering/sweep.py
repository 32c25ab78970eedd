"""The sweep: wake what waits, free what a dead worker held, park what kills its workers."""

from contextlib import suppress
from datetime import timedelta
from functools import partial

import structlog
from django.db.models import F, Q
from django.db.models.functions import Now

from plans import leases, outbox
from plans.enqueue import enqueue_renderings, messages_waiting, render_queue
from plans.models import Rendering, RenderingState
from plans.rendering import storage
from plans.rendering.claim import file_name

MAX_WORKERS_LOST = 3
WAITED_TOO_LONG = timedelta(seconds=15)
WOKEN_AGAIN = timedelta(seconds=30)
MAX_MESSAGES = 3000
"""In each queue, by the sweep: 300 renderings a second, and two megabytes of the broker's memory."""
BATCH = 200

_PARKED = {
    "state": RenderingState.FAILED,
    "error_code": "worker_lost",
    "error_details": f"{MAX_WORKERS_LOST} workers stopped in the middle of this handout.",
}

log = structlog.get_logger(__name__)


def sweep() -> None:
    """Do all of it. Two sweeps at once do no harm: each step is one conditional UPDATE or a mere wake-up."""
    orphans = free_lost()
    enqueue_waiting()
    # Last, and no further than the storage works: the rows must not wait for it.
    with suppress(storage.StorageFailed):
        for name in orphans:
            storage.discard(name)


def free_lost() -> list[str]:
    """Queue again what a lost worker held; after three lost workers, park it as failed.

    Gives the names of the files that those workers may have begun.
    """
    lost = leases.lost(Rendering.objects.only("pk", "content_id", "attempt_token", "workers_lost"))
    return [file_name(row) for row in lost[:BATCH] if _free(row)]


def _free(row: Rendering) -> bool:
    parked = row.workers_lost >= MAX_WORKERS_LOST - 1
    columns = (
        {**_PARKED, "finished_at": Now()} if parked else {"state": RenderingState.QUEUED, "finished_at": None}
    )
    tell = partial(outbox.add_rendering_ended, row.pk) if parked else None
    freed = leases.free(row, {**columns, "workers_lost": F("workers_lost") + 1}, then=tell)
    if freed:
        log.warning("worker_lost", rendering=str(row.pk), parked=parked)
    return freed


def enqueue_waiting() -> None:
    """Wake workers for what has waited too long: its message was lost, or a pause is over.

    As many at once as a broker may hold messages, however many wait: a night without workers leaves no heap of
    messages, and an empty queue is filled at once.
    """
    late = Rendering.objects.filter(leases.due(), queued_at__lt=Now() - WAITED_TOO_LONG)
    for bulk in (False, True):
        in_queue = messages_waiting(render_queue(bulk=bulk))
        waiting = late.filter(bulk=bulk).order_by(F("task_sent_at").asc(nulls_first=True), "queued_at")
        # While there are messages, those that were sent a moment ago are among them.
        unheard = Q(task_sent_at=None) | Q(task_sent_at__lt=Now() - WOKEN_AGAIN) if in_queue else Q()
        rows = list(waiting.filter(unheard)[: max(0, MAX_MESSAGES - in_queue)])
        Rendering.objects.filter(pk__in=[row.pk for row in rows]).update(task_sent_at=Now())
        enqueue_renderings(rows)
