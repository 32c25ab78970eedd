"""A panel ready to be drawn: posed, with its things, seen by its camera through a window."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from plans.figures.body.regions import region_weight
from plans.figures.draw.arrays import Points
from plans.figures.draw.arrow_plans import plan_arrow
from plans.figures.draw.arrows import ArrowShape
from plans.figures.draw.camera import Camera, Window
from plans.figures.draw.furniture import WALL
from plans.figures.draw.ground import way
from plans.figures.draw.insets import InsetPlan, plan_inset
from plans.figures.draw.mark_plans import MarkPlan, plan_mark
from plans.figures.draw.mesh import Mesh
from plans.figures.draw.pose import Pose
from plans.figures.draw.props import meshes_of
from plans.figures.draw.shapes import box
from plans.figures.draw.tints import Tinted
from plans.figures.spec import ArrowKind, Panel
from plans.figures.words import MarkKind, PropKind

MARGIN, ARROW_MARGIN = 3.0, 7.0  # centimetres of paper around what is shown
CLOSE_UP_HEIGHT = 0.9  # of its width
FOR_ARROWS, TIP = 0.2, 1.5  # share of its height that a close-up grows on a side; centimetres beyond a tip
ALIKE = 1.35  # close-ups that together are so much higher than one of them stay apart
FLOOR = "#e6e9ec"
FLOOR_THICK, FLOOR_BEYOND, FLOOR_HALF_DEPTH = 2.0, 8.0, 32.0
ENDLESS = 100.0  # centimetres: the ends of the floor are not seen in a close-up
STEEP = 50.0  # degrees from which on a camera looks down onto the floor: it needs no line
OWN_FLOOR = (PropKind.MAT, PropKind.POOL)


@dataclass(frozen=True)
class Shot:
    """What of one panel does not depend on its size in the picture."""

    pose: Pose
    ghost: Pose | None
    camera: Camera
    window: Window
    near: bool
    things: tuple[Mesh, ...]
    tints: tuple[Tinted, ...]
    arrows: tuple[ArrowShape, ...]
    marks: tuple[MarkPlan, ...]
    eyes_closed: bool
    inset: InsetPlan | None = None


def take(panel: Panel, poses: Sequence[Pose], index: int, *, endless_floor: bool = False) -> Shot:
    """`poses`: of all panels of the figure; this one's at `index`."""
    pose = poses[index]
    camera = Camera(panel.camera.around, panel.camera.up)
    things = [mesh for prop in pose.props for mesh in meshes_of(prop, pose.body.stature)]
    walked = [arrow for arrow in panel.arrows if arrow.kind is ArrowKind.WALKED]
    things += [way([pose.place(place) for place in arrow.through]) for arrow in walked]
    floor = None
    if camera.up < STEEP and not any(prop.kind in OWN_FLOOR for prop in pose.props):
        endless = endless_floor or panel.camera.close_up is not None
        floor = _floor(pose, things, ENDLESS if endless else FLOOR_BEYOND)
    ghost = poses[panel.ghost.panel] if panel.ghost else None
    arrows = tuple(plan_arrow(arrow, poses, index, camera) for arrow in panel.arrows if arrow not in walked)
    marks = tuple(plan_mark(mark, pose, camera) for mark in panel.marks)
    tints = tuple(
        Tinted(
            region_weight(pose.body, str(tint.muscle), tint.side.value if tint.side else None),
            tint.effect.value,
        )
        for tint in panel.tints
    )
    closed = any(mark.kind is MarkKind.EYES_CLOSED for mark in panel.marks)
    shown = [pose.vertices, *([ghost.vertices] if ghost else [])]
    shown += [
        np.minimum(thing.vertices, _top(shown)) if _endless(thing) else thing.vertices for thing in things
    ]
    if floor is not None:
        shown.append(_floor(pose, things, FLOOR_BEYOND).vertices)
        things.append(floor)
    inset = plan_inset(panel.inset, poses, index, camera) if panel.inset else None
    window = _around(camera, shown, arrows, marks, inset)
    close = _close_up(panel, pose, camera)
    if close is not None:
        window = _without_empty_paper(close, camera, shown, arrows)
    return Shot(
        pose,
        ghost,
        camera,
        window,
        panel.camera.close_up is not None,
        tuple(things),
        tints,
        arrows,
        marks,
        closed,
        inset,
    )


