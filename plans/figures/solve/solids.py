"""Things as boxes: the body keeps out of them, and one that stands in the body is found."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from plans.figures.solve.nodes import NODES
from plans.figures.solve.props import BACK_ABOVE_SEAT, Stand
from plans.figures.solve.rig import Points
from plans.figures.solve.rows import Piece, Row
from plans.figures.solve.spots import Cloud
from plans.figures.solve.vectors import Vec, Y, add, cross, scale, unit
from plans.figures.solve.wishes import Room, as_vec
from plans.figures.words import PropKind

SLAB, BACK_REST = 4.0, 3.0  # centimetres: how thick seats and table tops are, and the backs of chairs
BEHIND = 40.0  # a wall goes on behind what is drawn of it
LEGS = ("shin", "foot", "toes")
GIVES = 0.6  # centimetres, beside what the flesh of a part gives


@dataclass(frozen=True)
class Solid:
    """A box: the middle of its near face, the way into it, its length along that way, height and width.

    `clear`: nodes that have room below it, as shins below a seat; `behind_only`: nothing goes around it.
    """

    stand: Stand
    near: Vec
    depth: float
    low: float
    high: float
    width: float
    clear: tuple[str, ...] = ()
    behind_only: bool = False

    def inside(self, points: Points) -> tuple[Points, Points]:
        """Return how deep each point is in the box (0 outside) and (n, 3) the way out of it."""
        into, along = self.stand.into, unit(cross(Y, self.stand.into))
        offset = points - np.array(self.near)
        x = offset[:, 0] * into[0] + offset[:, 2] * into[2]
        z = offset[:, 0] * along[0] + offset[:, 2] * along[2]
        y = points[:, 1]
        faces = [x]
        ways = [scale(into, -1)]
        if not self.behind_only:
            faces += [self.high - y, self.depth - x, self.width / 2 - z, self.width / 2 + z]
            ways += [Y, into, along, scale(along, -1)]
        table = np.stack(faces)
        nearest = np.argmin(table, axis=0)
        depth = np.take_along_axis(table, nearest[None], axis=0)[0]
        within = (x < self.depth) & (y > self.low) & (y < self.high) & (np.abs(z) < self.width / 2)
        return np.where(within, np.maximum(depth, 0.0), 0.0), np.array(ways)[nearest]


def solids_of(stand: Stand, stature: float) -> tuple[Solid, ...]:
    depth, height, width = stand.size(stature)
    match stand.prop.kind:
        case PropKind.CHAIR if stand.prop.pedals:
            return ()
        case PropKind.CHAIR:
            rest = stand.near if stand.back_first else add(stand.near, scale(stand.into, depth - BACK_REST))
            top = height + BACK_ABOVE_SEAT * stature / 100
            return (
                Solid(stand, stand.near, depth, height - SLAB, height, width, LEGS),
                Solid(stand, rest, BACK_REST, height + 8, top, width),
            )
        case PropKind.TABLE:
            return (Solid(stand, stand.near, depth, height - SLAB, height, width, (*LEGS, "thigh")),)
        case PropKind.BED:
            return (Solid(stand, stand.near, depth, 0.0, height, width),)
        case PropKind.STEP:
            near = (add(stand.near, scale(stand.into, k * depth)) for k in range(stand.prop.flight))
            return tuple(Solid(stand, at, depth, 0.0, (k + 1) * height, width) for k, at in enumerate(near))
        case PropKind.WALL:
            return (Solid(stand, stand.near, depth + BEHIND, 0.0, height, 2 * width, behind_only=True),)
        case _:
            return ()


@dataclass
class Outside:
    """The body keeps out of a solid thing, but what soft parts give."""

    cloud: Cloud
    softness: Points
    solid: Solid
    weight: float = 1 / 0.3
    late: bool = True

    def __post_init__(self) -> None:
        clear = [node.name.startswith(self.solid.clear or ("-",)) for node in NODES]
        self.softness = np.where(np.array(clear)[self.cloud.nodes], 1e9, self.softness + GIVES)

    def rows(self, room: Room) -> Iterator[Row]:
        points = room.cloud(self.cloud)
        depth, ways = self.solid.inside(points)
        deep = depth - self.softness
        seen: set[int] = set()
        for index in np.argsort(-deep, kind="stable")[:24].tolist():
            if deep[index] <= 0:
                return
            node = int(self.cloud.nodes[index])
            if node not in seen:
                seen.add(node)
                yield Row(
                    -float(deep[index]),
                    self.weight,
                    (Piece(node, as_vec(points[index]), as_vec(ways[index])),),
                )

    def learn(self, room: Room, skin: Points) -> None:
        pass
