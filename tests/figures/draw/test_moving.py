import io

import numpy as np
import pytest
from PIL import Image

from plans.figures import load_body, moving_picture, parse_figure
from plans.figures.draw.frames import Step
from plans.figures.draw.moving import steps

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


@pytest.fixture(scope="module")
def moving():
    data = moving_picture(parse_figure(TEXT), body=load_body("woman50"), width_px=300)
    image = Image.open(io.BytesIO(data))
    frames = []
    for index in range(image.n_frames):
        image.seek(index)
        frames.append((np.asarray(image.convert("RGB")).astype(int), image.info["duration"]))
    return data, frames


def test_twelve_frames_go_there_and_back(moving):
    frames = [frame for frame, _ in moving[1]]
    assert len(frames) == 12
    for k in range(1, 6):
        assert (frames[k] == frames[12 - k]).all()
    assert (frames[0] != frames[6]).any()


def test_it_rests_at_start_and_end(moving):
    durations = [duration for _, duration in moving[1]]
    assert durations[0] == durations[6] > 4 * durations[1]


def test_it_begins_and_ends_gently():
    ways = np.diff([step.share for step in steps(2)])
    assert ways[0] == pytest.approx(ways[-1])
    assert ways[0] < 0.5 * ways[2]
    assert ways.sum() == 1


def test_the_floor_does_not_move(moving):
    lowest = [frame[-6:, 5].tolist() for frame, _ in moving[1]]
    assert all(column == lowest[0] for column in lowest)


def test_it_is_small_and_has_no_arrow(moving):
    assert len(moving[0]) < 120_000
    assert not any((frame == [178, 24, 34]).all(axis=2).any() for frame, _ in moving[1])


def test_with_three_panels_it_goes_through_the_middle_one():
    found = steps(3)
    assert Step(1, 0.0) in found
    assert found[0] == Step(0, 0.0)
    assert found[-1] == Step(1, 1.0)


def test_a_single_panel_does_not_move():
    one = TEXT[: TEXT.index("  - joints")]
    with pytest.raises(ValueError, match="does not move"):
        moving_picture(parse_figure(one), body=load_body("woman50"))
