"""Send tasks by name with an id once the transaction has committed. The row is the truth, a message saves waiting."""

from collections.abc import Iterable, Sequence
from functools import partial
from uuid import UUID

import structlog
from celery import current_app
from django.db import transaction
from kombu.exceptions import OperationalError

from plans.models import Clinic, Drawing, Exercise, Plan, Publication, Reissue, Rendering

RENDER = "plans.render"
DRAW = "plans.draw"
DRAW_PLAN = "plans.draw_plan"
DRAW_MOVING = "plans.draw_moving"
REISSUE = "plans.bulk_reissue"
DELIVER = "plans.deliver_webhook"
MAIL = "plans.send_mail"
REMINDER = "plans.send_reminder"
DUE_REMINDERS = "plans.make_reminders"
CLEAR = "plans.drop_old_drafts"
REVIEW = "plans.review_active_plans"
RECHECK = "plans.recheck"
SILENCE = "plans.follow_up_silence"

WEBHOOKS = "webhooks"
"""The queue of what is sent to other people's machines, mails among it; its senders do nothing else."""

log = structlog.get_logger(__name__)


Message = tuple[str, tuple[str | int, ...], str]
"""A task's name, its arguments and its queue."""


def enqueue_renderings(renderings: Iterable[Rendering]) -> None:
    waiting = [(RENDER, (str(row.pk),), render_queue(bulk=row.bulk)) for row in renderings]
    if waiting:
        transaction.on_commit(partial(_send, waiting))


def enqueue_drawings(drawings: Iterable[Drawing]) -> None:
    """Moving pictures come behind all others: until they are there, pages show the still ones."""
    waiting = [(DRAW, (str(row.pk),), "bulk" if row.motion else "default") for row in drawings]
    if waiting:
        transaction.on_commit(partial(_send, waiting))


def enqueue_drawings_of(plan: Plan) -> None:
    """Have the figures of a draft drawn before anybody looks at it."""
    transaction.on_commit(partial(_send, [(DRAW_PLAN, (str(plan.pk),), "default")]))


def enqueue_moving_of(publication: Publication) -> None:
    """Have the moving pictures of a version drawn before its patient looks at them."""
    transaction.on_commit(partial(_send, [(DRAW_MOVING, (str(publication.pk),), "bulk")]))


def enqueue_reissue(reissue: Reissue) -> None:
    transaction.on_commit(partial(_send, [(REISSUE, (str(reissue.pk), reissue.turn), "bulk")]))


def enqueue_deliveries(count: int = 1) -> None:
    """Tell so many senders of webhooks that something waits; which delivery, each decides when it is free."""
    if count > 0:
        transaction.on_commit(partial(_send, [(DELIVER, (), WEBHOOKS)] * count))


def enqueue_mails(count: int = 1) -> None:
    """Tell so many senders that a mail waits. They are those of the webhooks, who wait for other machines anyway."""
    if count > 0:
        transaction.on_commit(partial(_send, [(MAIL, (), WEBHOOKS)] * count))


def enqueue_reminders(count: int = 1) -> None:
    """Tell so many senders that a reminder waits."""
    if count > 0:
        transaction.on_commit(partial(_send, [(REMINDER, (), WEBHOOKS)] * count))


def enqueue_due_reminders() -> None:
    """Have the reminders made of the hours that have come."""
    transaction.on_commit(partial(_send, [(DUE_REMINDERS, (), "default")]))


def enqueue_review() -> None:
    transaction.on_commit(partial(_send, [(REVIEW, (), "bulk")]))


def enqueue_silence() -> None:
    transaction.on_commit(partial(_send, [(SILENCE, (), "bulk")]))


def enqueue_recheck(clinic: Clinic, exercise: Exercise | None = None, *, after: UUID | None = None) -> None:
    arguments = (str(clinic.pk), str(exercise.pk) if exercise else "", str(after) if after else "")
    transaction.on_commit(partial(_send, [(RECHECK, arguments, "default")]))


def enqueue_clearing() -> None:
    transaction.on_commit(partial(_send, [(CLEAR, (), "default")]))


def messages_waiting(queue: str) -> int:
    with current_app.connection_or_acquire() as connection:
        return int(connection.default_channel.queue_declare(queue=queue).message_count)


def render_queue(*, bulk: bool) -> str:
    """Return the queue of renderings, or of those that come behind all others."""
    return "bulk" if bulk else "render"


def _send(waiting: Sequence[Message]) -> None:
    for task, arguments, queue in waiting:
        try:
            current_app.send_task(task, args=arguments, queue=queue)
        except OperationalError:
            # The broker is away. The sweep finds the queued row when it is back, so nobody waits here, and
            # the rest of the list would only wait for the same time-out again.
            log.warning("broker_away", task=task, arguments=arguments)
            return
