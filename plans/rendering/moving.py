"""The moving pictures of a version: asked for when it is issued, and again by a page that finds none."""

from collections.abc import Iterable
from dataclasses import replace
from uuid import UUID

from plans.content import DrawingContent, PlanContent, from_json
from plans.drawer import DRAWER_VERSION, MOTION_VERSION
from plans.models import Drawing, DrawingState, Picture, Publication
from plans.rendering import drawings


def ask_for(publication: Publication) -> None:
    drawings.ask_moving(map(_today, drawings.drawings_of(from_json(publication.content.json))))


def moving_picture_of(drawing: DrawingContent) -> Drawing | None:
    """Return the moving picture of a drawing if it is there; if not, and it may move, it is asked for.

    One that a former drawer kept stays; what that never drew, the drawer in use draws of the same poses.
    """
    former = _kept(drawing) if drawing.drawer != DRAWER_VERSION else None
    if former:
        return former
    row = next(iter(drawings.ask_moving([_today(drawing)]).values()), None)
    return row if row and row.picture else None


def ids_of(wanted: Iterable[DrawingContent]) -> set[UUID]:
    """Return the ids under which the moving pictures of these drawings may be kept."""
    return {one.id_moving(MOTION_VERSION) for drawing in wanted for one in (drawing, _today(drawing))}


def ready_ids(content: PlanContent) -> list[UUID]:
    """Return the ids of the moving pictures of a content that are there: one query, and nothing is asked for."""
    wanted = ids_of(drawings.drawings_of(content))
    rows = Drawing.objects.exclude(motion="").filter(pk__in=wanted, picture__isnull=False)
    return sorted(rows.values_list("pk", flat=True))


def kept_picture(moving_id: UUID) -> Picture | None:
    row = Drawing.objects.select_related("picture").exclude(motion="").filter(pk=moving_id).first()
    return row.picture if row else None


def draw_again(moving_id: UUID) -> None:
    """Queue anew a moving picture whose file is lost."""
    rows = Drawing.objects.filter(pk=moving_id, state=DrawingState.READY).exclude(motion="")
    rows.update(state=DrawingState.QUEUED, picture=None, not_before=None)


def _kept(drawing: DrawingContent) -> Drawing | None:
    rows = Drawing.objects.select_related("picture").filter(pk=drawing.id_moving(MOTION_VERSION))
    return rows.filter(picture__isnull=False).first()


def _today(drawing: DrawingContent) -> DrawingContent:
    return replace(drawing, drawer=DRAWER_VERSION)
