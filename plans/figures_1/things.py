"""Things beside the body: mat, floor, pillow, wall, chair, towel, water."""

from itertools import pairwise

from plans.figures_1.brush import OUTLINE, Piece, Sphere, layer
from plans.figures_1.camera import Camera
from plans.figures_1.colours import FURNITURE, MAT, PILLOW, TOWEL, WALL, WATER, WATER_LINE
from plans.figures_1.figure import Prop
from plans.figures_1.paths import Path, Point, Segment, polyline
from plans.figures_1.vectors import Vec

_THIN = 0.9
_POOL_FLOOR = 1.4
Corner = tuple[float, float, float]


def box(low: Corner, high: Corner, fill: str, radius: float = 0.5) -> Piece:
    xs, ys, zs = ((a + radius, b - radius) for a, b in zip(low, high, strict=True))
    return Piece(tuple(((x, y, z), radius) for x in xs for y in ys for z in zs), fill)


def draw_ground(kind: str, low_x: float, high_x: float, depth: float, camera: Camera) -> list[Path]:
    if kind == "none":
        return []
    if kind == "floor":
        return layer([box((low_x, -1.2, -depth), (high_x, 0, depth), WALL, 0.3)], camera, width=_THIN)
    return layer([box((low_x, -2.2, -depth), (high_x, 0, depth), MAT, 0.8)], camera, width=_THIN)


def draw_pillow(prop: Prop, camera: Camera) -> list[Path]:
    """A pillow: `at` is the lower left corner."""
    (x, y), (width, height) = prop.at, prop.size
    return layer([box((x, y, -9), (x + width, y + height, 9), PILLOW, height / 2)], camera, width=_THIN)


def draw_box(prop: Prop, camera: Camera) -> list[Path]:
    (x, y), (width, height) = prop.at, prop.size
    return layer([box((x, y, -12), (x + width, y + height, 12), FURNITURE)], camera, width=_THIN)


def draw_wall(prop: Prop, camera: Camera) -> list[Path]:
    """A wall whose face toward the person is at `at`; `size` is its thickness and height."""
    (x, _), (width, height) = prop.at, prop.size
    low, high = min(x, x + width), max(x, x + width)
    return layer([box((low, 0, -14), (high, height, 14), WALL)], camera, width=_THIN)


def draw_chair(prop: Prop, camera: Camera) -> list[Path]:
    """A chair that faces right: `at` is the front edge of the seat's top, `size` its depth and the back."""
    (x, y), (depth, back) = prop.at, prop.size
    rear = x - depth
    pieces = [
        box((place, 0, z), (place + 2, y, z + 2), FURNITURE) for z in (-11, 9) for place in (rear, x - 2.6)
    ]
    pieces += [box((rear, y - 2.4, -12), (x, y, 12), FURNITURE)]
    pieces += [box((rear - 1.2, y - 2.4, -12), (rear + 1.2, y + back, 12), FURNITURE)]
    return [path for piece in pieces for path in layer([piece], camera, width=_THIN)]


def draw_towel(places: list[Vec], camera: Camera) -> list[Path]:
    spheres: list[Sphere] = [(place, 0.85) for place in places]
    return layer([Piece(pair, TOWEL) for pair in pairwise(spheres)], camera, width=1.1)


def draw_water(level: float, low_x: float, high_x: float, camera: Camera) -> list[Path]:
    left, top = camera.project((low_x, level, 0))
    right, bottom = camera.project((high_x, -_POOL_FLOOR, 0))
    left, right = min(left, right), max(left, right)
    waves = _waves(left, right, top)
    ends = (Segment("L", ((right, bottom),)), Segment("L", ((left, bottom),)), Segment("Z"))
    floor = Path(polyline([(left, bottom), (right, bottom)]), stroke=WATER_LINE, width=_THIN)
    return [Path((*waves, *ends), fill=WATER), floor]


def draw_surface(level: float, low_x: float, high_x: float, camera: Camera) -> list[Path]:
    left, top = camera.project((low_x, level, 0))
    right, _ = camera.project((high_x, level, 0))
    left, right = min(left, right), max(left, right)
    return [Path(_waves(left, right, top), stroke=WATER_LINE, width=OUTLINE)]


def _waves(left: float, right: float, y: float) -> tuple[Segment, ...]:
    count = max(2, round((right - left) / 9))
    size = (right - left) / count
    segments = [Segment("M", ((left, y),))]
    for i in range(count):
        start = left + i * size
        crest: Point = (start + size / 2, y + (2.4 if i % 2 else -2.4))
        segments.append(Segment("Q", (crest, (start + size, y))))
    return tuple(segments)
