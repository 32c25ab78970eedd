import pytest

from plans.figures_1 import bodies
from plans.figures_1.errors import UnreachableTarget
from plans.figures_1.limbs import place_arm, place_leg
from plans.figures_1.poses import ArmPose, LegPose, Target
from plans.figures_1.vectors import X, dot, length, sub

HIP = (0.0, 50.0, 4.5)
SHOULDER = (0.0, 80.0, 8.8)
ANYWHERE = Target(at=(0, 0, 0))


def leg_to(place, **how):
    return place_leg(LegPose(heel=ANYWHERE, **how), HIP, 1, lambda direction: direction, lambda target: place)


def arm_to(place, **how):
    return place_arm(ArmPose(palm=ANYWHERE, **how), SHOULDER, 1, X, lambda target: place)


@pytest.mark.parametrize("place", [(10, 0, 4.5), (-15, 8, 4.5), (20, 30, 9)])
def test_a_leg_keeps_its_lengths_and_sets_the_heel_on_the_target(place):
    leg = leg_to(place, foot=(0, 0), knee=(0, 0))
    assert length(sub(leg.knee, leg.hip)) == pytest.approx(bodies.THIGH)
    assert length(sub(leg.ankle, leg.knee)) == pytest.approx(bodies.SHIN)
    assert leg.heel[0] == pytest.approx(place[0])
    assert leg.ankle[1] == pytest.approx(place[1] + bodies.ANKLE_ABOVE_SOLE)


def test_the_knee_points_where_the_hint_says():
    assert leg_to((0, 10, 4.5), knee=(0, 0)).knee[0] > 5
    assert leg_to((0, 10, 4.5), knee=(180, 0)).knee[0] < -5


@pytest.mark.parametrize("hand", [None, (0, 0)])
def test_an_arm_keeps_its_lengths_and_sets_the_palm_on_the_target(hand):
    arm = arm_to((20, 70, 8.8), hand=hand)
    assert length(sub(arm.elbow, arm.shoulder)) == pytest.approx(bodies.UPPER_ARM)
    assert length(sub(arm.wrist, arm.elbow)) == pytest.approx(bodies.FOREARM)
    assert arm.palm == pytest.approx((20, 70, 8.8))


def test_elbows_point_back_and_out_when_nothing_is_said():
    elbow = arm_to((20, 80, 8.8)).elbow
    assert elbow[2] > SHOULDER[2]


def test_a_target_beyond_the_arm_is_an_error_that_says_how_far():
    with pytest.raises(UnreachableTarget, match=r"right arm cannot reach its target: it is 60\.0 away"):
        arm_to((60, 80, 8.8))


def test_a_target_too_close_to_the_joint_is_an_error():
    with pytest.raises(UnreachableTarget, match="right leg"):
        leg_to((-2, HIP[1] - bodies.ANKLE_ABOVE_SOLE, 4.5))


def test_the_sole_of_a_standing_foot_is_flat():
    leg = leg_to((0, 0, 4.5), knee=(0, 0))
    soles = [leg.heel[1] - 2.05, leg.ball[1] - 1.5, leg.toe[1] - 1.0]
    assert soles == pytest.approx([0, 0, 0], abs=0.1)


def test_the_calf_lies_behind_the_shin():
    leg = leg_to((0, 0, 4.5), knee=(0, 0))
    assert dot(leg.back, X) < -0.9
