import io

import numpy as np
from PIL import Image

from plans.figures.body.load import load_body
from plans.figures.draw import palette as inks
from plans.figures.draw.palette import make_palette
from plans.figures.draw.png import COLOURS, GREYS, most_missed, png_bytes, reduced, reduced_alike


def noisy(count=9000):
    rng = np.random.default_rng(1)
    ids = rng.integers(0, 40, (100, 100), np.uint8)
    ids[:40] = inks.PAPER
    ids[50:52, 50:52] = inks.ARROW
    return ids


def test_arrows_keep_their_red_among_ever_so_many_mixtures():
    palette = make_palette(load_body("woman30"))
    pixels, table = reduced(noisy(), palette, 2)
    assert len(table) == COLOURS
    assert tuple(table[pixels[25, 25]]) == palette.colour(inks.ARROW)
    assert tuple(table[pixels[5, 5]]) == (255, 255, 255)


def test_grey_has_sixteen_greys_and_half_a_byte_for_each_pixel():
    pixels, table = reduced(noisy(), make_palette(load_body("woman30"), grey=True), 2)
    assert len(table) <= GREYS
    assert (table == table[:, :1]).all()
    data = png_bytes(pixels, table)
    assert data[24] == 4  # bits of a pixel


def test_the_file_holds_the_pixels_at_300_to_the_inch():
    pixels, table = reduced(noisy(), make_palette(load_body("woman30")), 2)
    image = Image.open(io.BytesIO(png_bytes(pixels, table)))
    assert (np.asarray(image.convert("RGB")) == table[pixels]).all()
    assert round(image.info["dpi"][0]) == 300


def test_an_odd_width_in_grey_is_read_back():
    pixels = np.array([[0, 1, 2], [2, 1, 0]], np.uint8)
    table = np.array([[0, 0, 0], [99, 99, 99], [255, 255, 255]], np.uint8)
    image = Image.open(io.BytesIO(png_bytes(pixels, table)))
    assert (np.asarray(image.convert("RGB")) == table[pixels]).all()


def test_of_few_colours_a_small_red_one_is_kept_and_pictures_share_their_table():
    palette = make_palette(load_body("woman30"))
    (first, second), table = reduced_alike([noisy(), noisy()[::-1]], palette, 2, most=12, choose=most_missed)
    assert len(table) == 12
    red = np.array(palette.colour(inks.ARROW))
    assert np.abs(table[first[25, 25]].astype(int) - red).max() < 40
    assert (table[first[:20]] == 255).all()
    assert (table[second[-20:]] == 255).all()
