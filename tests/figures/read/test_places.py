"""Directions in words."""

import pytest

from plans.figures.read.places import way_in
from plans.figures.spec import Part, Way
from plans.figures.words import Direction, PartName, Side


@pytest.mark.parametrize(
    ("words", "way"),
    [
        ("up", Way((Direction.UP,))),
        ("up and out and back", Way((Direction.UP, Direction.OUT, Direction.BACK))),
        ("toward right hip", Way(toward=Part(PartName.HIP, Side.RIGHT))),
        ("along left shin", Way(along=Part(PartName.SHIN, Side.LEFT))),
    ],
)
def test_directions(words, way):
    assert way_in(words) == way


@pytest.mark.parametrize(
    "words",
    ["", "up out", "up and", "up and out and back and in", "toward hips", "toward", "along up", "Up", "up "],
)
def test_no_directions(words):
    assert way_in(words) is None
