import io
import subprocess
import sys

import numpy as np
import pytest
from PIL import Image

from plans.figures import draw_figure, load_body, parse_figure

BRIDGE = """
figure: bridge
alt: {en: A bridge., es: Un puente.}
start: hook lying
panels:
  - {}
  - joints: {hip flexion: 10}
    arrows: [{from: {at: belly, up: 8}, way: up, length: 8}]
    tint: {left glute: working, right glute: working}
"""
ONE_SIDED = """
figure: arm
alt: {en: An arm., es: Un brazo.}
start: standing
panels:
  - joints: {right shoulder abduction: 90}
  - joints: {right shoulder abduction: 20}
"""


def drawn(text, **how):
    data = draw_figure(parse_figure(text), body=load_body("woman30"), **how)
    return np.asarray(Image.open(io.BytesIO(data)).convert("RGB")).astype(int)


@pytest.fixture(scope="module")
def arm():
    return drawn(ONE_SIDED + "camera: front\n")


def test_a_figure_is_as_wide_as_asked_and_85_mm_at_300_dots_to_the_inch_by_itself(arm):
    assert arm.shape[1] == 1004
    assert drawn(ONE_SIDED, width_px=500).shape[1] == 500


def test_mirroring_mirrors_each_panel_in_its_place_and_no_number(arm):
    mirrored = drawn(ONE_SIDED + "camera: front\n", mirrored=True)
    assert mirrored.shape == arm.shape
    badges = slice(0, 44)
    assert (mirrored[badges, :40] == arm[badges, :40]).all()
    body, other = arm[44:] < 250, mirrored[44:] < 250
    assert (body != other).any()
    assert abs(int(body.sum()) - int(other.sum())) < 0.02 * body.sum()


def test_from_right_to_left_the_first_panel_stands_on_the_right_unmirrored(arm):
    turned = drawn(ONE_SIDED + "camera: front\n", right_to_left=True)
    assert turned.shape == arm.shape
    wide = (arm[44:] < 250).any(axis=(0, 2))
    assert (turned[44:] < 250).any(axis=(0, 2)).sum() == pytest.approx(wide.sum(), abs=30)
    assert (turned != arm).any()


def test_a_figure_that_keeps_its_sides_is_never_mirrored():
    text = ONE_SIDED + "keep_sides: true\n"
    assert (drawn(text, mirrored=True) == drawn(text)).all()


def test_grey_has_no_colour_and_its_arrows_are_black():
    picture = drawn(BRIDGE, grey=True)
    assert (picture[..., 0] == picture[..., 1]).all()
    assert (picture[..., 1] == picture[..., 2]).all()


def test_arrows_are_red_and_a_working_muscle_is_orange():
    picture = drawn(BRIDGE)
    assert (picture == [178, 24, 34]).all(axis=2).sum() > 200
    assert (picture == [242, 142, 66]).all(axis=2).sum() > 50


def test_a_preview_has_the_same_size():
    assert drawn(BRIDGE, preview=True).shape == drawn(BRIDGE).shape


def test_numpy_takes_no_memory_for_threads_out_of_what_a_worker_may_have():
    program = "import os, plans.figures; print(len(os.listdir('/proc/self/task')))"
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "1"
