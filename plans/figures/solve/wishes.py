"""What a wish of the solver is: it tells its rows for a stance, and learns where its points really are."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Protocol

import numpy as np

from plans.figures.solve.chain import Stance
from plans.figures.solve.rig import Points
from plans.figures.solve.rows import Row
from plans.figures.solve.spots import Cloud, Spot
from plans.figures.solve.vectors import Vec, add, cross, sub, turn, turn_back, unit

TOUCH = 1 / 0.06  # a contact half a millimetre off is off


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


def learnt(spot: Spot, room: Room, skin: Points) -> Spot:
    offset = sub(as_vec(skin[spot.vertex]), room.stance.heads[spot.node])
    return replace(spot, place=turn_back(room.stance.turns[spot.node], offset))
