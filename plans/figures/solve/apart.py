"""Keeps arms out of trunk, thighs and head, and one leg out of the other."""

import itertools
import math
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np

from plans.figures.body.body import Body
from plans.figures.body.segments import SEGMENTS
from plans.figures.solve.nodes import NODE
from plans.figures.solve.parts import Flesh, flesh_of
from plans.figures.solve.rig import Keyed, Points
from plans.figures.solve.rows import Piece, Row
from plans.figures.solve.vectors import Vec, dot, length, mix, scale, sub, turn, turn_back, unit
from plans.figures.solve.wishes import Room
from plans.figures.words import Side

GIVES = 0.4  # centimetres that flesh gives before it pushes back
TRUNK = ("pelvis", "lumbar 3", "lumbar 2", "lumbar 1", "thoracic 2", "thoracic 1", "neck 3")
WIDEST = 0.97  # the share of a slice's points that its ellipse holds: single folds of cloth do not count
FLANK, FLANK_BORDER = (
    0.75,
    0.35,
)  # from so much of half the width of the trunk on, and how soft that border is
SKULL = (0.0, 0.055, 0.02), 0.055  # of stature: middle of the head from its joint, and its radius


@dataclass(frozen=True)
class Ball:
    """A ball of flesh on a node."""

    node: int
    place: Vec
    radius: float


@dataclass(frozen=True)
class Slice:
    """A part of the trunk: an ellipse around `middle`, from `low` to `high` along the node's own y."""

    node: int
    low: float
    high: float
    middle: Vec
    wide: float
    deep: float


@dataclass(frozen=True)
class Limb:
    """A round limb between two nodes, thicker at one end."""

    near: int
    far: int
    thick: float
    thin: float


@dataclass(frozen=True)
class Shape:
    """A body as balls along arms and legs, a trunk of slices, a skull, round thighs and shins."""

    arms: dict[Side, tuple[Ball, ...]]
    hands: dict[Side, tuple[Ball, ...]]
    legs: dict[Side, tuple[Ball, ...]]
    slices: tuple[Slice, ...]
    skull: Ball
    thighs: dict[Side, Limb]
    shins: dict[Side, Limb]


def _radius(flesh: Flesh, segment: str, near: Vec, far: Vec, share: float) -> float:
    points = flesh.points[(flesh.rig.body.segment == SEGMENTS.index(segment)) & flesh.used]
    centre, way = mix(near, far, share), unit(sub(far, near))
    offset = points - np.array(centre)
    along = offset[:, 0] * way[0] + offset[:, 1] * way[1] + offset[:, 2] * way[2]
    close = offset[np.abs(along) < 0.12 * length(sub(far, near))]
    if not len(close):
        return 3.0
    aside = np.sqrt(close[:, 0] ** 2 + close[:, 2] ** 2)
    return float(np.median(aside))


def _balls(
    flesh: Flesh, segment: str, ends: tuple[str, str], shares: tuple[float, ...], side: Side
) -> Iterator[Ball]:
    near, far = (flesh.head(f"{node} {side}") for node in ends)
    for share in shares:
        radius = _radius(flesh, f"{segment}_{side[0]}", near, far, share)
        yield Ball(NODE[f"{ends[0]} {side}"], scale(sub(far, near), share), radius)


def _slices(flesh: Flesh) -> Iterator[Slice]:
    kept = [SEGMENTS.index(name) for name in ("pelvis", "trunk")]
    points = flesh.points[np.isin(flesh.rig.body.segment, kept) & flesh.used]
    hips = min(flesh.head(f"thigh {side}")[1] for side in Side) - 5
    for lower, upper in itertools.pairwise(TRUNK):
        head = flesh.head(lower)
        low, high = (hips if lower == "pelvis" else head[1]), flesh.head(upper)[1]
        inside = points[(points[:, 1] > low - 1) & (points[:, 1] < high + 1)]
        front, back = np.quantile(inside[:, 2], [WIDEST, 1 - WIDEST])
        wide = float(np.quantile(np.abs(inside[:, 0]), WIDEST))
        middle = (0.0, 0.0, float(front + back) / 2 - head[2])
        yield Slice(NODE[lower], low - head[1], high - head[1], middle, wide, float(front - back) / 2)


def _limb(flesh: Flesh, segment: str, ends: tuple[str, str], side: Side) -> Limb:
    near, far = (flesh.head(f"{node} {side}") for node in ends)
    thick, thin = (_radius(flesh, f"{segment}_{side[0]}", near, far, share) for share in (0.3, 0.88))
    return Limb(NODE[f"{ends[0]} {side}"], NODE[f"{ends[1]} {side}"], thick, thin)


