"""The library's figures as files: small enough that a plan of eight is a light PDF."""

import struct
from pathlib import Path

import pytest

from plans.figures import BODIES, FULL_WIDTH, MAX_HEIGHT, load_body, read_figure
from plans.figures.draw.file import png_of
from plans.figures.solve.posed import attempt_panel

FOLDER = Path(__file__).parents[3] / "plans" / "library" / "figures"
MEAN, MOST, MEAN_GREY = 20_000, 34_000, 16_000
GREY = 5  # every fifth
pytestmark = pytest.mark.xdist_group("sizes")  # a minute of drawing, once for all of them


@pytest.fixture(scope="module")
def files():
    """One for each figure, the bodies in turn, every fifth in grey; also where a contact is still missed."""
    found = []
    for index, path in enumerate(sorted(FOLDER.glob("*.yaml"))):
        figure = read_figure(path)
        body = load_body(BODIES[index % len(BODIES)], feet=figure.feet)
        poses = [attempt_panel(figure, panel, body) for panel in figure.panels]
        found.append(png_of(figure, poses, grey=index % GREY == 0))
    return found


def test_a_figure_has_20_kilobytes_in_the_mean_and_34_at_most(files):
    assert len(files) >= 24
    assert sum(len(data) for data in files) / len(files) <= MEAN
    assert max(len(data) for data in files) <= MOST


def test_in_grey_a_figure_has_16_kilobytes_in_the_mean(files):
    greys = files[::GREY]
    assert sum(len(data) for data in greys) / len(greys) <= MEAN_GREY


def test_no_figure_is_larger_than_its_place_on_paper(files):
    for data in files:
        width, height = struct.unpack(">II", data[16:24])
        assert width == FULL_WIDTH
        assert height <= MAX_HEIGHT
