"""Marks for breath, gaze and pelvic floor: lines in the view."""

from dataclasses import dataclass, field

import numpy as np

from plans.figures.body.body import Body, Material
from plans.figures.draw import palette as inks
from plans.figures.draw.arrays import Points, nearest_to, on_grid, unit_vector
from plans.figures.draw.arrows import ArrowShape
from plans.figures.draw.camera import Camera
from plans.figures.draw.canvas import bow, turned_by
from plans.figures.draw.free_place import free_place
from plans.figures.draw.pose import Pose
from plans.figures.draw.section import UPRIGHT
from plans.figures.spec import Mark, Place
from plans.figures.words import MarkKind

# Places on the base mesh, decimetres.
MOUTH = (0.0, 6.62, 1.4)
BACK_OF_HEAD = (0.0, 7.28, -0.95)
PELVIS, SACRUM = (0.0, 0.2, 0.9), (0.0, 0.2, -0.9)
CHEST, UPPER_BACK = (0.0, 4.5, 1.1), (0.0, 4.5, -0.6)
GAZE_LENGTH, BREATH_LENGTH = 24.0, 8.5  # percent of stature
BREATH_FAN = (-24.0, 0.0, 24.0)  # degrees
DASHES = 7
WIDE_LETTER = 0.7  # of its height
BEFORE = 4.0  # a gaze ends so far before what it looks at
ALONG = 1.5  # a trunk that is seen so much longer than deep is seen from a side, not along itself
FACING = 0.06  # of its length: who is seen from the front looks to no side
SECTION = 22.0  # radius of the section of the pelvic floor, centimetres


@dataclass(frozen=True)
class MarkPlan:
    """Arrows and dashes in centimetres of the view, up counted upward."""

    arrows: tuple[ArrowShape, ...] = ()
    dashes: tuple[Points, ...] = ()
    section_at: Points | None = None  # where the pelvis is: a small section is drawn beside it
    section_middle: Points | None = None
    section_shows: MarkKind = MarkKind.PELVIC_FLOOR_REST
    section_turned: Points = field(default_factory=lambda: UPRIGHT)  # it lies and looks as the person does
    text: str = ""
    text_at: Points | None = None
    text_high: float = 0.0
    ends: Points = field(default_factory=lambda: np.zeros((0, 2)))  # what has to be seen of it


def plan_mark(mark: Mark, pose: Pose, camera: Camera) -> MarkPlan:
    match mark.kind:
        case MarkKind.GAZE:
            return _gaze(mark, pose, camera)
        case MarkKind.BREATHE_IN | MarkKind.BREATHE_OUT:
            return _breath(pose, camera, inward=mark.kind is MarkKind.BREATHE_IN)
        case MarkKind.PELVIC_FLOOR_LIFT | MarkKind.PELVIC_FLOOR_RELEASE | MarkKind.PELVIC_FLOOR_REST:
            return _section(pose, camera, mark.kind)
        case MarkKind.WRITING if mark.at:
            return _writing(mark.text, mark.size, _seen(camera, np.asarray(pose.place(mark.at))), pose.body)
    return MarkPlan()


def _gaze(mark: Mark, pose: Pose, camera: Camera) -> MarkPlan:
    eyes = _eyes(pose)
    way = np.asarray(pose.direction(mark.way, None, start=eyes), np.float64) if mark.way else _forward(pose)
    length = GAZE_LENGTH * pose.body.stature / 100
    if mark.way and mark.way.toward:
        seen = np.asarray(pose.place(Place(mark.way.toward)), np.float64) - eyes
        away = float(np.sqrt((seen * seen).sum()))
        length = max(length, away - BEFORE * pose.body.stature / 100)
    points = [
        _seen(camera, eyes + way * (length * (0.14 + 0.86 * k / (2 * DASHES)))) for k in range(2 * DASHES + 1)
    ]
    dashes = tuple(np.stack(points[k : k + 2]) for k in range(0, 2 * DASHES - 2, 2))
    tip = ArrowShape(np.stack(points[-3:]), (False, True), number=inks.MARK)
    return MarkPlan(arrows=(tip,), dashes=dashes, ends=np.stack(points))


