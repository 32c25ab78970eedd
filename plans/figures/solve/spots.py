"""Points of the skin that touch: the face that a part turns to what it touches, and where others touch it."""

import math
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from plans.figures.body.body import Body
from plans.figures.solve.nodes import NODES
from plans.figures.solve.parts import Flesh, flesh_of
from plans.figures.solve.rig import Keyed, Points
from plans.figures.solve.vectors import Vec, unit
from plans.figures.spec import Part
from plans.figures.words import LimbSide, PartName, Side

# Which way each part meets what it touches, in the neutral stance; "out" is away from the body's middle.
FACES: dict[PartName, Vec] = {
    PartName.PALM: (-1, 0, 0), PartName.HAND: (-1, 0, 0), PartName.BACK_OF_HAND: (1, 0, 0), PartName.FIST: (-1, 0, 0),
    PartName.FINGERTIPS: (-0.6, -1, 0), PartName.THUMB: (-1, 0, 0), PartName.INDEX_FINGER: (-1, -1, 0),
    PartName.MIDDLE_FINGER: (-1, -1, 0), PartName.RING_FINGER: (-1, -1, 0), PartName.LITTLE_FINGER: (-1, -1, 0),
    PartName.WRIST: (-1, 0, 0), PartName.FOREARM: (-1, 0, 0), PartName.ELBOW: (0, 0, -1), PartName.UPPER_ARM: (1, 0, 0),
    PartName.ARM: (-1, 0, 0), PartName.SHOULDER: (1, 0, 0), PartName.SHOULDER_BLADE: (0, 0, -1),
    PartName.FOOT: (0, -1, 0), PartName.HEEL: (0, -1, 0), PartName.BALL_OF_FOOT: (0, -1, 0), PartName.TOES: (0, -1, 0),
    PartName.BIG_TOE: (0, -1, 0), PartName.TOP_OF_FOOT: (0, 1, 0.6), PartName.ANKLE: (1, 0, 0),
    PartName.SHIN: (0, 0, 1), PartName.CALF: (0, 0, -1), PartName.KNEE: (0, 0, 1), PartName.THIGH: (0, 0, 1),
    PartName.LEG: (0, 0, 1), PartName.HIP: (1, 0, 0), PartName.BUTTOCK: (0, 0, -1), PartName.RIBS: (1, 0, 0),
    PartName.HEAD: (0, 0, -1), PartName.CROWN: (0, 1, 0), PartName.FOREHEAD: (0, 0, 1), PartName.FACE: (0, 0, 1),
    PartName.MOUTH: (0, 0, 1), PartName.CHIN: (0, -0.5, 1), PartName.TEMPLE: (1, 0, 0), PartName.NECK: (0, 0, -1),
    PartName.TRUNK: (0, 0, 1), PartName.CHEST: (0, 0, 1), PartName.BELLY: (0, 0, 1), PartName.BACK: (0, 0, -1),
    PartName.UPPER_BACK: (0, 0, -1), PartName.LOW_BACK: (0, 0, -1), PartName.PELVIS: (0, 0, -1),
    PartName.SACRUM: (0, 0, -1),
}  # fmt: skip
SIDES: dict[LimbSide, Vec] = {
    LimbSide.FRONT: (0, 0, 1), LimbSide.BACK: (0, 0, -1), LimbSide.OUTER: (1, 0, 0), LimbSide.INNER: (-1, 0, 0),
}  # fmt: skip
LIMBS: dict[PartName, tuple[str, str]] = {
    PartName.UPPER_ARM: ("upper arm", "forearm"), PartName.FOREARM: ("forearm", "hand"),
    PartName.THIGH: ("thigh", "shin"), PartName.SHIN: ("shin", "foot"), PartName.CALF: ("shin", "foot"),
}  # fmt: skip
"""Parts with a near and a far end: their nodes."""

CLOUD = 72  # directions in which the outermost points of a part are kept


@dataclass(frozen=True)
class Spot:
    """A place on the skin: the vertex, the node that carries it, where it is from the node's head, which way is out."""

    vertex: int
    node: int
    place: Vec
    normal: Vec


@dataclass(frozen=True, eq=False)
class Cloud:
    """The outermost points of a part."""

    vertices: NDArray[np.int64]
    nodes: NDArray[np.int64]
    places: Points


def _directions(count: int) -> Points:
    golden = math.pi * (3 - math.sqrt(5))
    rows = []
    for index in range(count):
        y = 1 - 2 * (index + 0.5) / count
        ring = math.sqrt(1 - y * y)
        rows.append((math.cos(golden * index) * ring, y, math.sin(golden * index) * ring))
    return np.array(rows)


def _outermost(flesh: Flesh, vertices: NDArray[np.int64]) -> NDArray[np.int64]:
    points = flesh.points[vertices]
    found: set[int] = set()
    for x, y, z in _directions(CLOUD):
        far = points[:, 0] * x + points[:, 1] * y + points[:, 2] * z
        found.add(int(vertices[int(np.argmax(far))]))
    return np.array(sorted(found), np.int64)


@lru_cache(maxsize=2048)
def _cloud(key: Keyed, part: Part) -> Cloud:
    flesh = flesh_of(key.body)
    kept = flesh.of(part)
    nodes = flesh.node_of_vertex[kept]
    chosen = np.concatenate([_outermost(flesh, kept[nodes == node]) for node in np.unique(nodes)])
    heads = np.array([flesh.rig.node_heads[node] for node in flesh.node_of_vertex[chosen]])
    return Cloud(chosen, flesh.node_of_vertex[chosen], flesh.points[chosen] - heads)


def cloud_of(body: Body, part: Part) -> Cloud:
    return _cloud(Keyed(body), part)


