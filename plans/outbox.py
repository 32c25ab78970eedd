"""Write down what happened, for the webhooks of the clinic, in the transaction in which it happens.

Whatever becomes of the process afterwards, the event is there if and only if the change is. One function for each kind
of event says what receivers are told: ids and codes, no patient data.
"""

import json
from datetime import datetime
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from plans.models import (
    DownloadLink,
    LinkOpening,
    OutboxEvent,
    Pause,
    Plan,
    Publication,
    Rendering,
    RenderingState,
    Review,
    WebhookEvent,
)

ENDED = (RenderingState.READY, RenderingState.FAILED)


def add_plan_paused(pause: Pause) -> None:
    _add(WebhookEvent.PLAN_PAUSED, pause.plan, pause.paused_at, pause=pause.pk, cause=pause.cause)


def add_plan_resumed(pause: Pause) -> None:
    _add(WebhookEvent.PLAN_RESUMED, pause.plan, pause.resumed_at or timezone.now(), pause=pause.pk)


def add_plan_to_be_reviewed(review: Review) -> None:
    publication = review.publication
    ids = {"review": review.pk, "publication": publication.pk}
    _add(WebhookEvent.PLAN_TO_BE_REVIEWED, publication.plan, review.found_at, **ids)


def add_link_opened(opening: LinkOpening, link: DownloadLink) -> None:
    _add(WebhookEvent.LINK_OPENED, link.plan, opening.at, opening=opening.pk, link=link.pk)


def add_rendering_ended(rendering_id: UUID) -> None:
    """Tell of a file that is ready or failed, if its content is issued; for the transaction that ends its attempt.

    Of a draft's file it is told on the day of its publication, which waits for that transaction, or it waits for the
    publication's: one of the two sees the other.
    """
    rendering = Rendering.objects.get(pk=rendering_id)
    issued = Q(content=rendering.content_id) | Q(record=rendering.content_id)
    publication = Publication.objects.select_related("plan__patient").filter(issued).first()
    if publication:
        _add_rendering(rendering, publication, rendering.finished_at or publication.published_at)


def add_renderings_issued(publication: Publication) -> None:
    """Tell of the files that were made ahead of their publication; for the transaction that publishes.

    Holds the rows, so that none of them ends unseen in between.
    """
    contents = {publication.content_id, publication.record_id}
    rows = Rendering.objects.select_for_update().filter(content__in=contents).order_by("pk")
    ended = [row for row in rows if row.state in ENDED]
    for row in sorted(ended, key=lambda row: row.finished_at or publication.published_at):
        _add_rendering(row, publication, publication.published_at)


def _add_rendering(rendering: Rendering, publication: Publication, happened_at: datetime) -> None:
    _add(
        WebhookEvent.RENDERING_READY
        if rendering.state == RenderingState.READY
        else WebhookEvent.RENDERING_FAILED,
        publication.plan,
        happened_at,
        rendering=rendering.pk,
        publication=publication.pk,
        format=rendering.format,
        error_code=rendering.error_code,
        url=f"/api/v1/renderings/{rendering.pk}/pdf/",
    )


def _add(event: WebhookEvent, plan: Plan, happened_at: datetime, **data: object) -> None:
    told = {name: str(value) for name, value in {**data, "plan": plan.pk}.items()}
    body = {"type": event.value, "timestamp": happened_at.isoformat(), "data": told}
    OutboxEvent.objects.create(
        clinic_id=plan.patient.clinic_id,
        type=event,
        body=json.dumps(body, separators=(",", ":")),
        happened_at=happened_at,
    )
