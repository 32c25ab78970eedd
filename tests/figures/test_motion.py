"""Which figures move, and which are better left still."""

from pathlib import Path

import pytest

import plans
from plans.figures import StillFigure, load_body, motion_strip, parse_figure, read_figure
from plans.figures.motion import STILL, check_moves

FIGURES = Path(plans.__file__).parent / "library" / "figures"
RESTING = """
figure: at-rest
start: standing
alt: {en: A person stands., es: Una persona de pie.}
panels:
  - {}
  - tint: {right calf: working}
"""


def test_a_single_panel_does_not_move():
    figure = parse_figure(RESTING.replace("  - tint: {right calf: working}\n", ""))

    with pytest.raises(StillFigure, match="single panel"):
        motion_strip(figure, body=load_body("woman50"))


def test_what_hardly_moves_is_told_by_its_panels():
    with pytest.raises(StillFigure, match="nearly the same"):
        motion_strip(parse_figure(RESTING), body=load_body("woman50"))


@pytest.mark.parametrize("code", STILL)
def test_each_figure_that_is_left_still_is_of_the_library_and_has_a_reason(code):
    figure = read_figure(FIGURES / f"{code}.yaml")

    with pytest.raises(StillFigure) as caught:
        check_moves(figure)
    assert STILL[code] in str(caught.value)
    assert len(figure.panels) > 1
