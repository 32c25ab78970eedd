"""Every way in which parts of the body, joints and muscles may be written, and what each stands for."""

from types import MappingProxyType
from typing import NamedTuple

from plans.figures.joints import AXES, MIDLINE, SHARES, Joint, Shares, movements
from plans.figures.spec import Part
from plans.figures.words import MIDDLE_MUSCLES, UNPAIRED, Muscle, PartName, Side

_IRREGULAR = {
    PartName.FOOT: "feet",
    PartName.CALF: "calves",
    PartName.BACK_OF_HAND: "backs of hands",
    PartName.BALL_OF_FOOT: "balls of feet",
    PartName.TOP_OF_FOOT: "tops of feet",
    PartName.TOES: "toes",
    PartName.RIBS: "ribs",
    PartName.FINGERTIPS: "fingertips",
}
SIDES = (Side.RIGHT, Side.LEFT)


class WrittenJoint(NamedTuple):
    """What a joint's name stands for, and the most degrees that each of its joints can go."""

    shares: Shares
    sides: tuple[Side | None, ...]
    most: float

    @property
    def breadth(self) -> int:
        """How many angles it stands for: the narrower of two names counts."""
        return len(self.shares) * len(self.sides)


def plural(part: PartName) -> str:
    return _IRREGULAR.get(part, f"{part}s")


def _parts() -> dict[str, tuple[Part, ...]]:
    found: dict[str, tuple[Part, ...]] = {}
    for name in PartName:
        if name in UNPAIRED:
            found[name] = (Part(name),)
            continue
        both = tuple(Part(name, side) for side in SIDES)
        found |= {str(part): (part,) for part in both}
        found |= {plural(name): both, f"both {plural(name)}": both}
    return found


def _joints() -> dict[str, WrittenJoint]:
    found: dict[str, WrittenJoint] = {}
    for name, shares in SHARES.items():
        found |= _with_sides(name, shares)
    for joint in AXES:
        for movement, _, _ in movements(joint):
            found |= _with_sides(f"{joint} {movement}", ((joint, movement, 1.0),))
    return {name: written for name, written in found.items() if written.most > 0}


def _with_sides(name: str, shares: Shares) -> dict[str, WrittenJoint]:
    most = min(range_of(joint, movement) / share for joint, movement, share in shares)
    most = float(int(most))
    if shares[0][0] in MIDLINE:
        return {name: WrittenJoint(shares, (None,), most)}
    sided = {f"{side} {name}": WrittenJoint(shares, (side,), most) for side in SIDES}
    return {name: WrittenJoint(shares, SIDES, most), **sided}


def range_of(joint: Joint, movement: str) -> float:
    """Return how far a joint goes in the direction of a movement, in degrees."""
    return next(
        axis.most if sign > 0 else axis.least for name, axis, sign in movements(joint) if name == movement
    )


def _muscles() -> dict[str, tuple[tuple[Muscle, Side | None], ...]]:
    found: dict[str, tuple[tuple[Muscle, Side | None], ...]] = {}
    for muscle in Muscle:
        if muscle in MIDDLE_MUSCLES:
            found[muscle] = ((muscle, None),)
            continue
        found[muscle] = tuple((muscle, side) for side in SIDES)
        found |= {f"{side} {muscle}": ((muscle, side),) for side in SIDES}
    return found


PARTS = MappingProxyType(_parts())
JOINTS = MappingProxyType(_joints())
MUSCLES = MappingProxyType(_muscles())
