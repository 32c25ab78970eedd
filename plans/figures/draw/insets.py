"""A round close-up beside a panel: a part of the body, upright and without the things around it."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from plans.figures.draw.arrays import Points, cross, dot, on_grid, turned, unit_vector
from plans.figures.draw.arrow_plans import plan_arrow
from plans.figures.draw.arrows import ArrowShape
from plans.figures.draw.camera import Camera, Window
from plans.figures.draw.free_place import free_place
from plans.figures.draw.pose import Pose
from plans.figures.spec import Inset, Part, Place, Way
from plans.figures.words import Direction, PartName

RADIUS = 19.0  # percent of stature, in the panel


@dataclass(frozen=True)
class UprightCamera(Camera):
    """Sees the room turned so that the trunk is upright and looks where that of who stands does."""

    frame: Points  # (3, 3)

    @property
    def rows(self) -> Points:
        plain = Camera(self.around, self.up).rows
        return on_grid(turned(np.ascontiguousarray(self.frame.T), plain).T, 1 << 20)


@dataclass(frozen=True)
class InsetPlan:
    """In centimetres: `at`, `middle` and `radius` in the view of the panel, the window and arrows in its own."""

    camera: Camera
    window: Window
    arrows: tuple[ArrowShape, ...]
    at: Points
    middle: Points
    radius: float

    @property
    def ends(self) -> Points:
        reach = np.array([self.radius, self.radius])
        return np.stack([self.middle - reach, self.middle + reach])


def plan_inset(inset: Inset, poses: Sequence[Pose], index: int, camera: Camera) -> InsetPlan:
    pose = poses[index]
    stature = pose.body.stature
    close = inset.camera.close_up
    if close is None:
        raise ValueError("an inset shows a place of the body")
    own = UprightCamera(inset.camera.around, inset.camera.up, _upright(pose))
    place = np.asarray(pose.place(close.center), np.float64)
    x, y = own.view(place[None])[0, :2].tolist()
    half, radius = close.width * stature / 200, RADIUS * stature / 100
    part = np.asarray(pose.place(Place(close.center.part)), np.float64)
    at = on_grid(camera.view(part[None]))[0, :2]
    return InsetPlan(
        camera=own,
        window=Window(x - half, y - half, x + half, y + half),
        arrows=tuple(plan_arrow(arrow, poses, index, own) for arrow in inset.arrows),
        at=at,
        middle=free_place(camera.view(pose.vertices[::5])[:, :2], at, radius),
        radius=radius,
    )


def _upright(pose: Pose) -> Points:
    """Rows that turn the room: where the chest looks becomes x, from pelvis to neck becomes y."""
    # Not the pelvis's own way up: where the pelvis tilts, trunk and thighs have to stay and it has to turn.
    neck, pelvis = (
        np.asarray(pose.place(Place(Part(name))), np.float64) for name in (PartName.NECK, PartName.PELVIS)
    )
    up = unit_vector(neck - pelvis)
    front = np.asarray(pose.direction(Way((Direction.AHEAD,)), None), np.float64)
    front = unit_vector(front - up * float(dot(front, up)))
    return np.stack([front, up, cross(front, up)])
