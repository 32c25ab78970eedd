import pytest

from plans.figures_1.vectors import (
    X,
    Y,
    Z,
    across,
    angle_between,
    cross,
    dot,
    flat,
    leaning,
    length,
    mix,
    rotate,
    unit,
)


def test_the_room_is_right_handed():
    assert cross(X, Y) == Z


@pytest.mark.parametrize(("angle", "expected"), [(0, X), (90, Y), (180, (-1, 0, 0))])
def test_flat_angles_run_from_the_right_upward(angle, expected):
    assert flat(angle) == pytest.approx(expected)


@pytest.mark.parametrize(("sign", "z"), [(1, 1), (-1, -1)])
def test_leaning_goes_away_from_the_middle_on_both_sides(sign, z):
    assert leaning((0, 90), sign) == pytest.approx((0, 0, z))


def test_rotation_keeps_length_and_turns_by_the_angle():
    turned = rotate((3, 4, 0), Z, 90)
    assert turned == pytest.approx((-4, 3, 0))
    assert length(turned) == pytest.approx(5)


def test_across_is_square_to_the_direction():
    direction = unit((1, 2, 3))
    assert dot(across((5, -1, 0), direction), direction) == pytest.approx(0)


def test_the_unit_of_nothing_is_nothing():
    assert unit((0, 0, 0)) == (0, 0, 0)


def test_mix_and_angle():
    assert mix(X, Y, 0.5) == pytest.approx((0.5, 0.5, 0))
    assert angle_between(X, (0, 7, 0)) == pytest.approx(90)
    assert angle_between(X, X) == pytest.approx(0)
