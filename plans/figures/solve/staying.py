"""Wishes of spots that keep to a place: of the room, or as far along a plane as another place of the body."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from plans.figures.solve.rig import Points
from plans.figures.solve.rows import Piece, Row
from plans.figures.solve.spots import Spot
from plans.figures.solve.vectors import Vec, add, dot, scale, sub
from plans.figures.solve.wishes import Room, learnt


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
