"""Contacts of the pose language as wishes of the solver."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from plans.figures.body.body import Body
from plans.figures.errors import PoseError
from plans.figures.solve.aiming import Across, Bends, Looks
from plans.figures.solve.meeting import Meets
from plans.figures.solve.nodes import NODE
from plans.figures.solve.parts import flesh_of
from plans.figures.solve.places import anchor_of, moved, way_in
from plans.figures.solve.planes import Edge, Ground, Plane
from plans.figures.solve.resting import Flat, Lies
from plans.figures.solve.spots import LIMBS, Spot, cloud_of, patch_of, spot_beside, spot_of, spots_around
from plans.figures.solve.starts import room_way
from plans.figures.solve.staying import Level, Stays
from plans.figures.solve.vectors import (
    DOWN,
    ORIGIN,
    Mat,
    Vec,
    Y,
    Z,
    add,
    cross,
    dot,
    length,
    scale,
    sub,
    turn_back,
    unit,
)
from plans.figures.solve.wishes import Room, Wish, along_plane
from plans.figures.spec import Contact, ContactKind, Part, Way
from plans.figures.words import LimbSide, PartName, Surface

HANDS = frozenset({PartName.HAND, PartName.PALM, PartName.FIST, PartName.BACK_OF_HAND, PartName.FINGERTIPS})
FLAT_PARTS = {
    PartName.HAND: PartName.PALM,
    PartName.PALM: PartName.PALM,
    PartName.BACK_OF_HAND: PartName.BACK_OF_HAND,
    PartName.FOOT: PartName.FOOT,
}
IN_PLACES: dict[PartName, tuple[PartName, ...]] = {
    PartName.FOREARM: (PartName.ELBOW, PartName.WRIST),
    PartName.SHIN: (PartName.KNEE, PartName.TOP_OF_FOOT),
    PartName.BACK: (PartName.UPPER_BACK, PartName.PELVIS),
    PartName.TRUNK: (PartName.UPPER_BACK, PartName.PELVIS),
    PartName.ARM: (PartName.ELBOW, PartName.WRIST),
    PartName.LEG: (PartName.CALF, PartName.HEEL),
}
"""Long parts lie on more than one place."""
SINKS: dict[PartName, float] = {
    PartName.UPPER_BACK: 0.8, PartName.LOW_BACK: 0.8, PartName.PELVIS: 1.4, PartName.SACRUM: 1.0, PartName.BUTTOCK: 1.8,
    PartName.BELLY: 1.6, PartName.CHEST: 1.2, PartName.RIBS: 1.2, PartName.HIP: 1.6, PartName.SHOULDER: 0.8,
    PartName.THIGH: 1.2, PartName.CALF: 0.8, PartName.UPPER_ARM: 0.8, PartName.HEAD: 0.4, PartName.SHOULDER_BLADE: 0.6,
}  # fmt: skip
"""How deep soft parts press into what carries them, in centimetres."""
SINK = 0.2
TOGETHER = frozenset(
    {PartName.KNEE, PartName.ANKLE, PartName.FOOT, PartName.THIGH, PartName.HEEL, PartName.BIG_TOE}
)


@dataclass(frozen=True)
class Met:
    """A wish with the contact that it comes from."""

    contact: Contact
    wish: Wish


@dataclass(frozen=True)
class Maker:
    """What contacts need to become wishes: the body, how it first lies, the surfaces, a first guess of the pose."""

    body: Body
    base: Mat
    grounds: Mapping[Surface, Ground]
    guess: Room

    def wishes(self, contact: Contact) -> Iterator[Wish]:
        if isinstance(contact.target, Part):
            yield from self._on_body(contact, contact.target)
        else:
            if contact.target not in self.grounds:
                raise PoseError(line=contact.line, words=f"{contact}: there is no {contact.target} under it")
            ground = self.grounds[contact.target]
            yield from (
                self._on_edge(contact, ground)
                if isinstance(ground, Edge)
                else self._on_plane(contact, ground)
            )
        if contact.pointing:
            yield self._pointing(contact.part, contact.pointing)
        if contact.bend:
            yield self._bend(contact.part, contact.bend)

    def _on_plane(self, contact: Contact, plane: Plane) -> Iterator[Wish]:
        part = contact.part
        if part.name in FLAT_PARTS:
            hollow = 0.8 if part.name is PartName.FOOT else 1.6
            yield Flat(patch_of(self.body, Part(FLAT_PARTS[part.name], part.side)), plane, hollow)
        else:
            for name in IN_PLACES.get(part.name, (part.name,)):
                yield self.lies(
                    Part(name, part.side if name not in (PartName.PELVIS, PartName.UPPER_BACK) else None),
                    plane,
                )
        if contact.at:
            node, place = anchor_of(self.body, contact.at)
            at = contact.at
            yield Level(
                spot_of(self.body, part),
                node,
                place,
                lambda room: moved(self.body, at.moves, at.part, self.base, room),
                along_plane(plane.normal),
            )

    def lies(self, part: Part, plane: Plane) -> Lies:
        return Lies(
            cloud_of(self.body, part), flesh_of(self.body).of(part), plane, SINKS.get(part.name, SINK)
        )

    def _on_edge(self, contact: Contact, edge: Edge) -> Iterator[Wish]:
        part = contact.part
        if part.name in HANDS:
            palm = spot_of(self.body, Part(PartName.PALM, part.side))
            up = Y if edge.along[1] == 0 else unit(cross(edge.along, edge.out))
            yield Stays(palm, edge.origin, (up, edge.out), 1 / 0.05)
            yield Stays(palm, edge.origin, (edge.along,), 2 / edge.half)
            yield Looks(palm.node, palm.normal, lambda room: DOWN, 1 / 0.6)
            yield Looks(palm.node, DOWN, lambda room: scale(edge.out, -1), 1 / 0.8)
            return
        yield self.lies(part, Plane(edge.surface, edge.origin, Y))
        yield Stays(spot_of(self.body, part), edge.origin, (edge.out,), 1 / 2.0)

    def _on_body(self, contact: Contact, target: Part) -> Iterator[Wish]:
        part = contact.part
        holds = contact.kind is ContactKind.HOLD
        name = PartName.PALM if part.name in HANDS and part.name not in _OWN_FACE else part.name
        spot = spot_of(self.body, Part(name, part.side))
        sides = self._choices(contact, target)
        if contact.kind is ContactKind.TOUCH and part.name == target.name and part.name in TOGETHER:
            spot = spot_of(self.body, part, None, LimbSide.INNER)
            sides = (spot_of(self.body, target, None, LimbSide.INNER),)
        chosen = self._moved(contact, min(sides, key=lambda other: self._far(spot, other)))
        facing = (
            1 / 0.35
            if holds
            else 1 / 0.5
            if name is PartName.PALM
            else 0.0
            if contact.kind is ContactKind.TOUCH
            else 1.0
        )
        limb, flesh = None, flesh_of(self.body)
        if target.name in LIMBS:
            near, far = (NODE[f"{node} {target.side}"] for node in LIMBS[target.name])
            limb = near, far
        yield Meets(
            spot,
            chosen,
            0.6 if contact.at else 2.0,
            facing,
            lambda vertex: int(flesh.node_of_vertex[vertex]),
            flesh.faces(target),
            limb,
        )
        if holds and limb:
            yield Across(spot.node, DOWN, *limb, 1 / 0.5)

    def _moved(self, contact: Contact, spot: Spot) -> Spot:
        # Moves on the body are told in the room of the start pose; the skin is looked for in the neutral stance.
        if not contact.at or not contact.at.moves:
            return spot
        total = ORIGIN
        for move in contact.at.moves:
            way = room_way(move.direction, self.base, self.base, contact.part.side or contact.at.part.side)
            total = add(total, scale(turn_back(self.base, way), move.percent / 100 * self.body.stature))
        return spot_beside(self.body, spot, total)

    def _choices(self, contact: Contact, target: Part) -> tuple[Spot, ...]:
        at = contact.at
        if at and at.side:
            return (spot_of(self.body, target, at.along, at.side),)
        if at and at.along is not None:
            return spots_around(self.body, target, at.along)
        if target.name in LIMBS:
            return tuple(
                spot for along in (30.0, 50.0, 70.0) for spot in spots_around(self.body, target, along)
            )
        return (spot_of(self.body, target),)

    def _far(self, spot: Spot, other: Spot) -> float:
        a, b = self.guess.spot(spot), self.guess.spot(other)
        out = self.guess.way(other.node, other.normal)
        behind = dot(unit(sub(a, b)), out)
        return length(sub(a, b)) * (1.3 - 0.3 * behind)

    def _pointing(self, part: Part, way: Way) -> Wish:
        foot = part.name in _FEET
        node = NODE[f"{'foot' if foot else 'hand'} {part.side}"]
        along = Z if foot else DOWN
        return Looks(node, along, lambda room: self._goal(way, part, node, room), 1 / 0.15)

    def _goal(self, way: Way, part: Part, node: int, room: Room) -> Vec:
        return way_in(self.body, way, part, room.stance.heads[node], self.base, room)

    def _bend(self, part: Part, way: Way) -> Wish:
        leg = part.name in _FEET
        near, mid = (
            NODE[f"{name} {part.side}"] for name in (("thigh", "shin") if leg else ("upper arm", "forearm"))
        )
        return Bends(near, mid, lambda room: self._goal(way, part, near, room))


_OWN_FACE = frozenset({PartName.BACK_OF_HAND, PartName.FIST, PartName.FINGERTIPS})
_FEET = frozenset({
    PartName.FOOT, PartName.HEEL, PartName.BALL_OF_FOOT, PartName.TOES, PartName.ANKLE, PartName.KNEE, PartName.SHIN,
    PartName.TOP_OF_FOOT, PartName.BIG_TOE, PartName.CALF, PartName.THIGH, PartName.LEG,
})  # fmt: skip
