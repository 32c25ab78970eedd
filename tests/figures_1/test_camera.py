import pytest

from plans.figures_1.camera import VIEWS, Camera


def test_from_the_side_x_runs_right_and_y_up():
    camera = Camera(0, 0)
    assert camera.project((3, 4, 9)) == pytest.approx((3, -4))
    assert camera.depth((3, 4, 9)) == pytest.approx(9)


def test_from_the_front_the_persons_right_hand_is_at_the_left():
    x, _ = Camera(*VIEWS["front"]).project((0, 0, 10))
    assert x == pytest.approx(-10)


def test_from_above_the_near_side_is_below():
    assert Camera(*VIEWS["above"]).project((2, 50, 7)) == pytest.approx((2, 7))


def test_a_mirrored_camera_swaps_left_and_right_only():
    plain, mirrored = Camera(20, 30), Camera(20, 30, mirrored=True)
    x, y = plain.project((1, 2, 3))
    assert mirrored.project((1, 2, 3)) == pytest.approx((-x, y))
    assert mirrored.depth((1, 2, 3)) == plain.depth((1, 2, 3))
