"""Views by name, by angles, and close-ups."""

import pytest

from plans.figures.spec import Move
from plans.figures.words import VIEWS, Direction
from tests.figures.read.helpers import panel_of, panel_problems


def camera(given):
    return panel_of(f"camera: {given}").camera


def test_a_view_by_name_or_by_angles():
    assert {name: (camera(name).around, camera(name).up) for name in VIEWS} == VIEWS
    assert (camera("[40, -16.5]").around, camera("[40, -16.5]").up) == (40, -16.5)


def test_without_a_word_it_is_the_side_view():
    assert (panel_of().camera.around, panel_of().camera.up, panel_of().camera.close_up) == (0, 0, None)


def test_close_ups():
    found = camera("{close-up: right wrist, from: front, width: 24, up: 3}")

    assert (found.around, found.close_up.width) == (90, 24)
    assert (str(found.close_up.center.part), found.close_up.center.moves) == (
        "right wrist",
        (Move(Direction.UP, 3),),
    )
    assert camera("{close-up: {at: neck, along: 20}}").close_up.center.along == 20


@pytest.mark.parametrize(
    ("given", "problem"),
    [
        ("below", "below is not known here"),
        ("[10]", "two angles are expected here"),
        ("[10, 100]", "100: -30 to 90 is possible here"),
        ("{from: side}", "close-up with a part of the body is expected here"),
        ("{close-up: wrists}", "wrists: right or left is needed here"),
        ("{close-up: neck, width: 2}", "2: 8 to 120 is possible here"),
        ("{close-up: {at: neck}, up: 3}", "the place of a close-up is given twice"),
    ],
)
def test_wrong_cameras(given, problem):
    assert problem in panel_problems(f"camera: {given}")[0]
