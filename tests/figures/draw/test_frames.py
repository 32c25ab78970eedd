import pytest

from plans.figures import load_body, parse_figure
from plans.figures.draw.frames import MAX_HEIGHT, Step, filled, gentle, poses_at, shots_of
from plans.figures.solve.posed import between, solve_panel

TEXT = """
figure: knee
start: sitting
alt: {en: A knee., es: Una rodilla.}
panels:
  - {}
  - joints: {right knee flexion: 10}
    contacts: []
    free: [right leg]
    arrows: [{follow: right ankle}]
"""
WAY = (Step(0, 0.0), Step(0, 0.5), Step(0, 1.0))


@pytest.fixture(scope="module")
def figure():
    return parse_figure(TEXT)


@pytest.fixture(scope="module")
def poses(figure):
    return [solve_panel(figure, panel, load_body("woman50")) for panel in figure.panels]


@pytest.fixture(scope="module")
def shots(figure, poses):
    return shots_of(figure, WAY, poses_at(WAY, poses, between))


def test_the_first_and_last_frames_are_the_poses_of_the_panels(poses):
    first, middle, last = poses_at(WAY, poses, between)

    assert first is poses[0]
    assert last is poses[1]
    assert middle.vertices.shape == first.vertices.shape


def test_all_frames_are_seen_through_one_window_and_without_arrows(shots):
    assert len({shot.window for shot in shots}) == 1
    assert [shot.arrows for shot in shots] == [(), (), ()]


def test_what_is_high_is_seen_with_as_much_room_on_either_side(shots):
    before, after = shots[0].window, filled(shots)[0].window

    assert after.right - after.left == pytest.approx((after.top - after.bottom) / MAX_HEIGHT)
    assert before.left - after.left == pytest.approx(after.right - before.right)
    assert filled(filled(shots))[0].window.left == pytest.approx(after.left)


def test_a_way_begins_and_ends_gently():
    shares = [gentle(step / 4) for step in range(5)]

    assert shares[0] == 0
    assert shares[4] == 1
    assert shares[1] - shares[0] == shares[4] - shares[3] < shares[2] - shares[1]
