"""Ask for renderings: rows that wait, and a wake-up for the worker after commit."""

from collections.abc import Sequence

import structlog
from django.db.models import QuerySet
from django.db.models.functions import Now

from plans.enqueue import enqueue_renderings
from plans.handout.formats import Format
from plans.models import FrozenContent, Rendering, RenderingState
from plans.queries.renderings import is_stuck
from plans.rendering.versions import engine_version, template_version

log = structlog.get_logger(__name__)

MAX_WOKEN = 200
"""Messages sent for one click; the sweep wakes the rest."""


def ask(
    *, content: FrozenContent, formats: Sequence[Format], again: bool = False, bulk: bool = False
) -> list[Rendering]:
    """Return a rendering for each format, made if there is none; `again` queues failed ones anew.

    What two askers want at once is made once: the row is unique by content, format and versions.
    """
    keys = [form.key for form in formats]
    wanted = Rendering.objects.filter(content=content, format__in=keys, **made_with())
    rows = list(wanted.all()) if keys else []
    if missing := set(keys) - {row.format for row in rows}:
        Rendering.objects.bulk_create(
            [
                Rendering(content=content, clinic_id=content.clinic_id, format=key, bulk=bulk, **made_with())
                for key in sorted(missing)
            ],
            ignore_conflicts=True,
        )
        rows = list(wanted.all())
    if again and _start_over(rows, bulk=bulk):
        rows = list(wanted.all())
    enqueue_renderings([row for row in rows if row.state == RenderingState.QUEUED])
    return rows


def _start_over(rows: Sequence[Rendering], *, bulk: bool) -> bool:
    """Queue what failed anew, end the pause of what rests, move what waits among the many before them.

    A person asks, who need not wait for the storage's next try. Gives whether any was so.
    """
    failed = [row.pk for row in rows if row.state == RenderingState.FAILED]
    waiting = [row for row in rows if row.state == RenderingState.QUEUED]
    resting = [row.pk for row in waiting if row.not_before]
    behind = [row.pk for row in rows if row.bulk and not bulk]
    if failed:
        Rendering.objects.filter(pk__in=failed, state=RenderingState.FAILED).update(**fresh())
    if resting:
        Rendering.objects.filter(pk__in=resting, state=RenderingState.QUEUED).update(not_before=None)
    if behind:
        Rendering.objects.filter(pk__in=behind, state=RenderingState.QUEUED).update(bulk=False)
    return bool(failed or resting or behind)


def make_again(rendering: Rendering) -> None:
    """Queue a ready rendering anew whose file is gone. Whoever came for it finds it waiting."""
    # By its file's name: of two who miss it, the second may come when it is made again.
    lost = Rendering.objects.filter(pk=rendering.pk, state=RenderingState.READY, file=rendering.file.name)
    if lost.update(**fresh()):
        log.error("file_lost", rendering=str(rendering.pk))
        enqueue_renderings(Rendering.objects.filter(pk=rendering.pk))


def queue_anew(rows: QuerySet[Rendering]) -> int:
    first = list(rows[:MAX_WOKEN])
    # Asked again outside: a worker or another person may have been faster.
    count = Rendering.objects.filter(is_stuck(), pk__in=rows.order_by().values("pk")).update(**fresh())
    enqueue_renderings(first)
    return count


def fresh() -> dict[str, object]:
    return {
        "state": RenderingState.QUEUED,
        "attempts": 0,
        "workers_lost": 0,
        "storage_errors": 0,
        "error_code": "",
        "error_details": "",
        "attempt_token": None,
        "lease_until": None,
        "not_before": None,
        "queued_at": Now(),
        "task_sent_at": None,
        "started_at": None,
        "finished_at": None,
        "file": "",
        "size": None,
        "sha256": "",
        "pages": None,
    }


def made_with() -> dict[str, str]:
    return {"template_version": template_version(), "engine_version": engine_version()}
