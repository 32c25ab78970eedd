"""Figures drawn when they are needed, and kept: asked for as rows, drawn by whoever takes a row first."""

import time
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import structlog
from celery.exceptions import SoftTimeLimitExceeded
from django.db.models import QuerySet
from django.db.models.functions import Now

from plans import leases
from plans.content import DrawingContent, PlanContent
from plans.drawer import (
    DRAWER_VERSION,
    MEDIA_TYPE,
    MOTION_VERSION,
    MOVING_TYPE,
    StillFigure,
    draw,
    draw_motion,
)
from plans.enqueue import enqueue_drawings
from plans.exceptions import PlansError
from plans.models import Drawing, DrawingState, Figure, Picture
from plans.rendering.keep_drawn import keep_drawn
from plans.rendering.storage import StorageFailed

LEASE = timedelta(seconds=15)
RENEW_SECONDS = 5.0
WAITED_TOO_LONG = timedelta(seconds=15)
STORAGE_PAUSE = timedelta(seconds=15)
TRIED_AGAIN = timedelta(minutes=10)
"""How long a figure that failed rests, when pages ask for it: a newer release may have mended the fault."""
PATIENCE_SECONDS = 10.0
"""How long a rendering waits for figures that others are drawing just now; then it draws them itself."""
LOOK_AGAIN_SECONDS = 0.2
BATCH = 200
FAULTS = (ArithmeticError, AssertionError, AttributeError, LookupError, RuntimeError, TypeError, ValueError)
"""What a fault of the drawer raises: to draw again would end the same."""

Claim = leases.Claim[Drawing]

log = structlog.get_logger(__name__)


class FigureNotDrawn(PlansError):
    """A figure of this plan cannot be drawn: {problem}."""

    code = "figure_not_drawn"


class DrawerBroke(PlansError):
    """The drawer stopped at a fault of its own ({problem})."""

    code = "drawer_broke"


def drawings_of(content: PlanContent) -> list[DrawingContent]:
    found = (item.picture.drawing for item in content.items if item.picture)
    return list(dict.fromkeys(drawing for drawing in found if drawing))


def ask(wanted: Iterable[DrawingContent]) -> Mapping[UUID, Drawing]:
    """Return the drawings in colour by id; a worker is told of those that nobody asked for before."""
    wanted = list(wanted)
    return _asked(*_rows(wanted, grey=False))


def ask_moving(wanted: Iterable[DrawingContent]) -> Mapping[UUID, Drawing]:
    """Do the same for the moving pictures. One that is better left still fails with that reason, for good.

    There is no row for poses that are not here: who only looks at an old version must not fail by it.
    """
    named = {one.id_moving(MOTION_VERSION): _moving_row(one) for one in wanted}
    there = Drawing.objects.select_related("picture").in_bulk(list(named)) if named else {}
    if len(there) == len(named):
        return _asked(there, set())
    figures = Figure.objects.filter(pk__in={row.figure_id for row in named.values()})
    known = set(figures.values_list("pk", flat=True))
    return _asked(*_there({pk: row for pk, row in named.items() if row.figure_id in known}))


def _asked(rows: Mapping[UUID, Drawing], made: set[UUID]) -> Mapping[UUID, Drawing]:
    if failed := [row.pk for row in rows.values() if _may_be_mended(row)]:
        made |= _start_over(Drawing.objects.filter(pk__in=failed, started_at__lt=Now() - TRIED_AGAIN))
    enqueue_drawings([rows[pk] for pk in made if pk in rows])
    return rows


def _may_be_mended(row: Drawing) -> bool:
    return row.state == DrawingState.FAILED and row.error_code != StillFigure.code


def work(drawing_id: UUID) -> None:
    """Draw one figure that waits, and keep it; do nothing if another does, or it is there."""
    if claim := _take(drawing_id):
        _work_on(claim)


def drawn(wanted: Collection[DrawingContent], *, grey: bool) -> Mapping[DrawingContent, Picture]:
    """Return the kept pictures of these figures. What is missing is drawn here and now.

    A figure of a former drawer that was never drawn is drawn by the one in use. Raises FigureNotDrawn, StorageFailed.
    """
    rows, _ = _rows(wanted, grey=grey)
    found = {one: rows[one.id_in(grey=grey)] for one in wanted}
    missing = {one for one, row in found.items() if row.state != DrawingState.READY}
    # Whoever asks for a file again wants it tried again.
    if any(found[one].state == DrawingState.FAILED for one in missing):
        _start_over(Drawing.objects.filter(pk__in=[found[one].pk for one in missing]))
    for one in missing:
        if one.drawer == DRAWER_VERSION:
            work(found[one].pk)
    return {one: _picture(one, row, grey=grey, waited=one in missing) for one, row in found.items()}


def draw_again(drawing: DrawingContent, *, grey: bool) -> None:
    """Queue anew a drawing whose file is lost."""
    rows = Drawing.objects.filter(pk=drawing.id_in(grey=grey), state=DrawingState.READY)
    rows.update(state=DrawingState.QUEUED, picture=None, not_before=None)


def sweep_drawings() -> None:
    """Free what a lost worker held, and wake workers for what waited too long."""
    for row in leases.lost(Drawing.objects.all())[:BATCH]:
        leases.free(row, {"state": DrawingState.QUEUED})
    late = _ours().filter(leases.due(), queued_at__lt=Now() - WAITED_TOO_LONG)
    # First the pictures of sheets that somebody waits for, then those that move.
    enqueue_drawings(late.order_by("motion", "queued_at")[:BATCH])


