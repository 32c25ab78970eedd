"""After commit, tell the worker: a task by its name with an id. Only a wake-up; the row is the truth."""

from collections.abc import Iterable, Sequence
from functools import partial

import structlog
from celery import current_app
from django.db import transaction
from kombu.exceptions import OperationalError

from plans.models import Reissue, Rendering, WebhookDelivery

RENDER = "plans.render"
REISSUE = "plans.bulk_reissue"
DELIVER = "plans.deliver_webhook"

log = structlog.get_logger(__name__)


def wake_renderers(renderings: Iterable[Rendering]) -> None:
    """Once this transaction has committed, send a task for each rendering to its queue."""
    waiting = [(RENDER, str(row.pk), "bulk" if row.bulk else "render") for row in renderings]
    if waiting:
        transaction.on_commit(partial(_send, waiting))


def wake_reissue(reissue: Reissue) -> None:
    """Once this transaction has committed, let a worker go on with a re-issue."""
    transaction.on_commit(partial(_send, [(REISSUE, str(reissue.pk), "bulk")]))


def wake_deliveries(deliveries: Iterable[WebhookDelivery]) -> None:
    """Once this transaction has committed, send a task for each delivery of a webhook."""
    waiting = [(DELIVER, str(row.pk), "default") for row in deliveries]
    if waiting:
        transaction.on_commit(partial(_send, waiting))


def _send(waiting: Sequence[tuple[str, str, str]]) -> None:
    for task, row_id, queue in waiting:
        try:
            current_app.send_task(task, args=[row_id], queue=queue)
        except OperationalError:
            # The broker is away. The sweep finds the queued row when it is back, so nobody waits here, and
            # the rest of the list would only wait for the same time-out again.
            log.warning("broker_away", task=task, row=row_id)
            return
