"""What stands and lies on the ground to be walked on, around and along: steps with a handrail, cones, tape, a way."""

import math
from collections.abc import Sequence

import numpy as np

from plans.figures.draw.arrays import Points, cross, unit
from plans.figures.draw.furniture import STEP, WOOD
from plans.figures.draw.mesh import Mesh, joined
from plans.figures.draw.shapes import Place, box, placed, quads, tube

CONE, TAPE, WAY = "#ee8b4c", "#f2cf4a", "#c81e2c"
AROUND = 24
FOOT, TIP = 0.12, 0.14  # of a cone: how high its foot is, how wide its tip
RAIL_ABOVE, RAIL_FROM_EDGE = 0.49, 0.03  # of a stature, as contacts expect it
RAIL_BEFORE, POST_BEFORE = 0.9, 0.45  # steps before the first edge
WAY_HALF, WAY_HEAD, WAY_HEAD_HALF = 2.4, 15.0, 9.0  # centimetres
WAY_HEIGHT = 0.4
BETWEEN = 10  # places of a curve from one place of a way to the next


def steps(at: Place, size: Place, turn: float, stature: float, *, count: int, rail: int) -> list[Mesh]:
    """`at`, `size`: of the first; `rail`: 1 to the left of who goes up, -1 to the right, 0 none."""
    depth, height, width = size
    found = []
    for k in range(count):
        middle = placed(np.array([[k * depth, 0.0, 0.0]]), at, turn)[0]
        found.append(box(middle, (depth, (k + 1) * height, width), STEP, turn))
    return [joined(found), *([_rail(at, size, turn, stature, count, rail)] if rail else [])]


def _rail(at: Place, size: Place, turn: float, stature: float, count: int, side: int) -> Mesh:
    depth, height, width = size
    aside = -side * (width / 2 - RAIL_FROM_EDGE * stature)

    def above(before: float) -> tuple[float, float, float]:
        """Of so many steps before the first edge; after it with a minus."""
        return -depth / 2 - before * depth, (1 - before) * height + RAIL_ABOVE * stature, aside

    def post(before: float, foot: float) -> Mesh:
        x, top, z = above(before)
        return tube(list(placed(np.array([(x, foot, z), (x, top, z)]), at, turn)), 1.3, WOOD)

    line = placed(np.array([above(RAIL_BEFORE), above(0.0), above(-float(count))]), at, turn)
    posts = [post(POST_BEFORE, 0.0), *(post(-k - 0.5, (k + 1) * height) for k in range(1, count))]
    return joined([tube(list(line), 2.2, WOOD), *posts])


def cone(at: Place, size: Place) -> Mesh:
    """A marker that is walked around, on a square foot."""
    deep, high, wide = size
    foot = box(at, (deep, high * FOOT, wide), CONE)
    rings = []
    for level, share in ((FOOT, 0.76), (1.0, TIP)):
        turns = [2 * math.pi * k / AROUND for k in range(AROUND)]
        rings += [(math.sin(t) * share / 2, level, math.cos(t) * share / 2) for t in turns]
    sides = [(k, (k + 1) % AROUND, AROUND + (k + 1) % AROUND, AROUND + k) for k in range(AROUND)]
    under = [(0, k + 1, k) for k in range(1, AROUND - 1)]
    top = [(AROUND, AROUND + k, AROUND + k + 1) for k in range(1, AROUND - 1)]
    points = np.array(rings) * np.array([deep, high, wide]) + np.asarray(at, np.float64)
    triangles = np.concatenate([quads(sides), np.array(under + top, np.int32)])
    faces = np.repeat([0, 1, 2], [2 * AROUND, AROUND - 2, AROUND - 2]).astype(np.uint8)
    return joined([Mesh(points, triangles, CONE, faces, flat=False), foot])


def tape(at: Place, size: Place, turn: float) -> Mesh:
    return box(at, size, TAPE, turn)


def way(places: Sequence[Points]) -> Mesh:
    """An arrow that lies on the floor and runs through the places, round from each to the next."""
    line = _rounded(np.array([[place[0], WAY_HEIGHT, place[2]] for place in places]))
    shaft, tip = _without_head(line), line[-1]
    root = shaft[-1]
    along = unit(np.concatenate([shaft[1:2] - shaft[:1], shaft[2:] - shaft[:-2], (tip - root)[None]]))
    aside = cross(along, np.array([0.0, 1.0, 0.0]))
    left, right = shaft - aside * WAY_HALF, shaft + aside * WAY_HALF
    wings = [root - aside[-1] * WAY_HEAD_HALF, root + aside[-1] * WAY_HEAD_HALF]
    points = np.concatenate([left, right, [*wings, tip]])
    n = len(shaft)
    flat = [(k, n + k, n + k + 1, k + 1) for k in range(n - 1)]
    triangles = np.concatenate([quads(flat), np.array([(2 * n, 2 * n + 1, 2 * n + 2)], np.int32)])
    thick = points - np.array([0.0, WAY_HEIGHT, 0.0])
    both = np.concatenate([triangles, triangles[:, ::-1] + len(points)])
    return Mesh(
        np.concatenate([points, thick]), both.astype(np.int32), WAY, np.zeros(len(both), np.uint8), thin=True
    )


def _rounded(places: Points) -> Points:
    """A curve through all of them (Catmull and Rom); two are joined straight."""
    ends = np.concatenate([2 * places[:1] - places[1:2], places, 2 * places[-1:] - places[-2:-1]])
    t = np.linspace(0, 1, BETWEEN, endpoint=False)[:, None]
    pieces = []
    for a, b, c, d in zip(ends, ends[1:], ends[2:], ends[3:], strict=False):
        pieces.append(
            (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t * t + (3 * b - a - 3 * c + d) * t * t * t)
            / 2
        )
    curve: Points = np.concatenate([*pieces, places[-1:]])
    return curve


def _without_head(line: Points) -> Points:
    away = line - line[-1]
    far = away[:, 0] * away[:, 0] + away[:, 2] * away[:, 2] > WAY_HEAD * WAY_HEAD
    last = int(np.flatnonzero(far)[-1]) if far.any() else 0
    return line[: max(last + 1, 2)]
