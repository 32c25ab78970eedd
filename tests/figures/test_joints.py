"""The table of joints."""

import pytest

from plans.figures.joints import AXES, MIDLINE, SHARES, Joint, movements


def test_every_joint_has_axes():
    assert set(AXES) == set(Joint)
    assert set(Joint) > MIDLINE


@pytest.mark.parametrize("joint", Joint)
def test_no_two_movements_of_a_joint_have_one_name(joint):
    names = [name for name, _, _ in movements(joint)]

    assert len(set(names)) == len(names)
    assert [sign for _, _, sign in movements(joint)] == [1, -1] * len(AXES[joint])


@pytest.mark.parametrize("joint", sorted(MIDLINE))
def test_the_spine_goes_as_far_to_the_left_as_to_the_right(joint):
    sideways = [axis for axis in AXES[joint] if "left" in axis.positive]

    assert [axis.most for axis in sideways] == [axis.least for axis in sideways]
    assert [axis.negative for axis in sideways] == [
        axis.positive.replace("left", "right") for axis in sideways
    ]


@pytest.mark.parametrize("name", SHARES)
def test_a_name_for_several_joints_stands_for_movements_that_there_are(name):
    for joint, movement, share in SHARES[name]:
        assert movement in [said for said, _, _ in movements(joint)]
        assert 0 < share <= 1
    if name.startswith("trunk"):
        assert sum(share for _, _, share in SHARES[name]) == pytest.approx(1)
