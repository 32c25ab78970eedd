from dataclasses import replace

import pytest

from plans.figures_1.bodies import SLENDER
from plans.figures_1.errors import ImpossibleJoint
from plans.figures_1.limits import check_joints
from plans.figures_1.poses import ArmPose, LegPose, Pose
from plans.figures_1.readposes import positions
from plans.figures_1.skeleton import solve

STANDING = Pose(**positions()["standing"])


def check(**changes):
    check_joints(solve(replace(STANDING, **changes), SLENDER))


@pytest.mark.parametrize("position", sorted(positions()))
def test_every_starting_position_is_possible(position):
    check_joints(solve(Pose(**positions()[position]), SLENDER))


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"right_leg": LegPose(thigh=(-90, 0), shin=(-60, 0))}, r"right knee bends -30 degrees; -8 to 165"),
        ({"left_leg": LegPose(thigh=(0, 0), shin=(-178, 0))}, "left knee bends 178"),
        ({"right_leg": LegPose(thigh=(-150, 0), shin=(-150, 0))}, "right hip bends -6"),
        ({"left_leg": LegPose(thigh=(80, 0), shin=(60, 0))}, "left hip bends 1[67]"),
        ({"left_arm": ArmPose(upper=(-90, 0), fore=(80, 0))}, "left elbow bends 170"),
        ({"right_leg": LegPose(thigh=(-90, 0), shin=(-90, 0), foot=(60, 0))}, "right ankle"),
        ({"spine": ((90, 0), (30, 0), (-60, 0))}, "back bends"),
        ({"head": (-10, 0)}, "neck bends"),
    ],
)
def test_what_no_person_can_do_is_refused(changes, message):
    with pytest.raises(ImpossibleJoint, match=message):
        check(**changes)


@pytest.mark.parametrize(
    "changes",
    [
        {"right_leg": LegPose(thigh=(-90, 0), shin=(180, 0))},
        {"right_leg": LegPose(thigh=(20, 0), shin=(-100, 0))},
        {"right_leg": LegPose(thigh=(-110, 0), shin=(-112, 0))},
        {"right_arm": ArmPose(upper=(-90, 0), fore=(40, 0))},
    ],
)
def test_what_people_do_is_allowed(changes):
    check(**changes)