def _rows(wanted: Iterable[DrawingContent], *, grey: bool) -> tuple[Mapping[UUID, Drawing], set[UUID]]:
    return _there({one.id_in(grey=grey): _row(one, grey=grey) for one in wanted})


def _there(named: Mapping[UUID, Drawing]) -> tuple[Mapping[UUID, Drawing], set[UUID]]:
    """Return the rows of these ids, and which of them were written just now."""
    there = Drawing.objects.select_related("picture").in_bulk(list(named)) if named else {}
    made = named.keys() - there.keys()
    if not made:
        return there, set()
    Drawing.objects.bulk_create([named[pk] for pk in made], ignore_conflicts=True)
    return Drawing.objects.select_related("picture").in_bulk(list(named)), made


def _start_over(rows: QuerySet[Drawing]) -> set[UUID]:
    failed = set(rows.filter(state=DrawingState.FAILED).values_list("pk", flat=True))
    rows.filter(pk__in=failed).update(state=DrawingState.QUEUED, not_before=None)
    return failed


def _row(wanted: DrawingContent, *, grey: bool) -> Drawing:
    return Drawing(
        pk=wanted.id_in(grey=grey),
        figure_id=wanted.figure,
        body=wanted.body,
        mirrored=wanted.mirrored,
        right_to_left=wanted.right_to_left,
        grey=grey,
        drawer=wanted.drawer,
    )


def _moving_row(wanted: DrawingContent) -> Drawing:
    return Drawing(
        pk=wanted.id_moving(MOTION_VERSION),
        figure_id=wanted.figure,
        body=wanted.body,
        mirrored=wanted.mirrored,
        drawer=_name_moving(wanted.drawer),
        motion=MOTION_VERSION,
    )


def _name_moving(drawer: str) -> str:
    # A worker of a release that draws stills alone takes every row of its drawer: it would keep a still for good.
    return f"{drawer}-moving-{MOTION_VERSION}"


def _take(pk: UUID) -> Claim | None:
    return leases.claim(_ours(), pk, lease=LEASE, rows=Drawing.objects.select_related("figure"))


def _ours() -> QuerySet[Drawing]:
    """Return what the drawer in use can draw."""
    return Drawing.objects.filter(drawer__in=(DRAWER_VERSION, _name_moving(DRAWER_VERSION)))


def _work_on(claim: Claim) -> None:
    with leases.renewed(claim, lease=LEASE, every=RENEW_SECONDS):
        try:
            media_type = MOVING_TYPE if claim.row.motion else MEDIA_TYPE
            picture = keep_drawn(_draw(claim.row), media_type=media_type)
        except StorageFailed:
            _end(claim, DrawingState.QUEUED, not_before=Now() + STORAGE_PAUSE)
            raise
        except StillFigure as error:
            # No fault: the page goes on showing the still picture.
            _end(claim, DrawingState.FAILED, error_code=error.code, error_details=str(error)[:400])
        except PlansError as error:
            _fail(claim, error)
        except FAULTS as error:
            log.exception("drawer_broke", drawing=str(claim.row.pk))
            _fail(claim, DrawerBroke(problem=type(error).__name__))
        except (SoftTimeLimitExceeded, SystemExit):
            _end(claim, DrawingState.QUEUED)
            raise
        else:
            _end(claim, DrawingState.READY, picture=picture, error_code="", error_details="")


def _draw(row: Drawing) -> bytes:
    if row.motion:
        return draw_motion(row.figure.text, body=row.body, mirrored=row.mirrored)
    return draw(
        row.figure.text,
        body=row.body,
        mirrored=row.mirrored,
        right_to_left=row.right_to_left,
        grey=row.grey,
    )


def _end(claim: Claim, state: DrawingState, **columns: object) -> None:
    leases.finish(claim, {"state": state, **columns})


def _fail(claim: Claim, error: PlansError) -> None:
    log.warning("drawing_failed", drawing=str(claim.row.pk), code=error.code)
    _end(claim, DrawingState.FAILED, error_code=error.code, error_details=str(error)[:400])


def _picture(wanted: DrawingContent, row: Drawing, *, grey: bool, waited: bool) -> Picture:
    if waited and wanted.drawer == DRAWER_VERSION:
        row = _ended(row)
    if row.picture:
        return row.picture
    if wanted.drawer != DRAWER_VERSION:
        return _of_former_drawer(wanted, grey=grey)
    if row.state == DrawingState.FAILED:
        raise FigureNotDrawn(problem=row.error_details)
    # Whoever holds it is slow: the same figure gives the same bytes, so it may be drawn twice.
    return keep_drawn(_draw(row))


def _of_former_drawer(wanted: DrawingContent, *, grey: bool) -> Picture:
    """In grey it is the kept one in colour, which the printing turns grey; without any, today's drawer draws it."""
    in_colour = Drawing.objects.filter(pk=wanted.id_in(grey=False)).select_related("picture").first()
    if in_colour and in_colour.picture:
        return in_colour.picture
    log.warning("drawn_by_newer_drawer", figure=wanted.figure[:12], drawer=wanted.drawer)
    today = replace(wanted, drawer=DRAWER_VERSION)
    return drawn([today], grey=grey)[today]


def _ended(row: Drawing) -> Drawing:
    """Wait a while for a figure that another draws."""
    until = time.monotonic() + PATIENCE_SECONDS
    rows = Drawing.objects.select_related("picture", "figure").filter(pk=row.pk)
    while (row := rows.get()).state == DrawingState.RUNNING and time.monotonic() < until:
        time.sleep(LOOK_AGAIN_SECONDS)
    return row
