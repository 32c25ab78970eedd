"""Contacts as wishes: each tells its rows for a stance, and learns from the skin where its points really are."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import Protocol

import numpy as np

from plans.figures.solve.chain import Stance
from plans.figures.solve.planes import Plane
from plans.figures.solve.rig import Points
from plans.figures.solve.rows import Piece, Row
from plans.figures.solve.spots import Cloud, Spot
from plans.figures.solve.vectors import Vec, add, cross, dot, length, scale, sub, turn, turn_back, unit

TOUCH = 1 / 0.06  # a contact half a millimetre off is off
FLAT = 1 / 0.15
# Centimetres that flesh gives where two parts meet, and how far along the skin the nearest
# vertex may be.
PRESSED, SPACING = 4.0, 6.0
# Centimetres along the skin by which two parts may meet beside the place that was named, or where none was.
ASIDE, ANYWHERE = 6.0, 12.0
SAME_SIDE = 0.6  # cosine around a limb
GIVE = 0.8  # of what a soft part sinks in may be more or less


@dataclass(frozen=True)
class Room:
    """A stance with what many wishes ask of it."""

    stance: Stance
    turns: Points  # (nodes, 3 columns, 3)
    heads: Points

    def at(self, node: int, place: Vec) -> Vec:
        return add(self.stance.heads[node], turn(self.stance.turns[node], place))

    def spot(self, spot: Spot) -> Vec:
        return self.at(spot.node, spot.place)

    def way(self, node: int, way: Vec) -> Vec:
        return turn(self.stance.turns[node], way)

    def cloud(self, cloud: Cloud) -> Points:
        turns, places = self.turns[cloud.nodes], cloud.places
        return (
            self.heads[cloud.nodes]
            + turns[:, 0] * places[:, 0:1]
            + turns[:, 1] * places[:, 1:2]
            + turns[:, 2] * places[:, 2:3]
        )


def room_of(stance: Stance) -> Room:
    return Room(stance, np.array(stance.turns), np.array(stance.heads))


def as_vec(point: Points) -> Vec:
    x, y, z = point.tolist()
    return x, y, z


class Wish(Protocol):
    """Something that the solver brings about."""

    def rows(self, room: Room) -> Iterator[Row]:
        """Yield what is still missing in a stance."""

    def learn(self, room: Room, skin: Points) -> None:
        """Take over where the skin really is: a bent joint carries it elsewhere than its bone alone would."""


def along_plane(normal: Vec) -> tuple[Vec, Vec]:
    """Return two directions in a plane."""
    first = unit(cross(normal, (0.0, 0.0, 1.0) if abs(normal[2]) < 0.9 else (1.0, 0.0, 0.0)))
    return first, cross(normal, first)


@dataclass
class Lies:
    """The outermost point of a part lies in a plane, a little deep where it is soft."""

    cloud: Cloud
    vertices: "np.typing.NDArray[np.int64]"
    plane: Plane
    sink: float
    weight: float = TOUCH
    learnt: float = 0.0

    def _lowest(self, room: Room) -> tuple[int, Vec, float]:
        points = room.cloud(self.cloud)
        n = self.plane.normal
        height = points[:, 0] * n[0] + points[:, 1] * n[1] + points[:, 2] * n[2]
        index = int(np.argmin(height))
        point = as_vec(points[index])
        return int(self.cloud.nodes[index]), point, self.plane.above(point)

    def rows(self, room: Room) -> Iterator[Row]:
        node, point, height = self._lowest(room)
        pieces = (Piece(node, point, self.plane.normal),)
        missing = height + self.learnt + self.sink
        give = self.sink * GIVE
        yield Row(missing, 1.0, pieces)
        if abs(missing) > give:
            yield Row(missing - give if missing > 0 else missing + give, self.weight, pieces)

    def learn(self, room: Room, skin: Points) -> None:
        self.learnt = self._of_skin(skin) - self._lowest(room)[2]

    def _of_skin(self, skin: Points) -> float:
        n, o = self.plane.normal, self.plane.origin
        part = skin[self.vertices]
        return float(
            ((part[:, 0] - o[0]) * n[0] + (part[:, 1] - o[1]) * n[1] + (part[:, 2] - o[2]) * n[2]).min()
        )

    def gap(self, skin: Points) -> float:
        return max(abs(self._of_skin(skin) + self.sink) - self.sink * GIVE, 0.0)


@dataclass
class Flat:
    """Three spots of a palm or sole lie in a plane."""

    spots: tuple[Spot, ...]
    plane: Plane
    hollow: float = 0.8
    """Centimetres by which one spot may stay above: a hand is not as flat as a sole."""

    def rows(self, room: Room) -> Iterator[Row]:
        for spot in self.spots:
            point = room.spot(spot)
            yield Row(self.plane.above(point), FLAT, (Piece(spot.node, point, self.plane.normal),))

    def learn(self, room: Room, skin: Points) -> None:
        self.spots = tuple(learnt(spot, room, skin) for spot in self.spots)

    def gap(self, skin: Points) -> float:
        heights = [self.plane.above(as_vec(skin[spot.vertex])) for spot in self.spots]
        return max(abs(min(heights)), max(heights) - self.hollow)


def learnt(spot: Spot, room: Room, skin: Points) -> Spot:
    offset = sub(as_vec(skin[spot.vertex]), room.stance.heads[spot.node])
    return replace(spot, place=turn_back(room.stance.turns[spot.node], offset))


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


@dataclass
class Stays:
    """A spot keeps to a place in the room, along some directions."""

    spot: Spot
    place: Vec
    ways: tuple[Vec, ...]
    weight: float

    def rows(self, room: Room) -> Iterator[Row]:
        point = room.spot(self.spot)
        for way in self.ways:
            yield Row(dot(sub(point, self.place), way), self.weight, (Piece(self.spot.node, point, way),))

    def learn(self, room: Room, skin: Points) -> None:
        self.spot = learnt(self.spot, room, skin)


@dataclass
class Level:
    """A spot is as far along a plane as another place of the body."""

    spot: Spot
    node: int
    place: Vec
    moved: Callable[[Room], Vec]
    ways: tuple[Vec, ...]
    weight: float = 1 / 0.4

    def rows(self, room: Room) -> Iterator[Row]:
        point, under = room.spot(self.spot), room.at(self.node, self.place)
        gap = sub(point, add(under, self.moved(room)))
        for way in self.ways:
            pieces = (Piece(self.spot.node, point, way), Piece(self.node, under, scale(way, -1)))
            yield Row(dot(gap, way), self.weight, pieces)

    def learn(self, room: Room, skin: Points) -> None:
        self.spot = learnt(self.spot, room, skin)


@dataclass
class Looks:
    """A direction that a node carries looks along a direction of the room."""

    node: int
    way: Vec
    goal: Callable[[Room], Vec]
    weight: float

    def rows(self, room: Room) -> Iterator[Row]:
        now, goal = room.way(self.node, self.way), self.goal(room)
        for axis in ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0)):
            yield Row(
                dot(now, axis) - dot(goal, axis), self.weight, (Piece(self.node, now, axis, free=True),)
            )

    def learn(self, room: Room, skin: Points) -> None:
        pass


@dataclass
class Across:
    """A direction of one node stays square to the line from a second node to a third: fingers around a limb."""

    node: int
    way: Vec
    near: int
    far: int
    weight: float

    def rows(self, room: Room) -> Iterator[Row]:
        limb = unit(sub(room.stance.heads[self.far], room.stance.heads[self.near]))
        now = room.way(self.node, self.way)
        pieces = (Piece(self.node, now, limb, free=True), Piece(self.near, limb, now, free=True))
        yield Row(dot(now, limb), self.weight, pieces)

    def learn(self, room: Room, skin: Points) -> None:
        pass


@dataclass
class Bends:
    """An elbow or knee is brought to one side."""

    near: int
    middle: int
    goal: Callable[[Room], Vec]
    weight: float = 1 / 8.0

    def rows(self, room: Room) -> Iterator[Row]:
        limb, goal = sub(room.stance.heads[self.middle], room.stance.heads[self.near]), self.goal(room)
        wanted = 0.8 * dot(limb, limb) ** 0.5
        yield Row(dot(limb, goal) - wanted, self.weight, (Piece(self.near, limb, goal, free=True),))

    def learn(self, room: Room, skin: Points) -> None:
        pass


@dataclass
class Above:
    """Nothing of the body goes through a plane, but what soft parts give."""

    cloud: Cloud
    plane: Plane
    softness: Points
    weight: float = 1 / 0.15
    learnt: Points = field(default_factory=lambda: np.zeros(1))

    def rows(self, room: Room) -> Iterator[Row]:
        points = room.cloud(self.cloud)
        n = self.plane.normal
        deep = self._heights(points) + self.learnt + self.softness
        seen: set[int] = set()
        for index in np.argsort(deep, kind="stable")[:40].tolist():
            node = int(self.cloud.nodes[index])
            if deep[index] >= 0:
                break
            if node not in seen:
                seen.add(node)
                yield Row(float(deep[index]), self.weight, (Piece(node, as_vec(points[index]), n),))

    def _heights(self, points: Points) -> Points:
        n, o = self.plane.normal, self.plane.origin
        return (points[:, 0] - o[0]) * n[0] + (points[:, 1] - o[1]) * n[1] + (points[:, 2] - o[2]) * n[2]

    def learn(self, room: Room, skin: Points) -> None:
        # A bent knee is not where its bone alone would carry it.
        self.learnt = self._heights(skin[self.cloud.vertices]) - self._heights(room.cloud(self.cloud))
