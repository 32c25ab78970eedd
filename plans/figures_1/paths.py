"""The picture as data: filled and stroked paths in page units (x to the right, y down), drawn in order."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from math import acos, atan2, ceil, cos, hypot, pi, sin, sqrt

Point = tuple[float, float]
_ROUGH = 0.1


@dataclass(frozen=True, slots=True)
class Segment:
    """One piece of an outline: M move, L line, Q curve by one control point, A clockwise arc, Z close."""

    kind: str
    points: tuple[Point, ...] = ()
    radius: float = 0.0
    large: bool = False


@dataclass(frozen=True, slots=True)
class Path:
    """Outlines with one fill and one stroke; the stroke lies centred on the outline, its ends are round."""

    segments: tuple[Segment, ...]
    fill: str | None = None
    stroke: str | None = None
    width: float = 0.0


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on the page."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def height(self) -> float:
        return self.bottom - self.top

    def grown(self, by: float) -> "Box":
        return Box(self.left - by, self.top - by, self.right + by, self.bottom + by)

    def union(self, other: "Box") -> "Box":
        left, top = min(self.left, other.left), min(self.top, other.top)
        return Box(left, top, max(self.right, other.right), max(self.bottom, other.bottom))

    def contains(self, place: Point) -> bool:
        return self.left <= place[0] <= self.right and self.top <= place[1] <= self.bottom


def polyline(points: Sequence[Point], *, closed: bool = False) -> tuple[Segment, ...]:
    lines = tuple(Segment("L", (point,)) for point in points[1:])
    return (Segment("M", (points[0],)), *lines, *((Segment("Z"),) if closed else ()))


def curve(start: Point, control: Point, end: Point) -> tuple[Segment, ...]:
    return (Segment("M", (start,)), Segment("Q", (control, end)))


def disc(centre: Point, radius: float) -> tuple[Segment, ...]:
    x, y = centre
    right, left = (x + radius, y), (x - radius, y)
    halves = (Segment("A", (left,), radius), Segment("A", (right,), radius))
    return (Segment("M", (right,)), *halves, Segment("Z"))


def moved(path: Path, dx: float, dy: float) -> Path:
    return replace(path, segments=tuple(_moved_segment(s, dx, dy) for s in path.segments))


def _moved_segment(segment: Segment, dx: float, dy: float) -> Segment:
    return replace(segment, points=tuple((x + dx, y + dy) for x, y in segment.points))


def flattened(segments: Iterable[Segment], *, off: float = 0.01) -> list[list[Point]]:
    """The outlines as straight lines that lie at most `off` beside the round outline."""
    outlines: list[list[Point]] = []
    for segment in segments:
        if segment.kind == "M":
            outlines.append([segment.points[0]])
        elif segment.kind == "L":
            outlines[-1].append(segment.points[0])
        elif segment.kind == "Q":
            outlines[-1].extend(_flat_curve(outlines[-1][-1], segment, off))
        elif segment.kind == "A":
            outlines[-1].extend(_flat_arc(outlines[-1][-1], segment, off))
        else:
            outlines[-1].append(outlines[-1][0])
    return outlines


def _flat_curve(start: Point, segment: Segment, off: float) -> Iterable[Point]:
    control, end = segment.points
    bow = _distance(((start[0] + end[0]) / 2, (start[1] + end[1]) / 2), control) / 2
    count = max(1, ceil(sqrt(bow / off)))
    for i in range(1, count + 1):
        t = i / count
        a, b, c = (1 - t) ** 2, 2 * t * (1 - t), t**2
        yield (a * start[0] + b * control[0] + c * end[0], a * start[1] + b * control[1] + c * end[1])


def _flat_arc(start: Point, arc: Segment, off: float) -> Iterable[Point]:
    x, y = _arc_centre(start, arc)
    end = arc.points[0]
    begin = atan2(start[1] - y, start[0] - x)
    sweep = (atan2(end[1] - y, end[0] - x) - begin) % (2 * pi)
    count = ceil(sweep / (2 * acos(max(0.0, 1 - off / arc.radius)))) if arc.radius > 0 else 1
    for i in range(1, count):
        angle = begin + sweep * i / count
        yield (x + arc.radius * cos(angle), y + arc.radius * sin(angle))
    yield end


def _arc_centre(start: Point, arc: Segment) -> Point:
    """Where y points down, a clockwise arc of less than half a turn has its centre at its right hand."""
    (x, y), (ex, ey) = start, arc.points[0]
    half = _distance(start, (ex, ey)) / 2
    if half == 0:
        return (x - arc.radius, y)
    height = sqrt(max(0.0, arc.radius**2 - half**2)) * (-1 if arc.large else 1)
    return ((x + ex) / 2 - (ey - y) / (2 * half) * height, (y + ey) / 2 + (ex - x) / (2 * half) * height)


def _distance(a: Point, b: Point) -> float:
    return hypot(b[0] - a[0], b[1] - a[1])


def bounds(paths: Iterable[Path]) -> Box:
    """The box around everything that is drawn, strokes included; at least one path."""
    first, *others = (_path_bounds(path) for path in paths)
    for other in others:
        first = first.union(other)
    return first


def _path_bounds(path: Path) -> Box:
    points = [point for outline in flattened(path.segments, off=_ROUGH) for point in outline]
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return Box(min(xs), min(ys), max(xs), max(ys)).grown(path.width / 2 if path.stroke else 0)
