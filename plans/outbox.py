"""Write down what happened, for the webhooks of the clinic, in the transaction in which it happens.

Whatever becomes of the process afterwards, the event is there if and only if the change is. One function for each kind
of event says what receivers are told: ids and codes, no patient data.
"""

import json
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from plans.models import (
    DownloadLink,
    FollowUp,
    FollowUpKind,
    LinkOpening,
    LogSource,
    OutboxEvent,
    Pause,
    Plan,
    Publication,
    Rendering,
    RenderingState,
    Review,
    Score,
    WebhookEvent,
)

ENDED = (RenderingState.READY, RenderingState.FAILED)
_TOLD_OF_RENDERING = ("clinic_id", "content_id", "state", "format", "error_code", "finished_at")


def add_plan_paused(pause: Pause) -> None:
    ids = {"pause": pause.pk, "plan": pause.plan_id}
    _add(WebhookEvent.PLAN_PAUSED, _clinic_of(pause.plan), pause.paused_at, **ids, cause=pause.cause)


def add_plan_resumed(pause: Pause) -> None:
    ids = {"pause": pause.pk, "plan": pause.plan_id}
    _add(WebhookEvent.PLAN_RESUMED, _clinic_of(pause.plan), pause.resumed_at or timezone.now(), **ids)


def add_plan_to_be_reviewed(review: Review) -> None:
    publication = review.publication
    ids = {"review": review.pk, "publication": publication.pk, "plan": publication.plan_id}
    _add(WebhookEvent.PLAN_TO_BE_REVIEWED, _clinic_of(publication.plan), review.created_at, **ids)


def add_follow_up_raised(follow_up: FollowUp) -> None:
    ids = {"follow_up": follow_up.pk, "plan": follow_up.plan_id}
    _add(
        WebhookEvent.FOLLOW_UP_RAISED,
        follow_up.clinic_id,
        follow_up.created_at,
        **ids,
        kind=FollowUpKind(follow_up.kind).value,
    )


def add_link_opened(opening: LinkOpening, link: DownloadLink) -> None:
    ids = {"opening": opening.pk, "link": link.pk, "plan": link.plan_id}
    _add(WebhookEvent.LINK_OPENED, _clinic_of(link.plan), opening.created_at, **ids)


def add_log_told(
    publication: Publication, *, day: date, source: LogSource, happened_at: datetime, quiet_until: datetime
) -> None:
    """Tell that somebody tells of a plan. What follows until `quiet_until` comes without an event of its own."""
    _add(
        WebhookEvent.LOG_TOLD,
        _clinic_of(publication.plan),
        happened_at,
        plan=publication.plan_id,
        publication=publication.pk,
        day=day.isoformat(),
        source=source.value,
        quiet_until=quiet_until.isoformat(),
    )


def add_measure_told(score: Score, *, clinic_id: UUID) -> None:
    """Tell that numbers of a measure were written down: which measure and when, and none of them."""
    _add(
        WebhookEvent.MEASURE_TOLD,
        clinic_id,
        timezone.now(),
        plan=score.plan_id,
        publication=score.publication_id,
        measure=score.measure.code,
        occasion=score.occasion,
        day=score.day.isoformat(),
        source=score.source,
    )


def add_rendering_ended(rendering_id: UUID) -> None:
    """Tell of a file that is ready or failed, if its content is issued; for the transaction that ends its attempt.

    Of a draft's file it is told on the day of its publication, which waits for that transaction, or it waits for the
    publication's: one of the two sees the other.
    """
    rendering = Rendering.objects.only(*_TOLD_OF_RENDERING).get(pk=rendering_id)
    issued = Q(content=rendering.content_id) | Q(record=rendering.content_id)
    publication = Publication.objects.only("plan_id", "published_at").filter(issued).order_by().first()
    if publication:
        _add_rendering(rendering, publication, rendering.finished_at or publication.published_at)


def add_renderings_issued(publication: Publication) -> None:
    """Tell of the files that were made ahead of their publication; for the transaction that publishes.

    Holds the rows, so that none of them ends unseen in between.
    """
    contents = {publication.content_id, publication.record_id}
    rows = (
        Rendering.objects.only(*_TOLD_OF_RENDERING)
        .select_for_update()
        .filter(content__in=contents)
        .order_by("pk")
    )
    ended = [row for row in rows if row.state in ENDED]
    for row in sorted(ended, key=lambda row: row.finished_at or publication.published_at):
        _add_rendering(row, publication, publication.published_at)


def _add_rendering(rendering: Rendering, publication: Publication, happened_at: datetime) -> None:
    ready = rendering.state == RenderingState.READY
    _add(
        WebhookEvent.RENDERING_READY if ready else WebhookEvent.RENDERING_FAILED,
        rendering.clinic_id,
        happened_at,
        plan=publication.plan_id,
        rendering=rendering.pk,
        publication=publication.pk,
        format=rendering.format,
        error_code=rendering.error_code,
        url=f"/api/v1/renderings/{rendering.pk}/pdf/",
    )


def _clinic_of(plan: Plan) -> UUID:
    return plan.patient.clinic_id


def _add(event: WebhookEvent, clinic_id: UUID, happened_at: datetime, **data: object) -> None:
    told = {name: str(value) for name, value in data.items()}
    body = {"type": event.value, "timestamp": happened_at.isoformat(), "data": told}
    OutboxEvent.objects.create(
        clinic_id=clinic_id,
        type=event,
        body=json.dumps(body, separators=(",", ":")),
        happened_at=happened_at,
    )
