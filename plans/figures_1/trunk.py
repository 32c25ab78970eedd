"""The trunk of a pose: slices along a smooth back, and the head on top."""

from dataclasses import dataclass
from itertools import pairwise

from plans.figures_1 import bodies
from plans.figures_1.bodies import Body, Section
from plans.figures_1.frames import Frame, Root
from plans.figures_1.poses import Pose
from plans.figures_1.vectors import (
    ORIGIN,
    Vec,
    Z,
    across,
    add,
    cross,
    leaning,
    rotate,
    scale,
    step,
    sub,
    unit,
)

_SLICES = 12
_TWIST_FROM, _TWIST_OVER = 0.1, 0.6


@dataclass(frozen=True, slots=True)
class Station:
    """One slice of the trunk at a share of the back (0 hip, 1 neck): `axis` is the frame on the spine,
    the slice itself is two circles of `radius` around `middle`, `apart` to either side."""

    share: float
    axis: Frame
    middle: Vec
    apart: float
    radius: float

    def circles(self) -> tuple[Vec, Vec]:
        return step(self.middle, self.axis.right, self.apart), step(self.middle, self.axis.right, -self.apart)

    def placed(self, root: Root) -> "Station":
        return Station(self.share, root.frame(self.axis), root.out(self.middle), self.apart, self.radius)


def build_trunk(pose: Pose, body: Body) -> tuple[Station, ...]:
    points = [ORIGIN]
    for direction, segment in zip(pose.spine, bodies.BACK_SEGMENTS, strict=True):
        points.append(step(points[-1], leaning(direction, 1), segment))
    low = body.sections[0].share
    shares = [low, low / 2, *(i / _SLICES for i in range(_SLICES + 1))]
    return tuple(_station(share, frame_at(points, share, pose.twist), body) for share in shares)


def nearest(trunk: tuple[Station, ...], share: float) -> Station:
    return min(trunk, key=lambda station: abs(station.share - share))


def lowest(trunk: tuple[Station, ...], root: Root) -> float:
    placed = [station.placed(root) for station in trunk]
    return min(circle[1] - station.radius for station in placed for circle in station.circles())


def build_head(pose: Pose, top: Frame) -> Frame:
    base = step(top.at, leaning(pose.neck, 1), bodies.NECK)
    up = leaning(pose.head, 1)
    return _frame(step(base, up, bodies.HEAD), up, pose.look)


def frame_at(points: list[Vec], share: float, twist: float) -> Frame:
    """The frame at a share of the smooth back through `points`; the twist fades out toward the chest."""
    at, up = _along(points, share)
    turn = -twist * (1 - max(0.0, min(1.0, (share - _TWIST_FROM) / _TWIST_OVER)))
    return _frame(at, up, -turn)


def _frame(at: Vec, up: Vec, turned: float) -> Frame:
    """The frame whose front faces as far forward as `up` allows, then `turned` to the person's right."""
    front = rotate(cross(up, across(Z, up)), up, -turned)
    return Frame(at, up, front, cross(front, up))


def _station(share: float, axis: Frame, body: Body) -> Station:
    section = _section(share, body.sections)
    middle = step(axis.at, axis.front, section.forward)
    return Station(share, axis, middle, section.half_width - section.half_depth, section.half_depth)


def _along(points: list[Vec], share: float) -> tuple[Vec, Vec]:
    last = len(points) - 1
    place = max(0.0, share) * last
    index = min(int(place), last - 1)
    before, after = points[max(0, index - 1)], points[min(last, index + 2)]
    at, up = _spline((before, points[index], points[index + 1], after), place - index)
    return (step(at, up, share * sum(bodies.BACK_SEGMENTS)) if share < 0 else at), up


def _spline(four: tuple[Vec, Vec, Vec, Vec], t: float) -> tuple[Vec, Vec]:
    """Catmull-Rom: place and direction between the second and the third of four points."""
    a, b, c, d = four
    slope = sub(c, a)
    bend = add(sub(scale(a, 2), scale(b, 5)), sub(scale(c, 4), d))
    end = add(sub(scale(b, 3), a), sub(d, scale(c, 3)))
    at = add(add(scale(b, 2), scale(slope, t)), add(scale(bend, t**2), scale(end, t**3)))
    return scale(at, 0.5), unit(add(slope, add(scale(bend, 2 * t), scale(end, 3 * t**2))))


def _section(share: float, sections: tuple[Section, ...]) -> Section:
    pairs = list(pairwise(sections))
    below, above = next((pair for pair in pairs if share <= pair[1].share), pairs[-1])
    t = max(0.0, min(1.0, (share - below.share) / (above.share - below.share)))

    def between(low: float, high: float) -> float:
        return low + (high - low) * t

    return Section(
        share,
        between(below.half_width, above.half_width),
        between(below.half_depth, above.half_depth),
        between(below.forward, above.forward),
    )
