"""What a panel says over what it builds on: angles by axis, contacts by the part of the limb, props by their role."""

from collections.abc import Iterable
from dataclasses import replace
from types import MappingProxyType

from plans.figures.joints import Joint, JointAxis
from plans.figures.read.contact_words import PROP_OF
from plans.figures.spec import Attach, Contact, JointAngle, Part, Prop
from plans.figures.words import PartName, PropKind, Side, Surface

_HAND = (
    *(
        PartName.HAND,
        PartName.PALM,
        PartName.BACK_OF_HAND,
        PartName.FIST,
        PartName.FINGERTIPS,
        PartName.WRIST,
    ),
    *(PartName.THUMB, PartName.INDEX_FINGER, PartName.MIDDLE_FINGER, PartName.RING_FINGER),
    PartName.LITTLE_FINGER,
)
_FOOT = (
    *(PartName.FOOT, PartName.HEEL, PartName.BALL_OF_FOOT, PartName.TOP_OF_FOOT, PartName.TOES),
    PartName.BIG_TOE,
)
_ARM = (*_HAND, PartName.ARM, PartName.UPPER_ARM, PartName.ELBOW, PartName.FOREARM)
_LEG = (
    *(*_FOOT, PartName.LEG, PartName.THIGH, PartName.KNEE, PartName.SHIN, PartName.CALF),
    PartName.ANKLE,
)
_HEAD = (
    *(PartName.HEAD, PartName.CROWN, PartName.FOREHEAD, PartName.FACE, PartName.MOUTH, PartName.CHIN),
    *(PartName.TEMPLE, PartName.NECK),
)
_TRUNK = tuple(part for part in PartName if part not in (*_ARM, *_LEG, *_HEAD))
_PELVIS = (PartName.PELVIS, PartName.SACRUM, PartName.BUTTOCK, PartName.HIP)

MEMBERS = MappingProxyType(
    {
        PartName.ARM: frozenset(_ARM),
        PartName.HAND: frozenset(_HAND),
        PartName.LEG: frozenset(_LEG),
        PartName.FOOT: frozenset(_FOOT),
        PartName.HEAD: frozenset(_HEAD),
        PartName.TRUNK: frozenset(_TRUNK),
        PartName.PELVIS: frozenset(_PELVIS),
    }
)
"""Parts whose contacts are given up together."""
_ENDS = (frozenset(_HAND), frozenset((*_FOOT, PartName.ANKLE)), frozenset(_HEAD), frozenset(_PELVIS))
"""Of the parts of one end a new contact takes the place of the old ones: balls of feet on floor, no longer feet."""

GROUNDS = frozenset((PropKind.MAT, PropKind.BED))
SEATS = frozenset((PropKind.CHAIR, PropKind.BED, PropKind.BALL, PropKind.STEP))
ONE_OF_A_KIND = frozenset(PROP_OF.values()) | {PropKind.MAT}


def merge_angles(base: Iterable[JointAngle], own: Iterable[JointAngle]) -> tuple[JointAngle, ...]:
    merged: dict[tuple[Joint, Side | None, JointAxis], JointAngle] = {}
    for angle in (*base, *own):
        merged[angle.joint, angle.side, angle.axis] = angle
    return tuple(merged.values())


def merge_contacts(
    base: Iterable[Contact], freed: Iterable[Part], own: tuple[Contact, ...]
) -> tuple[Contact, ...]:
    given_up = tuple(freed)
    kept = [
        contact
        for contact in base
        if not any(lets_go(part, contact) for part in given_up)
        and not any(_same_end(new.part, contact.part) for new in own)
    ]
    return (*kept, *own)


def lets_go(freed: Part, contact: Contact) -> bool:
    """Return whether a contact is given up with those of a part, which it joins or is joined by."""
    return _frees(freed, contact.part) or (isinstance(contact.target, Part) and _frees(freed, contact.target))


def _frees(freed: Part, part: Part) -> bool:
    names = MEMBERS.get(freed.name, frozenset((freed.name,)))
    return part.name in names and (freed.side is None or part.side is None or freed.side == part.side)


def _same_end(new: Part, old: Part) -> bool:
    if new.side and old.side and new.side != old.side:
        return False
    return new.name == old.name or any(new.name in end and old.name in end for end in _ENDS)


def merge_props(base: Iterable[Prop], own: tuple[Prop, ...], *, seated: bool) -> tuple[Prop, ...]:
    """Return the props of both; what carries the person takes the place of what the start pose brings."""
    kept = [prop for prop in base if not any(_replaces(new, prop, seated=seated) for new in own)]
    return (*kept, *own)


def _replaces(new: Prop, old: Prop, *, seated: bool) -> bool:
    if new.kind == old.kind:
        return new.kind in ONE_OF_A_KIND and new.attach == old.attach and new.where == old.where
    return any(carries(new, role) and carries(old, role) for role in ((SEATS,) if seated else (GROUNDS,)))


def carries(prop: Prop, role: frozenset[PropKind]) -> bool:
    return prop.kind in role and prop.where is None


def with_needed_props(props: tuple[Prop, ...], contacts: Iterable[Contact]) -> tuple[Prop, ...]:
    """Return the props, with a plain one for each surface that a contact names and none of them has."""
    found = list(props)
    for contact in contacts:
        kind = PROP_OF.get(contact.target) if isinstance(contact.target, Surface) else None
        if kind and all(prop.kind != kind for prop in found):
            found.append(Prop(kind, line=contact.line))
    return tuple(found)


def on_pillows(contacts: Iterable[Contact], props: Iterable[Prop]) -> tuple[Contact, ...]:
    """Return the contacts, those on floor or bed moved onto the pillow that lies under the same part."""
    padded = {
        part
        for prop in props
        if prop.kind is PropKind.PILLOW and prop.attach is Attach.UNDER
        for part in prop.parts
    }
    return tuple(
        replace(contact, target=Surface.PILLOW)
        if contact.part in padded and contact.target in (Surface.FLOOR, Surface.BED)
        else contact
        for contact in contacts
    )
