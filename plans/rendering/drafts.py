"""Throw away what was asked for, or rendered, for publish pages and never published."""

from contextlib import suppress
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from plans.enqueue import enqueue_clearing
from plans.models import FrozenContent, Rendering, RenderingState
from plans.rendering import storage

KEPT = timedelta(hours=2)
BATCH = 200


def drop_overtaken(content: FrozenContent) -> None:
    """Take the files of a plan's older drafts out of the queue: it went on, and nobody will publish them.

    So however often a draft is looked at while it is written, one of its states waits for the worker.
    """
    older = FrozenContent.objects.filter(plan=content.plan, seen_as_draft_at__isnull=False)
    waiting = Rendering.objects.filter(content__in=older.exclude(pk=content.pk), state=RenderingState.QUEUED)
    waiting.delete()


def drop_old_drafts() -> None:
    """Drop the drafts that nobody has looked at for a while, their rows and then their files, some at a time."""
    dropped, files = _drop_rows()
    # No further than the storage works: what stays has no row any more, and is found as a stray.
    with suppress(storage.StorageFailed):
        for name in files:
            storage.discard(name)
    if dropped == BATCH:
        enqueue_clearing()


@transaction.atomic
def _drop_rows() -> tuple[int, list[str]]:
    # Held until the commit. What is being published at this moment is held by its publisher and passed over;
    # a publisher who comes later waits here, and then writes the content anew.
    old = FrozenContent.objects.filter(seen_as_draft_at__lt=timezone.now() - KEPT)
    held = old.select_for_update(skip_locked=True).order_by("seen_as_draft_at")
    ids = list(held.values_list("pk", flat=True)[:BATCH])
    files = list(Rendering.objects.filter(content__in=ids).exclude(file="").values_list("file", flat=True))
    FrozenContent.objects.filter(pk__in=ids).delete()
    return len(ids), files
