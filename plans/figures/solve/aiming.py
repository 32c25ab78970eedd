"""Wishes of directions: where fingers and toes point, where elbows and knees bend to."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from plans.figures.solve.rig import Points
from plans.figures.solve.rows import Piece, Row
from plans.figures.solve.vectors import Vec, dot, sub, unit
from plans.figures.solve.wishes import Room


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
