"""What is cut out of a figure for its small picture."""

import pytest
from PIL import Image, ImageDraw

from plans.figures.draw.layout import FULL_WIDTH, HEAD
from plans.figures.last_panel import last_panel

RED, GREEN, BLUE = "#cc0000", "#00aa00", "#0000cc"


def sheet(*panels, height=300):
    """A figure as it is laid out: (left, top, right, bottom, colour) of each panel, its number above its left edge."""
    picture = Image.new("RGB", (FULL_WIDTH, height), "white")
    draw = ImageDraw.Draw(picture)
    for left, top, right, bottom, colour in panels:
        if len(panels) > 1:
            draw.ellipse((left, top - HEAD + 4, left + 30, top - HEAD + 34), fill="#112233")
        draw.rectangle((left, top + 10, right, bottom), fill=colour)
    return picture


def colours(picture):
    return {colour for _, colour in picture.convert("RGB").getcolors(100_000)}


def rgb(text):
    return tuple(int(text[at : at + 2], 16) for at in (1, 3, 5))


def test_it_is_the_last_panel_without_its_number():
    shown = last_panel(sheet((10, HEAD, 450, 250, RED), (520, HEAD, 900, 250, GREEN)))

    assert shown.size == (381, 250 - HEAD - 10 + 1)
    assert colours(shown) == {rgb(GREEN)}


def test_of_two_rows_it_is_the_last_of_the_first():
    below = 300 + HEAD + 10
    figure = sheet(
        (10, HEAD, 450, 300, RED), (520, HEAD, 900, 300, GREEN), (10, below, 450, 600, BLUE), height=620
    )

    assert colours(last_panel(figure)) == {rgb(GREEN)}


def test_a_single_panel_is_shown_whole_without_its_margins():
    shown = last_panel(sheet((300, 0, 700, 280, BLUE)))

    assert (shown.size, colours(shown)) == ((401, 271), {rgb(BLUE)})


@pytest.mark.parametrize("size", [(1004, 200), (640, 480)])
def test_a_blank_picture_stays_as_it_is(size):
    assert last_panel(Image.new("RGB", size, "white")).size == size
