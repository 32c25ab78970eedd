"""The wish of two parts of the body that meet, and how far they are from each other."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from plans.figures.solve.rig import Points
from plans.figures.solve.rows import Piece, Row
from plans.figures.solve.spots import Spot
from plans.figures.solve.surface import Nearest, Triangles, nearest_on
from plans.figures.solve.vectors import Vec, add, dot, length, scale, sub, turn_back, unit
from plans.figures.solve.wishes import TOUCH, Room, along_plane, as_vec, learnt

PRESSED = 0.7  # centimetres that flesh gives beside `sink`, where two parts meet
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
    node_of: Callable[[int], int]
    """Which node carries a vertex."""
    faces: Triangles
    """Those of the target's part."""
    limb: tuple[int, int] | None = None
    """The nodes at both ends of a round target: what slides around it stays on its skin."""
    sink: float = 0.3
    touched: Spot = field(init=False)
    """Where the skin of the target is nearest; known once the first skin is seen."""

    def __post_init__(self) -> None:
        self.touched = self.target

    def rows(self, room: Room) -> Iterator[Row]:
        a, b, named = room.spot(self.spot), room.spot(self.touched), room.spot(self.target)
        out = room.way(self.touched.node, self.touched.normal)
        yield self._round(room, a, b) or self._row(a, self.touched.node, b, out, self.sink, TOUCH)
        for local in along_plane(self.target.normal):
            way = room.way(self.target.node, local)
            yield self._row(a, self.target.node, named, way, 0.0, 1 / self.slide)
        if self.facing:
            faces = room.way(self.spot.node, self.spot.normal)
            for way in ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0)):
                pieces = (
                    Piece(self.spot.node, faces, way, free=True),
                    Piece(self.touched.node, out, way, free=True),
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
        pieces = (Piece(self.spot.node, a, out), Piece(self.touched.node, sub(a, out_a), scale(out, -1)))
        return Row(length(out_a) - length(out_b) + self.sink, TOUCH, pieces)

    def _row(self, a: Vec, node: int, b: Vec, way: Vec, more: float, weight: float) -> Row:
        # The direction turns with the target: the third piece is what that does to the gap.
        gap = sub(a, b)
        pieces = (
            Piece(self.spot.node, a, way),
            Piece(node, b, scale(way, -1)),
            Piece(node, way, gap, free=True),
        )
        return Row(dot(gap, way) + more, weight, pieces)

    def learn(self, room: Room, skin: Points) -> None:
        self.spot, self.target = learnt(self.spot, room, skin), learnt(self.target, room, skin)
        nearest = self._nearest(skin)
        node = self.node_of(nearest.vertex)
        turn, head = room.stance.turns[node], room.stance.heads[node]
        place, out = turn_back(turn, sub(nearest.point, head)), turn_back(turn, nearest.out)
        self.touched = Spot(nearest.vertex, node, place, out)

    def gap(self, skin: Points) -> float:
        height = self._nearest(skin).height + self.sink
        point, named = as_vec(skin[self.spot.vertex]), as_vec(skin[self.target.vertex])
        aside = length(sub(point, named)) - (ASIDE if self.slide < 1 else ANYWHERE)
        return max(height - self.sink, -height - PRESSED, aside, 0.0)

    def _nearest(self, skin: Points) -> Nearest:
        return nearest_on(skin, self.faces, as_vec(skin[self.spot.vertex]))