@lru_cache(maxsize=64)
def _shape(key: Keyed) -> Shape:
    flesh = flesh_of(key.body)
    cm = key.body.stature / 100
    arms = {
        side: (
            *_balls(flesh, "upperarm", ("upper arm", "forearm"), (0.55, 0.8, 0.97), side),
            *_balls(flesh, "forearm", ("forearm", "hand"), (0.25, 0.5, 0.75, 0.95), side),
        )
        for side in Side
    }
    hands = {
        side: tuple(Ball(NODE[f"hand {side}"], (0.0, -down * cm, 0.0), 1.3) for down in (3.0, 7.0))
        for side in Side
    }
    legs = {
        side: (
            *_balls(flesh, "thigh", ("thigh", "shin"), (0.6, 0.8), side),
            *_balls(flesh, "shin", ("shin", "foot"), (0.1, 0.4, 0.7, 0.95), side),
        )
        for side in Side
    }
    x, y, z = (share * key.body.stature for share in SKULL[0])
    return Shape(
        arms,
        hands,
        legs,
        tuple(_slices(flesh)),
        Ball(NODE["head"], (x, y, z), SKULL[1] * key.body.stature),
        {side: _limb(flesh, "thigh", ("thigh", "shin"), side) for side in Side},
        {side: _limb(flesh, "shin", ("shin", "foot"), side) for side in Side},
    )


@dataclass
class Apart:
    """No arm in the trunk, no leg in the other; parts that are in contact are left to their contact."""

    body: Body
    free_hands: Collection[Side]
    free_legs: bool
    free_head: bool = True
    weight: float = 1 / 0.4
    late: bool = True
    shape: Shape = field(init=False)

    def __post_init__(self) -> None:
        self.shape = _shape(Keyed(self.body))

    def rows(self, room: Room) -> Iterator[Row]:
        shape = self.shape
        for side in Side:
            balls = shape.arms[side] + (shape.hands[side] if side in self.free_hands else ())
            for ball in balls:
                yield from self._ball(room, ball)
        if self.free_legs:
            for ball in shape.legs[Side.LEFT]:
                for limb in (shape.thighs[Side.RIGHT], shape.shins[Side.RIGHT]):
                    yield from self._in_limb(room, ball, limb)

    def _ball(self, room: Room, ball: Ball) -> Iterator[Row]:
        point = room.at(ball.node, ball.place)
        for part in self.shape.slices:
            yield from self._in_slice(room, ball, point, part)
        for limb in self.shape.thighs.values():
            yield from self._in_limb(room, ball, limb)
        if not self.free_head:
            return
        skull = self.shape.skull
        middle = room.at(skull.node, skull.place)
        way = sub(point, middle)
        yield from self._push(ball, point, skull.node, skull.radius + ball.radius - length(way), unit(way))

    def _in_slice(self, room: Room, ball: Ball, point: Vec, part: Slice) -> Iterator[Row]:
        x, y, z = turn_back(room.stance.turns[part.node], sub(point, room.stance.heads[part.node]))
        if not part.low < y < part.high:
            return
        wide, deep = part.wide + ball.radius, part.deep + ball.radius
        z -= part.middle[2]
        share = math.sqrt((x / wide) ** 2 + (z / deep) ** 2)
        if share >= 1:
            return
        slope = (x / wide**2, 0.0, z / deep**2)
        # At the flanks an arm goes aside, as it hangs beside a belly, not behind it.
        backward = min(max((FLANK - abs(x) / wide) / FLANK_BORDER, 0.0), 1.0) if z < 0 else 1.0
        out = unit((slope[0], 0.0, slope[2] * backward))
        steep = dot(slope, out)
        if steep < 1e-9:
            return
        depth = (1 - share) * max(share, 0.2) / steep
        yield from self._push(ball, point, part.node, depth, turn(room.stance.turns[part.node], out))

    def _in_limb(self, room: Room, ball: Ball, limb: Limb) -> Iterator[Row]:
        point = room.at(ball.node, ball.place)
        near, far = room.stance.heads[limb.near], room.stance.heads[limb.far]
        axis = sub(far, near)
        share = dot(sub(point, near), axis) / dot(axis, axis)
        if not 0.12 < share < 1.03:
            return
        way = sub(point, mix(near, far, share))
        radius = limb.thick + (limb.thin - limb.thick) * min(max((share - 0.3) / 0.58, 0.0), 1.0)
        yield from self._push(ball, point, limb.near, radius + ball.radius - length(way), unit(way))

    def _push(self, ball: Ball, point: Vec, node: int, depth: float, out: Vec) -> Iterator[Row]:
        if depth > GIVES:
            pieces = (Piece(ball.node, point, out), Piece(node, point, scale(out, -1)))
            yield Row(GIVES - depth, self.weight, pieces)

    def learn(self, room: Room, skin: Points) -> None:
        pass

    def deepest(self, room: Room) -> float:
        """Return how deep one part is in another, in centimetres."""
        return max((-row.missing for row in self.rows(room)), default=0.0)