def _mirrored(way: Vec, side: Side | None) -> Vec:
    return (-way[0], way[1], way[2]) if side is Side.RIGHT else way


def middle_of(flesh: Flesh, part: Part, along: float | None) -> Vec:
    """Return the middle of a part in the neutral stance, or the place so far along a limb, in percent."""
    if part.name in LIMBS:
        near, far = (flesh.head(f"{node} {part.side}") for node in LIMBS[part.name])
        share = (50 if along is None else along) / 100
        return tuple(a + (b - a) * share for a, b in zip(near, far, strict=True))  # type: ignore[return-value]
    points = flesh.points[flesh.of(part)]
    low, high = points.min(axis=0), points.max(axis=0)
    x, y, z = ((low + high) / 2).tolist()
    if along is not None:  # the near end is the one at the head
        y = float(high[1] + (low[1] - high[1]) * along / 100)
    return x, y, z


def _hit(flesh: Flesh, part: Part, centre: Vec, way: Vec) -> int:
    # The vertex that a ray from the centre leaves the part by: far along it, little beside it.
    vertices = flesh.of(part)
    offset = flesh.points[vertices] - np.array(centre)
    along = offset[:, 0] * way[0] + offset[:, 1] * way[1] + offset[:, 2] * way[2]
    beside = offset - along[:, None] * np.array(way)
    aside = np.sqrt(beside[:, 0] ** 2 + beside[:, 1] ** 2 + beside[:, 2] ** 2)
    return int(vertices[int(np.argmax(along - 2.5 * aside))])


@lru_cache(maxsize=4096)
def _spot(key: Keyed, part: Part, along: float | None, way: Vec) -> Spot:
    flesh = flesh_of(key.body)
    vertex = _hit(flesh, part, middle_of(flesh, part, along), way)
    node, place = flesh.local(vertex)
    return Spot(vertex, node, place, way)


def spot_of(body: Body, part: Part, along: float | None = None, side: LimbSide | None = None) -> Spot:
    """Return where a part touches: by its own face, or on the side that is named."""
    way = SIDES[side] if side else FACES[part.name]
    return _spot(Keyed(body), part, along, unit(_mirrored(way, part.side)))


def spot_beside(body: Body, spot: Spot, way: Vec) -> Spot:
    """Return the spot on the skin that is nearest to the place so far from a spot, in the neutral stance."""
    flesh = flesh_of(body)
    goal = flesh.points[spot.vertex] + np.array(way)
    near = flesh.used & (flesh.node_of_vertex < len(NODES))
    offset = flesh.points - goal
    far = offset[:, 0] ** 2 + offset[:, 1] ** 2 + offset[:, 2] ** 2
    same_side = flesh.normals[:, 0] * spot.normal[0] + flesh.normals[:, 1] * spot.normal[1]
    same_side = same_side + flesh.normals[:, 2] * spot.normal[2]
    vertex = int(np.argmin(np.where(near & (same_side > 0.2), far, 1e9)))
    node, place = flesh.local(vertex)
    x, y, z = flesh.normals[vertex].tolist()
    return Spot(vertex, node, place, (x, y, z))


def spots_around(body: Body, part: Part, along: float | None) -> tuple[Spot, ...]:
    """Return the spots of a part on all four sides."""
    return tuple(spot_of(body, part, along, side) for side in LimbSide)


PATCHES: dict[PartName, tuple[tuple[float, float, float], ...]] = {
    # Shares of the way from wrist to knuckles, and across from the little finger to the index; then the face.
    PartName.PALM: ((0.25, 0.5, 0), (0.95, 0.15, 0), (0.95, 0.85, 0)),
    PartName.FOOT: ((0.05, 0.5, 0), (0.72, 0.2, 0), (0.72, 0.8, 0)),
}


PATCH_CM = 2.2  # how far around its place a patch may touch


def _outermost_near(flesh: Flesh, vertices: NDArray[np.int64], centre: Vec, way: Vec) -> int:
    offset = flesh.points[vertices] - np.array(centre)
    along = offset[:, 0] * way[0] + offset[:, 1] * way[1] + offset[:, 2] * way[2]
    beside = offset - along[:, None] * np.array(way)
    aside = beside[:, 0] ** 2 + beside[:, 1] ** 2 + beside[:, 2] ** 2
    limit = max(PATCH_CM**2, float(aside.min()) + 0.1)
    return int(vertices[int(np.argmax(np.where(aside <= limit, along, -1e9)))])


@lru_cache(maxsize=512)
def _patch(key: Keyed, part: Part) -> tuple[Spot, ...]:
    flesh = flesh_of(key.body)
    way = unit(_mirrored(FACES[part.name], part.side))
    vertices = flesh.of(part)
    points = flesh.points[vertices]
    hand = part.name is not PartName.FOOT
    lengthwise, across = (1, 2) if hand else (2, 0)
    low, high = points.min(axis=0), points.max(axis=0)
    found = []
    for along, beside, _ in PATCHES[PartName.PALM if hand else PartName.FOOT]:
        share = (1 - along, beside) if hand else (along, beside)
        centre = [(a + b) / 2 for a, b in zip(low.tolist(), high.tolist(), strict=True)]
        centre[lengthwise] = float(low[lengthwise] + (high[lengthwise] - low[lengthwise]) * share[0])
        centre[across] = float(low[across] + (high[across] - low[across]) * share[1])
        vertex = _outermost_near(flesh, vertices, (centre[0], centre[1], centre[2]), way)
        node, place = flesh.local(vertex)
        found.append(Spot(vertex, node, place, way))
    return tuple(found)


def patch_of(body: Body, part: Part) -> tuple[Spot, ...]:
    """Return the three spots by which a palm, the back of a hand or a sole lies flat."""
    return _patch(Keyed(body), part)
