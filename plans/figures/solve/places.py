"""Places and directions of the pose language, on a body as it is posed."""

from plans.figures.body.body import Body
from plans.figures.solve.nodes import NODE
from plans.figures.solve.parts import flesh_of
from plans.figures.solve.spots import LIMBS, middle_of, spot_of
from plans.figures.solve.starts import room_way
from plans.figures.solve.vectors import ORIGIN, Mat, Vec, add, mix, scale, sub, turn, unit
from plans.figures.solve.wishes import Room
from plans.figures.spec import Move, Part, Place, Way
from plans.figures.words import PartName

JOINTS: dict[PartName, str] = {
    PartName.SHOULDER: "upper arm", PartName.ELBOW: "forearm", PartName.WRIST: "hand", PartName.HIP: "thigh",
    PartName.KNEE: "shin", PartName.ANKLE: "foot", PartName.BALL_OF_FOOT: "toes",
}  # fmt: skip
ENDS: dict[PartName, tuple[str, str]] = {
    **LIMBS,
    PartName.ARM: ("upper arm", "hand"),
    PartName.LEG: ("thigh", "foot"),
    PartName.FOOT: ("foot", "toes"),
    PartName.TRUNK: ("pelvis", "neck 3"),
    PartName.BACK: ("pelvis", "neck 3"),
    PartName.NECK: ("neck 3", "head"),
}
"""From the near to the far end of a part, for directions along it."""


def _sided(node: str, part: Part) -> int:
    return NODE[f"{node} {part.side}" if part.side else node]


def anchor_of(body: Body, place: Place) -> tuple[int, Vec]:
    """Return the node that carries a place, and the place seen from the node's head, without its moves."""
    part, flesh = place.part, flesh_of(body)
    if place.side:
        spot = spot_of(body, part, place.along, place.side)
        return spot.node, spot.place
    if part.name in LIMBS:
        near, far = (_sided(node, part) for node in LIMBS[part.name])
        way = sub(flesh.rig.node_heads[far], flesh.rig.node_heads[near])
        return near, scale(way, (50 if place.along is None else place.along) / 100)
    if part.name in JOINTS:
        return _sided(JOINTS[part.name], part), ORIGIN
    spot = spot_of(body, part)
    return spot.node, sub(middle_of(flesh, part, None), flesh.rig.node_heads[spot.node])


def moved(body: Body, moves: tuple[Move, ...], part: Part, base: Mat, room: Room) -> Vec:
    total = ORIGIN
    for move in moves:
        way = room_way(move.direction, base, room.stance.turns[0], part.side)
        total = add(total, scale(way, move.percent / 100 * body.stature))
    return total


def place_in(body: Body, place: Place, base: Mat, room: Room) -> Vec:
    node, where = anchor_of(body, place)
    return add(room.at(node, where), moved(body, place.moves, place.part, base, room))


def way_in(body: Body, way: Way, part: Part | None, start: Vec, base: Mat, room: Room) -> Vec:
    """Return a direction of the room; `part` tells which side is out, `start` where `toward` is seen from."""
    if way.along:
        near, far = (room.stance.heads[_sided(node, way.along)] for node in _ends(way.along))
        return unit(sub(far, near))
    if way.toward:
        return unit(sub(place_in(body, Place(way.toward), base, room), start))
    total = ORIGIN
    for direction in way.directions:
        total = add(total, room_way(direction, base, room.stance.turns[0], part.side if part else None))
    return unit(total)


def _ends(part: Part) -> tuple[str, str]:
    return ENDS.get(part.name, ENDS[PartName.TRUNK] if part.side is None else ENDS[PartName.ARM])


def halfway(a: Vec, b: Vec) -> Vec:
    return mix(a, b, 0.5)


def turned_by(room: Room, node: int, way: Vec) -> Vec:
    return turn(room.stance.turns[node], way)