def _breath(pose: Pose, camera: Camera, *, inward: bool) -> MarkPlan:
    mouth = _seen(camera, pose.vertices[_nearest(pose.body, MOUTH)])
    way = _seen(camera, _forward(pose))
    length = float(np.sqrt(way[0] * way[0] + way[1] * way[1]))
    # Seen from the front the breath would come toward us: it is drawn downward and aside.
    way = way / length if length > 0.35 else np.array([0.6, -0.8])
    long = BREATH_LENGTH * pose.body.stature / 100
    if way[1] < -0.3 and mouth[1] - camera.view(pose.vertices)[:, 1].min() < 1.5 * long:
        # Face down: along the floor away from the trunk, not into either.
        pelvis = _seen(camera, pose.vertices[_nearest(pose.body, PELVIS)])
        way = unit_vector(np.array([1.0 if mouth[0] > pelvis[0] else -1.0, 0.2, 0.0]))[:2]
    lines = []
    for angle in BREATH_FAN:
        c, s = turned_by(angle)
        turned = np.array([way[0] * c - way[1] * s, way[0] * s + way[1] * c])
        near, far = mouth + turned * (0.3 * long), mouth + turned * (1.15 * long)
        lines.append(bow(far, near, angle / 24) if inward else bow(near, far, angle / 24))
    shapes = tuple(ArrowShape(line, (False, True), number=inks.MARK) for line in lines)
    return MarkPlan(arrows=shapes, ends=np.concatenate(lines))


def _section(pose: Pose, camera: Camera, shows: MarkKind) -> MarkPlan:
    pelvis = _seen(camera, pose.vertices[_nearest(pose.body, PELVIS)])
    middle = free_place(camera.view(pose.vertices[::5])[:, :2], pelvis, SECTION)
    reach = np.array([SECTION, SECTION])
    ends = np.stack([middle - reach, middle + reach])
    return MarkPlan(
        section_at=pelvis,
        section_middle=middle,
        section_shows=shows,
        section_turned=_front_and_up(pose, camera),
        ends=ends,
    )


def _front_and_up(pose: Pose, camera: Camera) -> Points:
    """Where the trunk's front and upper end are in the view; where they are not seen, as in a book."""
    chest, back, pelvis, sacrum = (
        _seen(camera, pose.vertices[_nearest(pose.body, place)])
        for place in (CHEST, UPPER_BACK, PELVIS, SACRUM)
    )
    trunk, ahead = chest + back - pelvis - sacrum, chest - back
    long, deep = (float(np.sqrt((way * way).sum())) for way in (trunk, ahead))
    if long < ALONG * deep:
        return UPRIGHT
    up = trunk / long
    left: Points = np.array([-up[1], up[0]])
    is_right = float((left * ahead).sum()) < -FACING * long
    return np.stack([-left if is_right else left, up])


def _writing(text: str, size: float, middle: Points, body: Body) -> MarkPlan:
    high = size * body.stature / 100
    reach = np.array([WIDE_LETTER * high * len(text), high]) / 2
    return MarkPlan(
        text=text, text_at=middle, text_high=high, ends=np.stack([middle - reach, middle + reach])
    )


def _eyes(pose: Pose) -> Points:
    """The middle between the eyes."""
    body = pose.body
    corners = pose.vertices[body.triangles[body.material == Material.EYE].ravel()]
    middle: Points = (corners.min(axis=0) + corners.max(axis=0)) / 2
    return middle


def _forward(pose: Pose) -> Points:
    """Where the face looks."""
    way = _eyes(pose) - pose.vertices[_nearest(pose.body, BACK_OF_HEAD)]
    return unit_vector(way)


def _nearest(body: Body, place: tuple[float, float, float]) -> int:
    return nearest_to(body.canonical.astype(np.float64), place)


def _seen(camera: Camera, point: Points) -> Points:
    return on_grid(camera.view(np.asarray(point)[None]))[0, :2]
