"""What joints of a person can do: the ranges that a pose may not leave, in degrees.

The ranges are the usual passive ranges of an adult (AAOS), a little widened because the drawn body is
simpler than a real one.
"""

from plans.figures_1.errors import ImpossibleJoint
from plans.figures_1.limbs import Arm, Leg
from plans.figures_1.skeleton import Skeleton
from plans.figures_1.trunk import nearest
from plans.figures_1.vectors import Vec, angle_between, cross, dot, length, sub

KNEE, ELBOW, ANKLE = (-8, 165), (0, 155), (-15, 130)
HIP = (-35, 150)
BACK_BEND, NECK_BEND = (0, 75), (0, 75)
_CLEARLY = 0.7


def check_joints(skeleton: Skeleton) -> None:
    """Raises ImpossibleJoint for the first joint that no person could bend like that."""
    for side, leg in skeleton.legs.items():
        _check_leg(side, leg, skeleton)
    for side, arm in skeleton.arms.items():
        _check_arm(side, arm)
    for below, above in ((0.15, 0.5), (0.5, 0.9)):
        low, high = nearest(skeleton.trunk, below).axis, nearest(skeleton.trunk, above).axis
        _within("back", angle_between(low.up, high.up), BACK_BEND)
    _within("neck", angle_between(skeleton.trunk[-1].axis.up, skeleton.head.up), NECK_BEND)


def _check_leg(side: str, leg: Leg, skeleton: Skeleton) -> None:
    pelvis = nearest(skeleton.trunk, 0).axis
    thigh, shin, foot = sub(leg.knee, leg.hip), sub(leg.ankle, leg.knee), sub(leg.ball, leg.heel)
    _within(f"{side} hip", _flexion(pelvis.up, thigh, pelvis.front), HIP)
    hinge = cross(thigh, shin)
    wrong_way = dot(hinge, pelvis.right) > _CLEARLY * length(hinge)
    knee = angle_between(thigh, shin)
    _within(f"{side} knee", -knee if wrong_way else knee, KNEE)
    _within(f"{side} ankle", angle_between(shin, foot), ANKLE)


def _flexion(up: Vec, thigh: Vec, front: Vec) -> float:
    """How far the thigh is raised to the front from hanging straight; negative to the back."""
    raised = 180 - angle_between(up, thigh)
    return raised if dot(thigh, front) >= 0 or raised > HIP[1] - 60 else -raised


def _check_arm(side: str, arm: Arm) -> None:
    bend = angle_between(sub(arm.elbow, arm.shoulder), sub(arm.wrist, arm.elbow))
    _within(f"{side} elbow", bend, ELBOW)


def _within(joint: str, angle: float, limits: tuple[int, int]) -> None:
    lowest, highest = limits
    if not lowest <= angle <= highest:
        raise ImpossibleJoint(joint=joint, angle=f"{angle:.0f}", lowest=lowest, highest=highest)
