"""The start poses: written in the pose language for the right side, mirrored for the left."""

from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import NamedTuple

from plans.figures.errors import FigureFileError
from plans.figures.joints import MIDLINE
from plans.figures.read.angles import read_angles
from plans.figures.read.contacts import read_contacts
from plans.figures.read.merging import GROUNDS, SEATS, carries
from plans.figures.read.props import read_props
from plans.figures.read.values import Reader
from plans.figures.spec import Contact, JointAngle, Part, Place, Prop, Way
from plans.figures.words import Direction, PropKind, Side, StartPose, Surface

FILE = "starts.yaml"
_OTHER = MappingProxyType({"right": "left", "left": "right"})
_SEATS_OF = MappingProxyType(
    {
        PropKind.CHAIR: Surface.SEAT,
        PropKind.BED: Surface.BED_EDGE,
        PropKind.BALL: Surface.BALL,
        PropKind.STEP: Surface.STEP,
    }
)


class Start(NamedTuple):
    """What a start pose brings."""

    joints: tuple[JointAngle, ...] = ()
    contacts: tuple[Contact, ...] = ()
    props: tuple[Prop, ...] = ()

    @property
    def seated(self) -> bool:
        return any(contact.target is Surface.SEAT for contact in self.contacts)


def start_of(name: StartPose, *, line: int) -> Start:
    """Return a start pose, with the line of the file that asks for it."""
    start = starts()[name]
    return Start(
        tuple(replace(angle, line=line) for angle in start.joints),
        tuple(_at_line(contact, line) for contact in start.contacts),
        tuple(replace(prop, line=line) for prop in start.props),
    )


def _at_line(contact: Contact, line: int) -> Contact:
    return replace(contact, line=line, at=replace(contact.at, line=line) if contact.at else None)


def carried_by(start: Start, props: tuple[Prop, ...]) -> Start:
    """Return the start pose on what carries it in this figure: the bed for the mat, a ball for the chair."""
    if start.seated:
        seat = next((prop.kind for prop in props if carries(prop, SEATS)), PropKind.CHAIR)
        return start._replace(contacts=_onto(start.contacts, Surface.SEAT, _SEATS_OF[seat]))
    lying = any(carries(prop, GROUNDS) for prop in start.props)
    if lying and any(carries(prop, frozenset((PropKind.BED,))) for prop in props):
        return start._replace(contacts=_onto(start.contacts, Surface.FLOOR, Surface.BED))
    return start


def _onto(contacts: tuple[Contact, ...], old: Surface, new: Surface) -> tuple[Contact, ...]:
    return tuple(replace(c, target=new) if c.target is old else c for c in contacts)


@cache
def starts() -> Mapping[StartPose, Start]:
    """Return every start pose. Raises FigureFileError when this package's own file is wrong."""
    reader = Reader(FILE)
    text = resources.files(__package__).joinpath(FILE).read_text("utf-8")
    document = reader.document(text)
    found: dict[StartPose, Start] = {}
    for name, key, value in reader.pairs(document, most=len(StartPose)) if document else []:
        if name not in tuple(StartPose):
            reader.problem(key, f"{name} is no start pose")
            continue
        given = reader.mapping(value, ("joints", "contacts", "props"))
        found[StartPose(name)] = Start(
            read_angles(reader, given["joints"]) if "joints" in given else (),
            read_contacts(reader, given["contacts"]) if "contacts" in given else (),
            read_props(reader, given["props"]) if "props" in given else (),
        )
    if reader.problems:
        raise FigureFileError.of(reader.problems)
    mirrored = {
        StartPose(name.replace("right ", "left ")): _mirrored(start)
        for name, start in found.items()
        if name.startswith("right ")
    }
    return MappingProxyType(found | mirrored)


def _mirrored(start: Start) -> Start:
    return start._replace(
        joints=tuple(_mirrored_angle(angle) for angle in start.joints),
        contacts=tuple(_mirrored_contact(contact) for contact in start.contacts),
    )


def _mirrored_angle(angle: JointAngle) -> JointAngle:
    movement = angle.movement
    if angle.joint in MIDLINE:
        movement = " ".join(_OTHER.get(word, word) for word in movement.split(" "))
    return replace(angle, movement=movement, side=_mirrored_side(angle.side))


def _mirrored_side(side: Side | None) -> Side | None:
    return Side(_OTHER[side]) if side else None


def _mirrored_part(part: Part) -> Part:
    return Part(part.name, _mirrored_side(part.side))


def _mirrored_contact(contact: Contact) -> Contact:
    target = contact.target
    return replace(
        contact,
        part=_mirrored_part(contact.part),
        target=_mirrored_part(target) if isinstance(target, Part) else target,
        at=_mirrored_place(contact.at) if contact.at else None,
        pointing=_mirrored_way(contact.pointing) if contact.pointing else None,
        bend=_mirrored_way(contact.bend) if contact.bend else None,
    )


def _mirrored_place(place: Place) -> Place:
    moves = tuple(replace(move, direction=_mirrored_direction(move.direction)) for move in place.moves)
    return replace(place, part=_mirrored_part(place.part), moves=moves)


def _mirrored_way(way: Way) -> Way:
    return Way(
        tuple(_mirrored_direction(direction) for direction in way.directions),
        _mirrored_part(way.toward) if way.toward else None,
        _mirrored_part(way.along) if way.along else None,
    )


def _mirrored_direction(direction: Direction) -> Direction:
    return Direction(_OTHER.get(direction, direction))
