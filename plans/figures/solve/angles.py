"""What a panel says of the joints, as degrees of the solver's axes, and what the fingers and toes do."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from plans.figures.joints import AXES, Joint
from plans.figures.solve.nodes import ANGLE
from plans.figures.spec import JointAngle
from plans.figures.words import Side

Row = tuple[str, str, int]
"""The joint's positive movement, the solver's axis, its sign."""

SPINE: Final[tuple[Row, ...]] = (
    ("flexion", "flexion", 1),
    ("side bend left", "side", 1),
    ("rotation left", "turn", 1),
)
ROWS: Final[Mapping[Joint, tuple[Row, ...]]] = MappingProxyType(
    {
        Joint.LUMBAR: tuple((name, f"lumbar {axis}", sign) for name, axis, sign in SPINE),
        Joint.THORACIC: tuple((name, f"thoracic {axis}", sign) for name, axis, sign in SPINE),
        Joint.NECK: tuple((name, f"neck {axis}", sign) for name, axis, sign in SPINE),
        Joint.HEAD: (("flexion", "head flexion", 1),),
        Joint.CHIN: (("retraction", "chin retraction", 1),),
        Joint.BODY: (
            ("lean forward", "pelvis tilt", 1),
            ("lean left", "pelvis side", 1),
            ("turn left", "pelvis turn", 1),
        ),
        Joint.SHOULDER: (
            ("flexion", "shoulder flexion", 1),
            ("abduction", "shoulder abduction", 1),
            ("external rotation", "shoulder rotation", 1),
        ),
        Joint.ELBOW: (("flexion", "elbow flexion", 1),),
        Joint.FOREARM: (("supination", "forearm rotation", -1),),
        Joint.WRIST: (("flexion", "wrist flexion", -1), ("ulnar deviation", "wrist deviation", -1)),
        Joint.HIP: (
            ("flexion", "hip flexion", 1),
            ("abduction", "hip abduction", 1),
            ("external rotation", "hip rotation", 1),
        ),
        Joint.KNEE: (("flexion", "knee flexion", 1),),
        Joint.ANKLE: (("dorsiflexion", "ankle flexion", 1), ("inversion", "ankle inversion", 1)),
        Joint.BIG_TOE: (("extension", "toes extension", 1),),
    }
)
PELVIS: Final[Mapping[str, tuple[tuple[str, int], ...]]] = MappingProxyType(
    {
        "anterior tilt": (
            ("pelvis tilt", 1), ("lumbar flexion", -1), ("hip flexion left", 1), ("hip flexion right", 1),
        ),
        "left hike": (
            ("pelvis side", -1), ("lumbar side", 1), ("hip abduction left", -1), ("hip abduction right", 1),
        ),
        "rotation left": (
            ("pelvis turn", 1), ("lumbar turn", -1), ("hip rotation left", -1), ("hip rotation right", 1),
        ),
    }
)  # fmt: skip
"""The pelvis turns between trunk and thighs, which both stay: what else takes up each of its degrees."""


@dataclass(frozen=True)
class Said:
    """Degrees by axis as the panel says them, the line of each, and movements that turn no node: digits, scapulae."""

    degrees: Mapping[str, float]
    lines: Mapping[str, int]
    extra: Mapping[tuple[Joint, Side | None, str], float]


def _axis_of(angle: JointAngle) -> tuple[str, int] | None:
    for movement, axis, sign in ROWS.get(angle.joint, ()):
        if movement == angle.axis.positive:
            return (f"{axis} {angle.side}" if angle.side else axis), sign
    return None


def read_angles(joints: Iterable[JointAngle]) -> Said:
    degrees: dict[str, float] = {}
    lines: dict[str, int] = {}
    extra: dict[tuple[Joint, Side | None, str], float] = {}
    for angle in joints:
        found = _axis_of(angle)
        if found:
            degrees[found[0]] = degrees.get(found[0], 0.0) + found[1] * angle.signed
            lines[found[0]] = angle.line
        if found is None or angle.joint is Joint.BIG_TOE:
            extra[angle.joint, angle.side, angle.axis.positive] = angle.signed
        if angle.joint is Joint.SHOULDER and angle.axis.positive == "horizontal adduction":
            # Counted from straight out to the side: of an arm lifted forward it is abduction by what is left.
            degrees[f"shoulder abduction {angle.side}"] = 90 - angle.signed
            degrees.setdefault(f"shoulder flexion {angle.side}", 90.0)
            lines[f"shoulder abduction {angle.side}"] = angle.line
    return Said(degrees, lines, extra)


def with_pelvis(said: Said, degrees: Mapping[str, float]) -> dict[str, float]:
    """Return `degrees` (wished for, by axis) with the pelvis turned between trunk and thighs."""
    found = dict(degrees)
    for movement, shares in PELVIS.items():
        turned = said.extra.get((Joint.PELVIS, None, movement), 0.0)
        for axis, sign in shares:
            found[axis] = found.get(axis, 0.0) + sign * turned
    return found


def _axis_limits() -> dict[str, tuple[float, float]]:
    found = {}
    for joint, rows in ROWS.items():
        for movement, axis, sign in rows:
            reach = next(one for one in AXES[joint] if one.positive == movement)
            low, high = (-reach.least, reach.most) if sign > 0 else (-reach.most, reach.least)
            for name in (axis, *(f"{axis} {side}" for side in Side)):
                if name in ANGLE:
                    found[name] = low, high
    return found


LIMITS: Final[Mapping[str, tuple[float, float]]] = MappingProxyType(_axis_limits())
"""Least and greatest degrees of each axis of the solver. The root's are no joint's and have none that count."""
