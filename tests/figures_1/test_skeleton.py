import pytest

from plans.figures_1.errors import UnknownPart
from plans.figures_1.poses import LegPose, Pose
from plans.figures_1.readposes import positions
from plans.figures_1.skeleton import solve

UP = LegPose(thigh=(60, 0), shin=(-60, 0))


def person(position, body, **changes):
    return solve(Pose(**positions()[position] | changes), body)


def test_a_standing_person_is_about_a_hundred_high_and_stands_on_the_floor(body):
    skeleton = person("standing", body)
    assert 97 <= skeleton.head.at[1] + 6.6 <= 101
    assert all(leg.heel[1] - 2.05 == pytest.approx(0, abs=0.1) for leg in skeleton.legs.values())


def test_right_is_the_near_side_of_a_person_who_looks_to_the_right(body):
    skeleton = person("standing", body)
    assert skeleton.part("right_knee")[2] > 0 > skeleton.part("left_knee")[2]
    assert skeleton.head.front == pytest.approx((1, 0, 0))


@pytest.mark.parametrize("position", ["lying-on-back", "lying-on-front"])
def test_a_resting_trunk_touches_the_floor_and_does_not_sink(position, body):
    trunk = person(position, body).trunk
    assert min(place[1] - s.radius for s in trunk for place in s.circles()) == pytest.approx(0)


def test_somebody_on_the_back_looks_up_and_on_the_front_down(body):
    assert person("lying-on-back", body).head.front[1] > 0.9
    assert person("lying-on-front", body).head.front[1] < -0.9


def test_roll_brings_the_front_to_the_viewer(body):
    assert person("lying-on-back", body, roll=90).trunk[5].axis.front[2] > 0.9


def test_twist_turns_the_knees_to_the_right_and_leaves_the_shoulders(body):
    straight, twisted = (
        person("lying-on-back", body, hip=(0, 6), twist=twist, right_leg=UP, left_leg=UP) for twist in (0, 60)
    )
    assert twisted.part("left_knee")[2] > straight.part("left_knee")[2] + 10
    assert twisted.part("right_shoulder") == pytest.approx(straight.part("right_shoulder"), abs=0.5)


def test_look_turns_the_face_to_the_right(body):
    assert person("standing", body, look=90).head.front == pytest.approx((0, 0, 1), abs=1e-9)


def test_a_part_that_nobody_has_names_those_that_everybody_has(body):
    with pytest.raises(UnknownPart, match="no part of the body named right_wing; known are: belly, chest"):
        person("standing", body).part("right_wing")
