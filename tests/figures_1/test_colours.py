from itertools import combinations, pairwise

import pytest

from plans.figures_1 import colours
from plans.figures_1.colours import ARROW, LINE, PAPER, WATER_LINE, as_grey, blend, contrast, luminance, rgb
from plans.figures_1.marks import STEP_COLOUR

LEAST = 3.0
"""WCAG 2.2, 1.4.11: what a picture needs to be understood stands out 3 to 1."""
THINGS = (
    colours.MAT,
    colours.FURNITURE,
    colours.WALL,
    colours.PILLOW,
    colours.TOWEL,
    colours.WATER,
    colours.SHOE,
)


def clothes(body):
    return [shade for fill in (body.skin, body.shirt, body.shorts) for shade in (fill.near, fill.far)]


def test_contrast_of_the_extremes():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#777777") == 1
    assert luminance("#ff0000") == pytest.approx(0.2126)


def test_outlines_stand_out_from_every_part_of_the_body(body):
    assert {shade: contrast(LINE, shade) >= LEAST for shade in clothes(body)} == dict.fromkeys(
        clothes(body), True
    )


@pytest.mark.parametrize("thing", THINGS)
def test_outlines_stand_out_from_every_thing(thing):
    assert contrast(LINE, thing) >= LEAST


@pytest.mark.parametrize("mark", [ARROW, STEP_COLOUR, LINE])
def test_marks_stand_out_from_the_white_around_them(mark):
    assert contrast(mark, PAPER) >= LEAST


def test_the_surface_of_the_water_stands_out_from_the_body_it_crosses(body):
    skin_and_shirt = (body.skin.near, body.skin.far, body.shirt.near, body.shirt.far, colours.WATER)
    assert min(contrast(WATER_LINE, shade) for shade in skin_and_shirt) >= LEAST


def test_skin_shirt_and_shorts_differ_without_hue(body):
    near = [fill.near for fill in (body.skin, body.shirt, body.shorts)]
    assert min(contrast(one, other) for one, other in combinations(near, 2)) >= 1.4
    greys = sorted(as_grey(rgb(shade))[0] for shade in near)
    assert min(b - a for a, b in pairwise(greys)) >= 20


def test_blend_and_grey():
    assert blend((0, 0, 0), (90, 60, 30), 1 / 3) == (30, 20, 10)
    assert as_grey((255, 255, 255)) == (255, 255, 255)
