"""WCAG's contrast between what is needed to understand a figure and what lies beneath it."""

import itertools

import pytest

from plans.figures.body.body import BodyName, Material
from plans.figures.body.load import load_body
from plans.figures.draw import furniture
from plans.figures.draw import palette as inks
from plans.figures.draw.colours import INK, MIN_CONTRAST, WHITE, contrast, rgb
from plans.figures.draw.palette import UNDER_WATER, in_light, in_shade, make_palette
from plans.figures.draw.shots import FLOOR

SKINS = ("light", "medium", "dark")
DRESS = [material for material in Material if material not in (Material.HAIR, Material.EYE, Material.MOUTH)]
THINGS = (
    *(value for name, value in vars(furniture).items() if name.isupper() and str(value).startswith("#")),
    FLOOR,
)


def test_contrast_is_that_of_wcag():
    assert contrast((0, 0, 0), (255, 255, 255)) == pytest.approx(21)
    assert contrast((119, 119, 119), (255, 255, 255)) == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("grey", [False, True])
@pytest.mark.parametrize("skin", SKINS)
@pytest.mark.parametrize("name", BodyName)
def test_lines_are_seen_on_skin_and_clothes_in_light_and_shade(name, skin, grey):
    palette = make_palette(load_body(name, skin=skin), grey=grey)
    for material in DRESS:
        for number in (in_light(1 + material), in_shade(1 + material)):
            assert contrast(palette.colour(inks.LINE), palette.colour(number)) >= MIN_CONTRAST, material


@pytest.mark.parametrize("grey", [False, True])
def test_lines_are_seen_on_things_and_under_water(grey):
    palette = make_palette(load_body("man50"), THINGS, grey=grey)
    for group in palette.fills.values():
        assert contrast(palette.colour(inks.LINE), palette.colour(in_shade(group))) >= MIN_CONTRAST
    for material in DRESS:
        line = palette.colour(inks.LINE + UNDER_WATER)
        for number in (in_light(1 + material), in_shade(1 + material)):
            assert contrast(line, palette.colour(number + UNDER_WATER)) >= MIN_CONTRAST, material


@pytest.mark.parametrize("grey", [False, True])
def test_arrows_and_marks_are_seen_on_the_white_around_them(grey):
    palette = make_palette(load_body("man50"), grey=grey)
    for number in (inks.ARROW, inks.MARK, inks.STEP, inks.BADGE, inks.GHOST_LINE, inks.WATER_LINE):
        assert contrast(palette.colour(number), WHITE) >= MIN_CONTRAST, number


@pytest.mark.parametrize("grey", [False, True])
@pytest.mark.parametrize("skin", SKINS)
def test_a_tint_is_seen_by_its_hatching_whatever_it_lies_on(skin, grey):
    palette = make_palette(load_body("man30", skin=skin), grey=grey)
    for fill, hatch in ((inks.WORKING, inks.WORKING_HATCH), (inks.STRETCHED, inks.STRETCHED_HATCH)):
        assert contrast(palette.colour(hatch), palette.colour(fill)) >= MIN_CONTRAST


def as_seen(colour, kind):
    """What a person sees who lacks the red or the green cones (Viénot, Brettel and Mollon 1999), in linear light."""
    red, green, blue = ((part / 255) ** 2.2 for part in colour)
    if kind == "no red":
        mixed = 0.11238 * red + 0.88762 * green
        rest = 0.00401 * red - 0.00401 * green + blue
    else:
        mixed = 0.29275 * red + 0.70725 * green
        rest = -0.02234 * red + 0.02234 * green + blue
    return tuple(round(255 * min(max(part, 0), 1) ** (1 / 2.2)) for part in (mixed, mixed, rest))


@pytest.mark.parametrize("kind", ["no red", "no green"])
def test_working_and_stretched_stay_apart_for_who_sees_no_red_or_no_green(kind):
    palette = make_palette(load_body("man30"))
    one, other = (as_seen(palette.colour(number), kind) for number in (inks.WORKING, inks.STRETCHED))
    assert sum(abs(a - b) for a, b in zip(one, other, strict=True)) > 120


@pytest.mark.parametrize("skin", SKINS)
@pytest.mark.parametrize("name", BodyName)
def test_in_grey_what_meets_is_told_apart(name, skin):
    palette = make_palette(load_body(name, skin=skin), grey=True)
    meeting = itertools.combinations((Material.SKIN, Material.SHIRT, Material.TROUSERS), 2)
    for one, other in (*meeting, (Material.SKIN, Material.HAIR)):
        greys = [palette.colour(in_light(1 + material))[0] for material in (one, other)]
        assert abs(greys[0] - greys[1]) >= 16, (one, other)


def test_ink_is_the_colour_of_lines():
    assert make_palette(load_body("man30")).colour(inks.LINE) == INK
    assert rgb("#0a0b0c") == (10, 11, 12)
