"""Boxes, tubes, balls and cushions as meshes, in centimetres."""

import math
from collections.abc import Sequence

import numpy as np

from plans.figures.draw.arrays import Points, Triangles, Values, cross, unit
from plans.figures.draw.mesh import Mesh

Place = Sequence[float] | Points
TUBE_SIDES = 12
STRAP_THICK = 0.5  # centimetres from its middle
ALONG = 0.05  # the square of the sine between two directions that count as one
BALL_AROUND, BALL_UP = 28, 16
# Four corners of each side of a cube, against the clock as seen from outside; a corner is x + 2 y + 4 z.
SIDES = ((0, 4, 6, 2), (1, 3, 7, 5), (0, 1, 5, 4), (2, 6, 7, 3), (0, 2, 3, 1), (4, 5, 7, 6))


def box(at: Place, size: Place, colour: str, turn: float = 0.0) -> Mesh:
    """`at`: middle of the underside; `turn`: degrees about the upright, against the clock from above."""
    corners = np.array([[k & 1, k >> 1 & 1, k >> 2] for k in range(8)], np.float64)
    points = (corners - np.array([0.5, 0, 0.5])) * np.asarray(size, np.float64)
    return Mesh(placed(points, at, turn), quads(SIDES), colour, np.repeat(np.arange(6), 2).astype(np.uint8))


def placed(points: Points, at: Place, turn: float) -> Points:
    c, s = math.cos(math.radians(turn)), math.sin(math.radians(turn))
    x, y, z = points[:, 0], points[:, 1], points[:, 2]
    return np.stack([x * c + z * s, y, z * c - x * s], axis=1) + np.asarray(at, np.float64)


def quads(corners: Sequence[Sequence[int]]) -> Triangles:
    """Two triangles for each, one after the other."""
    rows = np.array(corners, np.int32)
    return np.stack([rows[:, [0, 1, 2]], rows[:, [0, 2, 3]]], axis=1).reshape(-1, 3)


def tube(through: Sequence[Place], radius: float, colour: str, *, thin: bool = False) -> Mesh:
    """Round, closed at both ends."""
    line = _points(through)
    along = _along(line)
    across = _across(along)
    radii = np.full(len(line), radius)
    return _skin(line, across, cross(along, across), radii, radii, colour, thin=thin)


def strap(
    through: Sequence[Place], half: float, colour: str, wide: Place, widths: Sequence[float] = ()
) -> Mesh:
    """A flat strip, wide along `wide` where it does not run along it; `widths`: the share of it at each place."""
    line = _points(through)
    along = _along(line)
    shares = np.array(widths, np.float64) if widths else np.ones(len(line))
    across = _wide(along, np.asarray(wide, np.float64))
    thick = np.full(len(line), STRAP_THICK)
    return _skin(line, across, cross(along, across), half * shares, thick, colour, thin=True)


def _points(through: Sequence[Place]) -> Points:
    return np.array([np.asarray(point, np.float64) for point in through])


def _along(line: Points) -> Points:
    return unit(np.concatenate([line[1:2] - line[:1], line[2:] - line[:-2], line[-1:] - line[-2:-1]]))


def _skin(
    line: Points, across: Points, aside: Points, wide: Values, thick: Values, colour: str, *, thin: bool
) -> Mesh:
    rings = []
    for k in range(TUBE_SIDES):
        angle = 2 * math.pi * k / TUBE_SIDES
        a, b = math.cos(angle) * wide, math.sin(angle) * thick
        rings.append(line + across * a[:, None] + aside * b[:, None])
    points = np.stack(rings, axis=1).reshape(-1, 3)
    n, count = TUBE_SIDES, len(line)
    sides = [
        (i * n + k, i * n + (k + 1) % n, (i + 1) * n + (k + 1) % n, (i + 1) * n + k)
        for i in range(count - 1)
        for k in range(n)
    ]
    first = [(0, k + 1, k) for k in range(1, n - 1)]
    last = [((count - 1) * n, (count - 1) * n + k, (count - 1) * n + k + 1) for k in range(1, n - 1)]
    triangles = np.concatenate([quads(sides), np.array(first + last, np.int32)])
    faces = np.repeat([0, 1, 2], [2 * len(sides), len(first), len(last)]).astype(np.uint8)
    return Mesh(points, triangles, colour, faces, flat=False, thin=thin)


def _across(along: Points) -> Points:
    """Square to each piece, each as near as possible to the one before: the ribbon does not twist."""
    start = np.array([0.0, 0.0, 1.0]) if abs(along[0, 2]) < 0.9 else np.array([1.0, 0.0, 0.0])
    found = []
    for way in along:
        start = start - way * float(start[0] * way[0] + start[1] * way[1] + start[2] * way[2])
        start = unit(start[None])[0]
        found.append(start)
    return np.array(found)


def _wide(along: Points, wide: Points) -> Points:
    """Square to each piece, near `wide`; where a piece runs along that, as the one before."""
    before, found = _across(along[:1])[0], []
    for way in along:
        square = wide - way * float(wide[0] * way[0] + wide[1] * way[1] + wide[2] * way[2])
        size = float(square[0] ** 2 + square[1] ** 2 + square[2] ** 2)
        if size < ALONG:
            square = before - way * float(before[0] * way[0] + before[1] * way[1] + before[2] * way[2])
        before = unit(square[None])[0]
        found.append(before)
    return np.array(found)


def cushion(at: Place, size: Place, colour: str, turn: float = 0.0, *, edge: float = 0.45) -> Mesh:
    """A ball (`edge` 1) or the more of a box the smaller `edge` is; `at`: middle of the underside."""
    points = [(0.0, -1.0, 0.0)]
    for j in range(1, BALL_UP):
        up = math.pi * j / BALL_UP - math.pi / 2
        for i in range(BALL_AROUND):
            around = -2 * math.pi * i / BALL_AROUND
            flat = _bulged(math.cos(up), edge)
            points.append(
                (
                    flat * _bulged(math.cos(around), edge),
                    _bulged(math.sin(up), edge),
                    flat * _bulged(math.sin(around), edge),
                )
            )
    points.append((0.0, 1.0, 0.0))
    n = BALL_AROUND
    sides = [
        (1 + j * n + i, 1 + j * n + (i + 1) % n, 1 + (j + 1) * n + (i + 1) % n, 1 + (j + 1) * n + i)
        for j in range(BALL_UP - 2)
        for i in range(n)
    ]
    last = len(points) - 1
    caps = [(0, 1 + (i + 1) % n, 1 + i) for i in range(n)]
    caps += [(last, last - n + i, last - n + (i + 1) % n) for i in range(n)]
    triangles = np.concatenate([quads(sides), np.array(caps, np.int32)])
    shape = (np.array(points) + np.array([0, 1, 0])) * np.asarray(size, np.float64) / 2
    return Mesh(placed(shape, at, turn), triangles, colour, np.zeros(len(triangles), np.uint8), flat=False)


def _bulged(value: float, edge: float) -> float:
    return math.copysign(abs(value) ** edge, value)
