"""Joint angles by clinical name; ranges of a human, names for several joints taken apart."""

from collections.abc import Iterable

from yaml.nodes import Node

from plans.figures.joints import AXES, Joint, JointAxis
from plans.figures.read.names import JOINTS, WrittenJoint
from plans.figures.read.values import Reader, meant, shown
from plans.figures.spec import JointAngle
from plans.figures.words import Side
from plans.yaml_nodes import line_of

MAX_JOINTS = 40
_Key = tuple[Joint, Side | None, JointAxis]


def read_angles(reader: Reader, node: Node) -> tuple[JointAngle, ...]:
    """Return one angle for each joint, side and axis; of two names the narrower counts, whatever their order."""
    found: dict[_Key, tuple[int, str, JointAngle]] = {}
    for name, key, value in reader.pairs(node, most=MAX_JOINTS):
        if name not in JOINTS:
            reader.problem(key, _unknown(name, key))
            continue
        written = JOINTS[name]
        degrees = _degrees(reader, name, value, written)
        if degrees is None:
            continue
        for angle in _apart(written, degrees, line_of(key)):
            place: _Key = (angle.joint, angle.side, angle.axis)
            breadth, other, _ = found.get(place, (written.breadth + 1, "", angle))
            if breadth == written.breadth:
                reader.problem(key, f"{name} and {other} turn the same joint; one of them is enough")
            elif breadth > written.breadth:
                found[place] = (written.breadth, name, angle)
    return tuple(angle for _, _, angle in found.values())


def _unknown(name: str, key: Node) -> str:
    joint = name.removeprefix("right ").removeprefix("left ")
    if joint in AXES:
        ways = ", ".join(word for axis in AXES[Joint(joint)] for word in (axis.positive, axis.negative))
        return f"{shown(key)} needs a movement: {ways}"
    return f"{shown(key)} is no movement of a joint; {meant(name, JOINTS)}"


def _degrees(reader: Reader, name: str, node: Node, written: WrittenJoint) -> float | None:
    degrees = reader.number(node, least=-999, most=999)
    if degrees is None or 0 <= degrees <= written.most:
        return degrees
    if degrees < 0:
        reader.problem(node, f"{name} {degrees:g}: {_other_way(written)}")
        return None
    reader.problem(node, f"{name} {degrees:g}: a person's joint goes 0 to {written.most:g} degrees")
    return None


def _other_way(written: WrittenJoint) -> str:
    joint, movement, _ = written.shares[0]
    axis = next(axis for axis in AXES[joint] if movement in (axis.positive, axis.negative))
    opposite = axis.negative if movement == axis.positive else axis.positive
    return f"the name tells the direction, so write {opposite} for the other one"


def _apart(written: WrittenJoint, degrees: float, line: int) -> Iterable[JointAngle]:
    for joint, movement, share in written.shares:
        for side in written.sides:
            yield JointAngle(joint, side, movement, round(degrees * share, 2), line)
