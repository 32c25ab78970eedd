"""The colours of a picture. A pixel is a number in a table of 256; 128 more is the same seen through water."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from plans.figures.body.body import Body, Material
from plans.figures.draw import colours
from plans.figures.draw.colours import INK, WHITE, Rgb, mixed, rgb

Table = NDArray[np.uint8]

PAPER, LINE, ARROW, BADGE, STEP = 0, 1, 2, 3, 4
GHOST_FILL, GHOST_LINE, WATER_LINE = 5, 6, 7
WORKING, WORKING_HATCH, STRETCHED, STRETCHED_HATCH = 8, 9, 10, 11
MOUTH, CHEEK, MARK, BONE, BROW = 12, 13, 14, 15, 16
FIRST_GROUP = 18  # two numbers for each group: in the light, in the shade
GROUPS = 55
UNDER_WATER = 128

BODY_GROUPS = len(Material) + 1  # 0 is paper
SHADE = 18  # percent darker
WATER: Rgb = (120, 190, 226)
GREY_WATER: Rgb = (205, 205, 205)


def in_light(group: int) -> int:
    return FIRST_GROUP + 2 * group


def in_shade(group: int) -> int:
    return FIRST_GROUP + 2 * group + 1


@dataclass(frozen=True)
class Palette:
    """What each number looks like."""

    table: Table  # (256, 3)
    fills: Mapping[str, int]  # of each colour of things: its group
    grey: bool

    def colour(self, number: int) -> Rgb:
        red, green, blue = (int(part) for part in self.table[number])
        return red, green, blue


def make_palette(body: Body, props: Sequence[str] = (), *, grey: bool = False) -> Palette:
    """Colours for a body and for things of these colours."""
    fixed = _GREY if grey else _COLOURED
    table = dict(fixed)
    materials: Mapping[Material, str] = body.grey if grey else body.colours
    for material in Material:
        _add_group(table, 1 + material, _fill(material, rgb(materials[material])), grey=grey)
    fills = {prop: BODY_GROUPS + index for index, prop in enumerate(sorted(set(props)))}
    for prop, group in fills.items():
        _add_group(table, group, legible(rgb(prop)), grey=grey)
    skin = table[in_light(1 + Material.SKIN)]
    table[CHEEK] = mixed(skin, (196, 84, 72), 22) if not grey else mixed(skin, INK, 8)
    table[MOUTH] = mixed(skin, (88, 16, 20), 82) if not grey else INK
    table[BROW] = mixed(table[in_light(1 + Material.HAIR)], INK, 45)
    full = np.zeros((256, 3), np.uint8)
    water = GREY_WATER if grey else WATER
    for number, chosen in table.items():
        colour = colours.grey(chosen) if grey else chosen
        full[number] = colour
        full[number + UNDER_WATER] = mixed(colour, water, _WATERED.get(number, 20))
    return Palette(full, fills, grey)


def _fill(material: Material, colour: Rgb) -> Rgb:
    if material in (
        Material.HAIR,
        Material.MOUTH,
    ):  # no line is drawn inside it, so it may be as dark as it is
        return colour
    return legible(colour)


def legible(colour: Rgb) -> Rgb:
    """A fill whose shaded side still shows an ink line."""
    for percent in range(0, 101, 2):
        lighter = mixed(colour, WHITE, percent)
        if colours.contrast(shaded(lighter), INK) >= colours.MIN_CONTRAST:
            return lighter
    return WHITE


def shaded(colour: Rgb) -> Rgb:
    return mixed(colour, (20, 14, 40), SHADE)


def _add_group(table: dict[int, Rgb], group: int, colour: Rgb, *, grey: bool) -> None:
    light = colours.grey(colour) if grey else colour
    table[in_light(group)] = light
    table[in_shade(group)] = colours.grey(shaded(light)) if grey else shaded(light)


# Percent of water in what is seen through it: little in skin, which would turn grey.
_WATERED = {PAPER: 38, LINE: 8}
_COLOURED: dict[int, Rgb] = {
    PAPER: WHITE,
    LINE: INK,
    ARROW: colours.ARROW,
    BADGE: (31, 41, 55),
    STEP: (74, 85, 104),
    GHOST_FILL: (244, 244, 246),
    GHOST_LINE: (140, 143, 152),
    WATER_LINE: (20, 92, 140),
    WORKING: (242, 142, 66),
    WORKING_HATCH: (120, 22, 20),
    STRETCHED: (120, 190, 240),
    STRETCHED_HATCH: (12, 52, 120),
    MARK: (24, 78, 128),
    BONE: (246, 240, 226),
}
_GREY: dict[int, Rgb] = {
    **{number: colours.grey(colour) for number, colour in _COLOURED.items()},
    ARROW: colours.GREY_ARROW,
    WORKING: WHITE,
    WORKING_HATCH: INK,
    STRETCHED: WHITE,
    STRETCHED_HATCH: INK,
    MARK: (40, 40, 40),
    WATER_LINE: (60, 60, 60),
}
