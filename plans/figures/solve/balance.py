"""Who stands on the feet alone keeps the body's weight above them."""

from collections.abc import Iterator
from dataclasses import dataclass

from plans.figures.solve.nodes import NODE
from plans.figures.solve.rig import Points
from plans.figures.solve.rows import Piece, Row
from plans.figures.solve.spots import Spot
from plans.figures.solve.vectors import Vec, add, dot, mix, scale
from plans.figures.solve.wishes import Room

# De Leva 1996: shares of the body's mass; each segment from one node toward another, and how far along its middle is.
MASSES: tuple[tuple[str, str, float, float], ...] = (
    ("neck 3", "head", 1.2, 0.069),
    ("thoracic 2", "neck 3", 0.5, 0.16),
    ("lumbar 2", "thoracic 2", 0.5, 0.15),
    ("pelvis", "lumbar 2", 0.4, 0.12),
    *(
        (f"{near} {side}", f"{far} {side}", along, mass)
        for side in ("left", "right")
        for near, far, along, mass in (
            ("upper arm", "forearm", 0.5, 0.027),
            ("forearm", "hand", 0.6, 0.022),
            ("thigh", "shin", 0.4, 0.145),
            ("shin", "foot", 0.45, 0.043),
            ("foot", "toes", 0.5, 0.014),
        )
    ),
)


@dataclass
class Balanced:
    """The centre of mass stays above the middle of what carries."""

    spots: tuple[Spot, ...]
    weight: float = 1 / 2.0

    def rows(self, room: Room) -> Iterator[Row]:
        heads = room.stance.heads
        whole = sum(mass for *_, mass in MASSES)
        for way in ((1.0, 0.0, 0.0), (0.0, 0.0, 1.0)):
            pieces, missing = [], 0.0
            for near, far, along, mass in MASSES:
                place, share = mix(heads[NODE[near]], heads[NODE[far]], along), mass / whole
                pieces.append(Piece(NODE[near], place, scale(way, share)))
                missing += dot(place, way) * share
            for spot in self.spots:
                place, share = room.spot(spot), 1 / len(self.spots)
                pieces.append(Piece(spot.node, place, scale(way, -share)))
                missing -= dot(place, way) * share
            yield Row(missing, self.weight, tuple(pieces))

    def learn(self, room: Room, skin: Points) -> None:
        pass


def centre_of_mass(room: Room) -> Vec:
    total: Vec = (0.0, 0.0, 0.0)
    whole = sum(mass for *_, mass in MASSES)
    for near, far, along, mass in MASSES:
        place = mix(room.stance.heads[NODE[near]], room.stance.heads[NODE[far]], along)
        total = add(total, scale(place, mass / whole))
    return total
