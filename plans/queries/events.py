"""What happened in a clinic since a moment, read from the rows themselves: no event is lost with a message."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from plans.models import (
    Clinic,
    LinkOpening,
    LinkUse,
    Pause,
    Publication,
    Rendering,
    RenderingState,
    Review,
    WebhookEvent,
)

RENDERED = {
    RenderingState.READY: WebhookEvent.RENDERING_READY,
    RenderingState.FAILED: WebhookEvent.RENDERING_FAILED,
}


@dataclass(frozen=True, kw_only=True)
class Event:
    """One event: its word, when, a key that stays the same however often it is read, and ids of what it is about."""

    event: WebhookEvent
    at: datetime
    key: str
    about: dict[str, str]


def events_since(clinic: Clinic, *, since: datetime) -> Iterator[Event]:
    """Yield what happened at or after `since`, each kind in its order."""
    yield from _renderings(clinic, since)
    yield from _reviews(clinic, since)
    yield from _pauses(clinic, since)
    yield from _openings(clinic, since)


def _renderings(clinic: Clinic, since: datetime) -> Iterator[Event]:
    for of in ("publication", "publication_record"):
        rows = Rendering.objects.filter(
            content__clinic=clinic,
            state__in=RENDERED,
            **{f"content__{of}__isnull": False},
        ).select_related(f"content__{of}")
        # A file that was made ahead of publishing is news on the day of the publication. Asked apart from those that
        # were finished since: each question has an index, and "one or the other" would read every file of the clinic.
        earlier = rows.filter(finished_at__lt=since, **{f"content__{of}__published_at__gte": since})
        for found in (earlier, rows.filter(finished_at__gte=since)):
            for row in found.order_by("finished_at"):
                yield _rendering(row, getattr(row.content, of))


def _rendering(row: Rendering, publication: Publication) -> Event:
    finished = row.finished_at or publication.published_at
    return Event(
        event=RENDERED[RenderingState(row.state)],
        at=max(finished, publication.published_at),
        key=f"{row.pk} {finished.isoformat()}",
        about={
            "rendering": str(row.pk),
            "publication": str(publication.pk),
            "plan": str(publication.plan_id),
            "format": row.format,
            "error_code": row.error_code,
            "url": f"/api/v1/renderings/{row.pk}/pdf/",
        },
    )


def _reviews(clinic: Clinic, since: datetime) -> Iterator[Event]:
    rows = Review.objects.filter(publication__plan__patient__clinic=clinic, found_at__gte=since)
    for row in rows.select_related("publication").order_by("found_at"):
        about = {
            "review": str(row.pk),
            "publication": str(row.publication_id),
            "plan": str(row.publication.plan_id),
        }
        yield Event(event=WebhookEvent.PLAN_TO_BE_REVIEWED, at=row.found_at, key=str(row.pk), about=about)


def _pauses(clinic: Clinic, since: datetime) -> Iterator[Event]:
    rows = Pause.objects.filter(plan__patient__clinic=clinic)
    for row in rows.filter(paused_at__gte=since).order_by("paused_at"):
        about = {"pause": str(row.pk), "plan": str(row.plan_id), "cause": row.cause}
        yield Event(event=WebhookEvent.PLAN_PAUSED, at=row.paused_at, key=str(row.pk), about=about)
    for row in rows.filter(resumed_at__gte=since).order_by("resumed_at"):
        if row.resumed_at is not None:
            about = {"pause": str(row.pk), "plan": str(row.plan_id)}
            yield Event(event=WebhookEvent.PLAN_RESUMED, at=row.resumed_at, key=str(row.pk), about=about)


def _openings(clinic: Clinic, since: datetime) -> Iterator[Event]:
    rows = LinkOpening.objects.filter(
        link__plan__patient__clinic=clinic, use=LinkUse.OPENED, at__gte=since
    ).select_related("link")
    for row in rows.order_by("at"):
        if row.link is not None:
            about = {"opening": str(row.pk), "link": str(row.link_id), "plan": str(row.link.plan_id)}
            yield Event(event=WebhookEvent.LINK_OPENED, at=row.at, key=str(row.pk), about=about)