def _endless(thing: Mesh) -> bool:
    """A wall goes on; it need not be seen up to its upper edge."""
    return thing.colour == WALL


def _top(shown: Sequence[Points]) -> Points:
    return np.array([np.inf, max(float(points[:, 1].max()) for points in shown), np.inf])


def _floor(pose: Pose, things: Sequence[Mesh], beyond: float) -> Mesh:
    points = np.concatenate([pose.vertices, *(thing.vertices for thing in things)])
    low, high = points.min(axis=0), points.max(axis=0)
    middle = (low + high) / 2
    wide = float(high[0] - low[0]) + 2 * beyond
    deep = max(float(high[2] - low[2]) + 2 * beyond, 2 * FLOOR_HALF_DEPTH)
    return box((middle[0], -FLOOR_THICK, middle[2]), (wide, FLOOR_THICK, deep), FLOOR)


def _close_up(panel: Panel, pose: Pose, camera: Camera) -> Window | None:
    close = panel.camera.close_up
    if close is None:
        return None
    x, y = camera.view(np.asarray(pose.place(close.center), np.float64)[None])[0, :2].tolist()
    half = close.width * pose.body.stature / 200
    high = half * CLOSE_UP_HEIGHT
    return Window(x - half, y - high, x + half, y + high)


def _without_empty_paper(
    close: Window, camera: Camera, shown: Sequence[Points], arrows: Sequence[ArrowShape]
) -> Window:
    """A close-up is as high as what it shows: who lies is low."""
    lines = [arrow.line for arrow in arrows]
    points = np.concatenate([camera.view(np.concatenate(list(shown)))[:, :2], *lines])
    inside = points[(points[:, 0] > close.left) & (points[:, 0] < close.right), 1]
    if not len(inside):
        return close
    bottom = max(close.bottom, float(inside.min()) - MARGIN)
    top = min(close.top, float(inside.max()) + MARGIN)
    if top - bottom <= 2 * MARGIN:
        return close
    more = (close.top - close.bottom) * FOR_ARROWS
    for line in lines:
        bottom = min(bottom, max(float(line[:, 1].min()) - TIP, close.bottom - more))
        top = max(top, min(float(line[:, 1].max()) + TIP, close.top + more))
    return Window(close.left, bottom, close.right, top)


def _around(
    camera: Camera,
    shown: Sequence[Points],
    arrows: Sequence[ArrowShape],
    marks: Sequence[MarkPlan],
    inset: InsetPlan | None,
) -> Window:
    view = camera.view(np.concatenate(list(shown)))
    low, high = view.min(axis=0)[:2] - MARGIN, view.max(axis=0)[:2] + MARGIN
    lines = [arrow.line for arrow in arrows] + [mark.ends for mark in marks if len(mark.ends)]
    lines += [inset.ends] if inset else []
    for line in lines:
        low = np.minimum(low, line.min(axis=0) - ARROW_MARGIN)
        high = np.maximum(high, line.max(axis=0) + ARROW_MARGIN)
    return Window(float(low[0]), float(low[1]), float(high[0]), float(high[1]))


def on_one_floor(shots: Sequence[Shot]) -> list[Shot]:
    """Close-ups of one size and nearly one height show the same height, so that all have one floor line."""
    found = list(shots)
    near = [index for index, shot in enumerate(shots) if shot.near]
    for width in {round(_width(shots[index]), 3) for index in near}:
        alike = [index for index in near if round(_width(shots[index]), 3) == width]
        windows = [shots[index].window for index in alike]
        bottom, top = min(w.bottom for w in windows), max(w.top for w in windows)
        if top - bottom <= ALIKE * max(w.top - w.bottom for w in windows):
            for index in alike:
                found[index] = replace(
                    shots[index], window=replace(shots[index].window, bottom=bottom, top=top)
                )
    return found


def _width(shot: Shot) -> float:
    return shot.window.right - shot.window.left
