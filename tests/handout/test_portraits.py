"""A photograph that is higher than wide is large enough on every paper to show what it shows."""

from dataclasses import replace
from hashlib import sha256

import pytest

from plans.handout.formats import Copy, Format, Paper, Size
from plans.handout.make import make_handout
from plans.pictures import PHOTOGRAPH, printed_size
from tests.handout.drawn import drawn_pictures
from tests.handout.library import DEMO, make_library_plan
from tests.handout.samples import LINK_URL, SHEET_URL
from tests.pictures.samples import photo

CODES = DEMO[:2]


def printed(form, *, width, height, language="en"):
    """Return width and height in millimetres at which the first exercise's photograph stands in the PDF."""
    data = photo(width, height)
    name = sha256(data).hexdigest()
    content = make_library_plan(language, CODES)
    items = tuple(
        replace(
            item, picture=replace(item.picture, sha256=name, media_type="image/jpeg", portrait=height > width)
        )
        for item in content.items
    )
    made = make_handout(
        replace(content, items=items), form, link_url=LINK_URL, sheet_url=SHEET_URL, pictures={name: data}
    )
    return next(
        (one.width, one.height)
        for one in drawn_pictures(made.pdf)
        if one.picture.get("/Filter") == "/DCTDecode"
    )


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("paper", Paper)
@pytest.mark.parametrize("size", Size)
@pytest.mark.parametrize("copy", [Copy.PATIENT, Copy.SUMMARY])
def test_a_portrait_is_no_strip(copy, size, paper, language):
    width, height = printed(
        Format(copy=copy, size=size, paper=paper), width=450, height=800, language=language
    )

    assert width >= 20
    assert height / width == pytest.approx(800 / 450, rel=0.02)


@pytest.mark.parametrize(
    ("width", "height"), [(640, 480), (500, 500), (960, 300), (450, 600), (450, 800), (400, 880)]
)
def test_the_desk_shows_the_size_that_the_paper_has_at_least(width, height):
    found = printed(Format(), width=width, height=height)
    shown = printed_size(width, height)
    assert all(least <= size + 1 for least, size in zip(shown, found, strict=True))
    assert found[0] <= 1.75 * shown[0]


@pytest.mark.parametrize(("width", "height"), [(640, 480), (960, 300), (450, 800)])
def test_large_print_shows_pictures_larger(width, height):
    usual, large = (printed(Format(size=size), width=width, height=height) for size in Size)
    assert large[0] > usual[0]
    assert large[1] > usual[1]


def test_the_narrowest_that_is_taken_is_an_inch_wide():
    assert printed_size(1000, int(1000 * PHOTOGRAPH.max_times_as_high))[0] >= 25
    assert printed_size(int(1000 * PHOTOGRAPH.max_times_as_wide), 1000)[1] >= 25
