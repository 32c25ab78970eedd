"""The wish of two parts of the body that meet, and how far they are from each other."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from plans.figures.solve.rig import Points
from plans.figures.solve.rows import Piece, Row
from plans.figures.solve.spots import Spot
from plans.figures.solve.vectors import Vec, add, cross, dot, length, scale, sub, unit
from plans.figures.solve.wishes import TOUCH, Room, along_plane, as_vec, learnt

# Centimetres that flesh gives where two parts meet, and how far along the skin the nearest
# vertex may be.
PRESSED, SPACING = 4.0, 6.0
# Centimetres along the skin by which two parts may meet beside the place that was named, or where none was.
ASIDE, ANYWHERE = 6.0, 12.0
SAME_SIDE = 0.6  # cosine around a limb


@dataclass
class Meets:
    """A spot of one part lies on a spot of another, face to face; loosely along the surface where it may slide."""

    spot: Spot
    target: Spot
    slide: float
    facing: float
    around: "np.typing.NDArray[np.int64]"
    """The vertices of the target's part."""
    triangles: "np.typing.NDArray[np.int32]"
    limb: tuple[int, int] | None = None
    """The nodes at both ends of a round target: what slides around it stays on its skin."""
    sink: float = 0.3

    def rows(self, room: Room) -> Iterator[Row]:
        a, b = room.spot(self.spot), room.spot(self.target)
        out = room.way(self.target.node, self.target.normal)
        gap = sub(a, b)
        around = self._round(room, a, b)
        yield around or self._row(a, b, out, dot(gap, out) + self.sink, TOUCH)
        for local in along_plane(self.target.normal):
            way = room.way(self.target.node, local)
            yield self._row(a, b, way, dot(gap, way), 1 / self.slide)
        if self.facing:
            faces = room.way(self.spot.node, self.spot.normal)
            for way in ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0)):
                pieces = (
                    Piece(self.spot.node, faces, way, free=True),
                    Piece(self.target.node, out, way, free=True),
                )
                yield Row(dot(faces, way) + dot(out, way), self.facing, pieces)

    def _round(self, room: Room, a: Vec, b: Vec) -> Row | None:
        # Around a limb the way out turns with the spot; from the far side of it the spot must first come over.
        if self.limb is None:
            return None
        near, far = (room.stance.heads[node] for node in self.limb)
        axis = unit(sub(far, near))
        out_a, out_b = (sub(p, add(near, scale(axis, dot(sub(p, near), axis)))) for p in (a, b))
        out = unit(out_a)
        if dot(out, unit(out_b)) < SAME_SIDE:
            return None
        pieces = (Piece(self.spot.node, a, out), Piece(self.target.node, sub(a, out_a), scale(out, -1)))
        return Row(length(out_a) - length(out_b) + self.sink, TOUCH, pieces)

    def _row(self, a: Vec, b: Vec, way: Vec, missing: float, weight: float) -> Row:
        # The direction turns with the target: the third piece is what that does to the gap.
        target = self.target.node
        pieces = (
            Piece(self.spot.node, a, way),
            Piece(target, b, scale(way, -1)),
            Piece(target, way, sub(a, b), free=True),
        )
        return Row(missing, weight, pieces)

    def learn(self, room: Room, skin: Points) -> None:
        self.spot, self.target = learnt(self.spot, room, skin), learnt(self.target, room, skin)

    def gap(self, skin: Points) -> float:
        point = skin[self.spot.vertex]
        offset = skin[self.around] - point
        far = offset[:, 0] ** 2 + offset[:, 1] ** 2 + offset[:, 2] ** 2
        vertex = int(self.around[int(np.argmin(far))])
        nearest = _off_surface(skin, self.triangles, vertex, as_vec(point))
        aside = length(sub(as_vec(point), as_vec(skin[self.target.vertex])))
        return max(nearest - self.sink, aside - (ASIDE if self.slide < 1 else ANYWHERE), 0.0)


def _off_surface(skin: Points, triangles: "np.typing.NDArray[np.int32]", vertex: int, point: Vec) -> float:
    """Return how far a point is from the faces around a vertex."""
    out = (0.0, 0.0, 0.0)
    for corners in triangles[(triangles == vertex).any(axis=1)]:
        a, b, c = (as_vec(skin[corner]) for corner in corners)
        out = add(out, unit(cross(sub(b, a), sub(c, a))))
    way = sub(point, as_vec(skin[vertex]))
    along = dot(way, unit(out))
    aside = length(sub(way, scale(unit(out), along)))
    return max(along, -along - PRESSED, aside - SPACING)
