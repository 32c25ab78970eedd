"""Where a panel's arrows run: from places on the posed body to curves in the view."""

import math
from collections.abc import Sequence

import numpy as np

from plans.figures.draw.arrays import Points, cross, dot, on_grid, unit_vector
from plans.figures.draw.arrows import ArrowShape
from plans.figures.draw.camera import Camera
from plans.figures.draw.canvas import bow, turned_by
from plans.figures.draw.pose import Pose
from plans.figures.spec import Arrow, ArrowKind, Way
from plans.figures.words import Direction, PartName

HELD_LENGTH = 9.0  # percent of stature
HALF_TURN, HALF_TILT = 105, 50  # degrees on either side of what is nearest to us; of the front
ALONG = 0.7  # cosine
CROWN = 5.0  # percent of stature above the middle of the head
TURN_STEPS = 25
GAP = 2.0  # percent of stature between the place and a held arrow
# Percent of stature from the middle of a part to an arrow that turns around it.
AROUND = {
    PartName.HEAD: 7.5, PartName.NECK: 6.0, PartName.TRUNK: 14.0, PartName.CHEST: 13.0, PartName.BELLY: 13.0,
    PartName.PELVIS: 14.0, PartName.THIGH: 7.5, PartName.HIP: 9.0, PartName.KNEE: 6.5, PartName.SHIN: 5.5,
    PartName.UPPER_ARM: 5.0, PartName.SHOULDER: 6.5, PartName.FOREARM: 4.5, PartName.WRIST: 4.0,
}  # fmt: skip
USUAL_AROUND = 5.0


def plan_arrow(arrow: Arrow, poses: Sequence[Pose], index: int, camera: Camera) -> ArrowShape:
    """The arrow in centimetres of the view, up counted upward; `poses` of all panels, this one at `index`."""
    pose = poses[index]
    stature = pose.body.stature
    if arrow.kind is ArrowKind.TURNING:
        return ArrowShape(_flat(camera, _around(arrow, pose, camera)), (False, True))
    began = poses[arrow.start_panel] if arrow.start_panel is not None else pose
    start = np.asarray(began.place(arrow.start), np.float64)
    if arrow.kind is ArrowKind.HELD:
        way = pose.direction(arrow.way or Way(), arrow.start.part, start=start)
        line = np.stack([start + way * (stature * share / 100) for share in (GAP, GAP + HELD_LENGTH)])
        return ArrowShape(_flat(camera, line), (False, True), bar=True)
    end = np.asarray(pose.place(arrow.end or arrow.start), np.float64)
    a, b = _flat(camera, np.stack([start, end]))
    if arrow.length is not None:
        a = last_of_way(a, b, arrow.length * stature / 100)
    # Up is counted upward here and downward in a picture: the bow turns over.
    line = bow(a, b, -arrow.bend * stature / 100)
    return ArrowShape(line, (arrow.kind is ArrowKind.TWO_WAY, True))


def last_of_way(a: Points, b: Points, length: float) -> Points:
    """Where a way from a to b begins when only the last `length` of it is kept."""
    way = a - b
    whole = math.sqrt(float(way[0] * way[0] + way[1] * way[1]))
    return on_grid(b + way * (length / whole)) if whole > length else a


def _flat(camera: Camera, points: Points) -> Points:
    return on_grid(camera.view(points)[:, :2])


def _around(arrow: Arrow, pose: Pose, camera: Camera) -> Points:
    part = arrow.start.part
    middle = np.asarray(pose.place(arrow.start), np.float64)
    if part.name is PartName.HEAD:  # around the crown: the face stays free
        middle = middle + unit_vector(pose.direction(Way(along=part), part)) * (
            CROWN * pose.body.stature / 100
        )
    axis = unit_vector(pose.direction(Way(along=part), part))
    way = unit_vector(pose.direction(arrow.way or Way(), part))
    toward = camera.rows[2]
    half = HALF_TURN
    if abs(float(dot(axis, way))) > ALONG:  # a tilt: about the axis from left to right, seen at the front
        axis = unit_vector(pose.direction(Way((Direction.LEFT,)), part))
        toward, half = np.asarray(pose.direction(Way((Direction.AHEAD,)), part), np.float64), HALF_TILT
    nearest = toward - axis * float(dot(toward, axis))
    if float(dot(nearest, nearest)) < 0.2:  # we look along the part: begin at the top
        nearest = np.array([0.0, 1.0, 0.0]) - axis * float(axis[1])
    nearest = unit_vector(nearest)
    aside = cross(axis, nearest)
    sense = float(dot(aside, way))
    if abs(sense) < 0.15:
        sense = float(dot(axis, way)) or 1.0
    radius = AROUND.get(part.name, USUAL_AROUND) * pose.body.stature / 100
    points = []
    for step in range(TURN_STEPS):
        angle = math.copysign(half * (2 * step / (TURN_STEPS - 1) - 1), sense * (2 * step - TURN_STEPS + 1))
        c, s = turned_by(angle)
        points.append(middle + radius * (c * nearest + s * aside))
    return np.stack(points)
