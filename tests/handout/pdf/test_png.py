import io
import zlib

import pytest
from PIL import Image

from plans.handout.pdf.png import take_apart
from tests.handout.samples import draw


def saved(picture: Image.Image, **options) -> bytes:
    made = io.BytesIO()
    picture.save(made, "PNG", **options)
    return made.getvalue()


def test_indexed_picture_is_taken_apart():
    data = draw(3, (60, 40))
    png = take_apart(data)

    assert (png.width, png.height) == (60, 40)
    # Each row is its dots, packed, after one byte for the filter.
    assert len(zlib.decompress(png.rows)) == 40 * (60 * png.depth // 8 + 1)
    assert png.palette[:3] == b"\xff\xff\xff"
    assert png.last_colour == len(png.palette) // 3 - 1


def test_black_and_white_picture_is_taken_apart():
    png = take_apart(saved(Image.new("1", (40, 40), 1)))

    assert (png.width, png.height, png.depth, png.palette.hex()) == (40, 40, 1, "000000ffffff")


@pytest.mark.parametrize(
    "data",
    [
        saved(Image.new("RGB", (4, 4))),
        saved(Image.new("L", (4, 4))),
        saved(Image.new("P", (4, 4)), transparency=0),
        b"",
        b"\xff\xd8\xff\xe0 a photograph",
    ],
    ids=["rgb", "grey", "transparent", "empty", "jpeg"],
)
def test_others_are_left_to_the_renderer(data):
    assert take_apart(data) is None
