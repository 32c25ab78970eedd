"""Wishes of what lies in a plane, or must not go through it."""

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np

from plans.figures.solve.planes import Plane
from plans.figures.solve.rig import Points
from plans.figures.solve.rows import Piece, Row
from plans.figures.solve.spots import Cloud, Spot
from plans.figures.solve.vectors import Vec
from plans.figures.solve.wishes import TOUCH, Room, as_vec, learnt

FLAT = 1 / 0.15
GIVE = 0.8  # of what a soft part sinks in may be more or less


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
