"""Ask for renderings: rows that wait, and a wake-up for the worker after commit."""

from collections.abc import Sequence

from django.db.models import Q, QuerySet
from django.utils import timezone

from plans.models import FrozenContent, Rendering, RenderingState
from plans.queries.renderings import is_stuck
from plans.rendering.formats import Format
from plans.rendering.versions import engine_version, template_version
from plans.wakeups import wake_renderers

WOKEN_AT_ONCE = 200
"""The most messages sent for one click; the sweep wakes the rest."""


def ask(
    *, content: FrozenContent, formats: Sequence[Format], again: bool = False, bulk: bool = False
) -> list[Rendering]:
    """Give a rendering for each format, made if there is none; `again` queues failed ones anew.

    What two askers want at once is made once: the row is unique by content, format and versions.
    """
    keys = [form.key for form in formats]
    made_with = {"template_version": template_version(), "engine_version": engine_version()}
    wanted = Rendering.objects.filter(content=content, format__in=keys, **made_with)
    rows = list(wanted.all()) if keys else []
    if missing := set(keys) - {row.format for row in rows}:
        Rendering.objects.bulk_create(
            [Rendering(content=content, format=key, bulk=bulk, **made_with) for key in sorted(missing)],
            ignore_conflicts=True,
        )
        rows = list(wanted.all())
    if again and _start_over(rows, bulk=bulk):
        rows = list(wanted.all())
    wake_renderers([row for row in rows if row.state == RenderingState.QUEUED])
    return rows


def _start_over(rows: Sequence[Rendering], *, bulk: bool) -> bool:
    """Queue what failed anew, and what waits among the many before them when a person asks; whether any was so."""
    failed = [row.pk for row in rows if row.state == RenderingState.FAILED]
    behind = [row.pk for row in rows if row.bulk and not bulk and row.state == RenderingState.QUEUED]
    if failed:
        Rendering.objects.filter(pk__in=failed, state=RenderingState.FAILED).update(**fresh())
    if behind:
        Rendering.objects.filter(pk__in=behind, state=RenderingState.QUEUED).update(bulk=False)
    return bool(failed or behind)


def queue_anew(rows: QuerySet[Rendering]) -> int:
    """Start those of the rows over that failed or wait out a pause, and give how many there were."""
    first = list(rows[:WOKEN_AT_ONCE])
    # Asked again outside: a worker or another person may have been faster.
    count = Rendering.objects.filter(is_stuck(), pk__in=rows.order_by().values("pk")).update(**fresh())
    wake_renderers(first)
    return count


def fresh() -> dict[str, object]:
    """Give the columns of a rendering that starts over."""
    now = timezone.now()
    return {
        "state": RenderingState.QUEUED,
        "attempts": 0,
        "workers_lost": 0,
        "storage_errors": 0,
        "error_code": "",
        "error_details": "",
        "attempt_token": None,
        "lease_until": None,
        "not_before": now,
        "queued_at": now,
        "woken_at": None,
        "finished_at": None,
    }


def due() -> Q:
    """Hold for renderings that a worker may take now."""
    return Q(state=RenderingState.QUEUED, not_before__lte=timezone.now())
