import io
import itertools
from dataclasses import replace

import numpy as np
import pytest
from PIL import Image

from plans.figures import load_body, motion_strip, parse_figure
from plans.figures.draw.frames import SAMPLES, Step, draw_frames, filled, poses_at, shots_of
from plans.figures.draw.png import reduced
from plans.figures.draw.strip import COLOURS, FRAME_WIDTH, STEPS, steps
from plans.figures.solve.posed import between, solve_panel
from tests.figures.draw.test_frames import TEXT


def strip(**how):
    return motion_strip(parse_figure(TEXT), body=load_body("woman50"), **how)


@pytest.fixture(scope="module")
def data():
    return strip()


def frames_of(data):
    pixels = np.asarray(Image.open(io.BytesIO(data)).convert("RGB"))
    return np.split(pixels, pixels.shape[1] // FRAME_WIDTH, axis=1)


def test_frames_lie_side_by_side_and_each_differs_from_the_one_before(data):
    frames = frames_of(data)

    assert len(frames) == len(steps(2))
    assert {frame.shape[1] for frame in frames} == {FRAME_WIDTH}
    assert all((a != b).any() for a, b in itertools.pairwise(frames))


def test_its_ends_show_the_poses_of_the_still_panels(data):
    figure, body = parse_figure(TEXT), load_body("woman50")
    poses = [solve_panel(figure, panel, body) for panel in figure.panels]
    shots = filled(shots_of(figure, steps(2), poses_at(steps(2), poses, between)))
    ends = [replace(shot, pose=pose) for shot, pose in zip((shots[0], shots[-1]), poses, strict=True)]
    palette, drawn = draw_frames(ends, grey=False, width_px=FRAME_WIDTH, mirrored=False)

    for ids, frame in zip(drawn, frames_of(data)[:: len(steps(2)) - 1], strict=True):
        pixels, table = reduced(ids, palette, SAMPLES)
        # All frames of a strip share a smaller table, so that some edges are mixed otherwise.
        assert (np.abs(table[pixels].astype(int) - frame).max(axis=2) > 64).mean() < 0.001


def test_the_same_bytes_come_twice_and_they_are_few(data):
    assert strip() == data
    assert len(data) < 40_000
    assert len(np.unique(np.concatenate(frames_of(data)).reshape(-1, 3), axis=0)) <= COLOURS


def test_the_left_side_at_work_is_the_mirrored_picture_in_the_same_order(data):
    frames, mirrored = frames_of(data), frames_of(strip(mirrored=True))

    for a, b in ((frames[0], mirrored[0]), (frames[-1], mirrored[-1])):
        assert (np.abs(a[:, ::-1].astype(int) - b.astype(int)).max(axis=2) > 40).mean() < 0.02


@pytest.mark.parametrize("panels", [2, 3, 4])
def test_it_rests_at_every_panel(panels):
    found = steps(panels)

    at_rest = [step.before + int(step.share) for step in found if step.share in (0, 1)]
    assert at_rest == list(range(panels))
    assert found[-1] == Step(panels - 2, 1.0)


def test_the_number_of_frames_tells_where_it_rests():
    counts = {panels: len(steps(panels)) for panels in STEPS}

    assert counts == {2: 8, 3: 9, 4: 10}
