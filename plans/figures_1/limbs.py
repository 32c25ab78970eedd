"""Arms and legs: joints from angles, or from a target that a hand or a foot has to reach."""

from collections.abc import Callable
from dataclasses import dataclass

from plans.figures_1 import bodies
from plans.figures_1.errors import UnreachableTarget
from plans.figures_1.poses import ArmPose, Direction, LegPose, Target
from plans.figures_1.vectors import (
    ORIGIN,
    Vec,
    across,
    add,
    cross,
    dot,
    leaning,
    length,
    mix,
    scale,
    step,
    sub,
    unit,
)

Locate = Callable[[Target], Vec]
Turn = Callable[[Vec], Vec]

_STRETCH = 0.35
"""How much further than the limb a target may be, percent of body height; the limb then points at it."""
_BALL, _BALL_DEPTH, _TOE, _TOE_DEPTH, _HEEL_DEPTH = 6.4, 2.3, 9.2, 2.75, 1.7


@dataclass(frozen=True, slots=True)
class Arm:
    """Joints of an arm."""

    shoulder: Vec
    elbow: Vec
    wrist: Vec
    palm: Vec
    fingertips: Vec

    def parts(self) -> dict[str, Vec]:
        return {
            "shoulder": self.shoulder,
            "elbow": self.elbow,
            "wrist": self.wrist,
            "palm": self.palm,
            "forearm": mix(self.elbow, self.wrist, 0.5),
        }

    def mapped(self, out: Callable[[Vec], Vec]) -> "Arm":
        joints = (self.shoulder, self.elbow, self.wrist, self.palm, self.fingertips)
        return Arm(*(out(joint) for joint in joints))


@dataclass(frozen=True, slots=True)
class Leg:
    """Joints of a leg; heel, ball and toe are the middles of the foot's round parts."""

    hip: Vec
    knee: Vec
    ankle: Vec
    heel: Vec
    ball: Vec
    toe: Vec
    back: Vec
    """Unit direction toward the calf's belly."""

    def parts(self) -> dict[str, Vec]:
        return {
            "thigh": mix(self.hip, self.knee, 0.6),
            "knee": self.knee,
            "shin": mix(self.knee, self.ankle, 0.35),
            "ankle": self.ankle,
            "heel": self.heel,
            "ball": self.ball,
        }

    def mapped(self, out: Callable[[Vec], Vec]) -> "Leg":
        hip, knee, ankle = out(self.hip), out(self.knee), out(self.ankle)
        back = sub(out(self.back), out(ORIGIN))
        return Leg(hip, knee, ankle, out(self.heel), out(self.ball), out(self.toe), back)


def place_leg(pose: LegPose, hip: Vec, sign: int, turn: Turn, locate: Locate) -> Leg:
    """The joints of a leg in the pose's room. Raises UnreachableTarget."""
    right = turn((0.0, 0.0, 1.0))
    if pose.heel is not None:
        toward_toes = turn(leaning(pose.foot or (0.0, 0.0), sign))
        ankle = _ankle_above(locate(pose.heel), toward_toes, right)
        hint = turn(leaning(pose.knee or (90.0, 0.0), sign))
        knee = _middle_joint(hip, ankle, bodies.THIGH, bodies.SHIN, hint, _limb("leg", sign))
    else:
        knee = step(hip, turn(leaning(pose.thigh or (0.0, 0.0), sign)), bodies.THIGH)
        shin = turn(leaning(pose.shin or pose.thigh or (0.0, 0.0), sign))
        ankle = step(knee, shin, bodies.SHIN)
        toward_toes = turn(leaning(pose.foot or _square_foot(pose), sign))
    return _with_foot(hip, knee, ankle, toward_toes, right)


def _square_foot(pose: LegPose) -> Direction:
    angle, out = pose.shin or pose.thigh or (0.0, 0.0)
    return (angle + 90, out)


