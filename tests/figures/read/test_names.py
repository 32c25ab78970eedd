"""The ways in which parts of the body may be written."""

import pytest

from plans.figures.read.names import MUSCLES, PARTS
from plans.figures.spec import Part
from plans.figures.words import UNPAIRED, Muscle, PartName, Side


@pytest.mark.parametrize(
    ("written", "sides"),
    [
        ("right foot", ["right"]),
        ("feet", ["right", "left"]),
        ("both feet", ["right", "left"]),
        ("head", [None]),
    ],
)
def test_written_parts(written, sides):
    assert [part.side for part in PARTS[written]] == sides


def test_every_part_can_be_written_and_says_itself():
    for name in PartName:
        for side in [None] if name in UNPAIRED else Side:
            assert PARTS[str(Part(name, side))] == (Part(name, side),)


def test_a_paired_part_alone_is_no_word():
    assert "foot" not in PARTS
    assert "right feet" not in PARTS


def test_every_muscle_can_be_tinted():
    assert {muscle for found in MUSCLES.values() for muscle, _ in found} == set(Muscle)
