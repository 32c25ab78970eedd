import base64
import io

import pytest
from PIL import Image

from plans.handout.errors import FetchRefused, PictureBroken, PictureMissing
from plans.handout.pdf.fetcher import MAX_PIXELS, fetch_picture
from tests.handout.samples import draw

PNG = draw(1, (60, 40))


def fetch(address, *, pictures=None, grey=False):
    return fetch_picture(address, {"abc": PNG} if pictures is None else pictures, grey=grey)


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1/x.png",
        "https://example.org/x.png",
        "file:///etc/passwd",
        "ftp://example.org/x",
        "data:text/html;base64,PGI+",
        "data:image/svg+xml;base64,PHN2Zz4=",
        "/etc/passwd",
        "",
    ],
)
def test_only_pictures_of_the_plan_are_fetched(address):
    with pytest.raises(FetchRefused):
        fetch(address)


def test_picture_is_given_as_it_is():
    assert fetch("picture:abc") == PNG
    assert fetch("data:image/png;base64," + base64.b64encode(PNG).decode()) == PNG


def test_missing_picture_is_named():
    with pytest.raises(PictureMissing, match="def"):
        fetch("picture:def")


def huge() -> bytes:
    made = io.BytesIO()
    Image.new("1", (MAX_PIXELS // 1000 + 1, 1000)).save(made, "PNG")
    return made.getvalue()


@pytest.mark.parametrize(
    "broken", [b"", b"GIF89a", PNG[:60], PNG[: len(PNG) // 2], b"<svg/>", huge()], ids=len
)
def test_broken_picture_is_named(broken):
    with pytest.raises(PictureBroken, match="abc"):
        fetch("picture:abc", pictures={"abc": broken})


def test_broken_picture_inside_the_page_is_named():
    with pytest.raises(PictureBroken):
        fetch("data:image/png;base64,not base64")


def test_grey_picture_has_no_colour_and_white_where_it_was_clear():
    made = io.BytesIO()
    picture = Image.new("RGBA", (4, 4), (200, 30, 30, 255))
    picture.putpixel((0, 0), (200, 30, 30, 0))
    picture.save(made, "PNG")

    grey = Image.open(io.BytesIO(fetch("picture:abc", pictures={"abc": made.getvalue()}, grey=True))).convert(
        "RGB"
    )

    red, green, blue = grey.getpixel((2, 2))
    assert red == green == blue
    assert red < 120
    assert grey.getpixel((0, 0)) == (255, 255, 255)


def test_a_grey_photograph_stays_one():
    """As PNG it would be carried with all of its dots."""
    made = io.BytesIO()
    Image.effect_noise((600, 400), 60).convert("RGB").save(made, "JPEG")
    with Image.open(io.BytesIO(fetch("picture:abc", pictures={"abc": made.getvalue()}, grey=True))) as grey:
        assert (grey.format, grey.mode, grey.size) == ("JPEG", "L", (600, 400))