def _ankle_above(sole: Vec, toward_toes: Vec, right: Vec) -> Vec:
    down = unit(cross(toward_toes, right))
    return step(step(sole, down, -bodies.ANKLE_ABOVE_SOLE), toward_toes, bodies.ANKLE_BEFORE_HEEL)


def _with_foot(hip: Vec, knee: Vec, ankle: Vec, toward_toes: Vec, right: Vec) -> Leg:
    down = unit(cross(toward_toes, _foot_axis(hip, knee, ankle, toward_toes, right)))
    heel = step(step(ankle, toward_toes, -bodies.ANKLE_BEFORE_HEEL), down, _HEEL_DEPTH)
    ball = step(step(ankle, toward_toes, _BALL), down, _BALL_DEPTH)
    toe = step(step(ankle, toward_toes, _TOE), down, _TOE_DEPTH)
    shin = unit(sub(ankle, knee))
    return Leg(hip, knee, ankle, heel, ball, toe, across(cross(shin, right), shin))


def _foot_axis(hip: Vec, knee: Vec, ankle: Vec, toward_toes: Vec, right: Vec) -> Vec:
    """The axis across the foot: that of the bent knee where the foot follows it, else that of the pelvis."""
    hinge = cross(sub(ankle, knee), sub(knee, hip))
    if length(hinge) < 0.2 * bodies.THIGH * bodies.SHIN or abs(dot(unit(hinge), toward_toes)) > 0.6:
        return right
    return unit(hinge)


def place_arm(pose: ArmPose, shoulder: Vec, sign: int, front: Vec, locate: Locate) -> Arm:
    """The joints of an arm in the pose's room. Raises UnreachableTarget."""
    if pose.palm is None:
        elbow = step(shoulder, leaning(pose.upper or (0.0, 0.0), sign), bodies.UPPER_ARM)
        along = leaning(pose.fore or pose.upper or (0.0, 0.0), sign)
        wrist = step(elbow, along, bodies.FOREARM)
        return _with_hand(shoulder, elbow, wrist, leaning(pose.hand, sign) if pose.hand else along)
    palm = locate(pose.palm)
    hint = leaning(pose.elbow, sign) if pose.elbow else add(scale(front, -0.8), (0.0, 0.0, 0.45 * sign))
    if pose.hand is None:
        reach = bodies.FOREARM + bodies.PALM
        elbow = _middle_joint(shoulder, palm, bodies.UPPER_ARM, reach, hint, _limb("arm", sign))
        along = unit(sub(palm, elbow))
        return _with_hand(shoulder, elbow, step(elbow, along, bodies.FOREARM), along)
    hand = leaning(pose.hand, sign)
    wrist = step(palm, hand, -bodies.PALM)
    elbow = _middle_joint(shoulder, wrist, bodies.UPPER_ARM, bodies.FOREARM, hint, _limb("arm", sign))
    return _with_hand(shoulder, elbow, wrist, hand)


def _with_hand(shoulder: Vec, elbow: Vec, wrist: Vec, hand: Vec) -> Arm:
    palm = step(wrist, hand, bodies.PALM)
    return Arm(shoulder, elbow, wrist, palm, step(palm, hand, bodies.FINGERS))


def _limb(kind: str, sign: int) -> str:
    return f"{'right' if sign > 0 else 'left'} {kind}"


def _middle_joint(root: Vec, end: Vec, upper: float, lower: float, hint: Vec, limb: str) -> Vec:
    """Knee or elbow of a limb that must end at `end`, on the side of `hint`."""
    distance = length(sub(end, root))
    shortest, longest = abs(upper - lower), upper + lower
    if not shortest < distance <= longest + _STRETCH:
        places = {"distance": f"{distance:.1f}", "shortest": f"{shortest:.1f}", "longest": f"{longest:.1f}"}
        raise UnreachableTarget(limb=limb, **places)
    toward = unit(sub(end, root))
    along = min(upper, (upper**2 - lower**2 + distance**2) / (2 * distance))
    return step(step(root, toward, along), across(hint, toward), (upper**2 - along**2) ** 0.5)
