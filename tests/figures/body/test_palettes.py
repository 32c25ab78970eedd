from itertools import combinations

import pytest

from plans.figures.body import BodyName, Material, load_body
from plans.figures.body.palettes import GREYS, HAIR

WORN = (Material.SKIN, Material.SHIRT, Material.TROUSERS)


def channels(colour):
    return [int(colour[place : place + 2], 16) for place in (1, 3, 5)]


def lightness(colour):
    """L* of CIELAB."""
    linear = [
        (part / 255 / 12.92) if part <= 10 else ((part / 255 + 0.055) / 1.055) ** 2.4
        for part in channels(colour)
    ]
    y = sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))
    return 116 * y ** (1 / 3) - 16


@pytest.mark.parametrize("skin", GREYS)
@pytest.mark.parametrize("name", BodyName)
def test_in_grey_skin_shirt_and_trousers_are_told_apart(name, skin):
    grey = load_body(name, skin=skin).grey
    for one, other in combinations(WORN, 2):
        assert abs(channels(grey[one])[0] - channels(grey[other])[0]) >= 38
    assert abs(channels(grey[Material.SKIN])[0] - channels(grey[Material.HAIR])[0]) >= 32
    assert all(
        len(set(channels(colour))) == 1 for kind, colour in grey.items() if kind in (*WORN, Material.HAIR)
    )


@pytest.mark.parametrize("name", BodyName)
def test_the_shirt_is_lighter_than_the_trousers_and_the_trousers_are_bluish(name):
    """Who cannot tell red from green tells them by lightness, and blue from brown."""
    colours = load_body(name).colours
    assert lightness(colours[Material.SHIRT]) > lightness(colours[Material.TROUSERS]) + 18
    red, _, blue = channels(colours[Material.TROUSERS])
    assert blue > red + 15


def test_three_skins_grow_darker_and_hair_turns_grey_with_age():
    skins = [
        load_body(BodyName.WOMAN_50, skin=skin).colours[Material.SKIN] for skin in ("light", "medium", "dark")
    ]
    assert [lightness(skin) for skin in skins] == sorted(map(lightness, skins), reverse=True)
    for young, middle, old in HAIR.values():
        assert lightness(young) < lightness(middle) < lightness(old)


def test_every_material_has_a_colour_in_both_palettes():
    body = load_body(BodyName.MAN_75, feet="shoes")
    assert set(body.colours) == set(body.grey) == set(Material)
