"""A photograph that is higher than wide is large enough on every paper to show what it shows."""

from dataclasses import replace
from hashlib import sha256

import pytest

from plans.handout.formats import Copy, Format, Paper, Size
from plans.handout.make import make_handout
from plans.handout.pdf.blocks import Variant
from plans.handout.pdf.paper import PIXELS
from plans.handout.pdf.renderer import Renderer
from plans.pictures import PHOTOGRAPH, printed_size
from tests.handout.drawn import drawn_pictures
from tests.handout.library import DEMO, make_library_plan
from tests.handout.make import css_of, html_of
from tests.handout.samples import LINK_URL, SHEET_URL, make_plan_in
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


def laid_out(form, *, width, height, variant=Variant.USUAL, language="en"):
    """Return the boxes of picture, dose and start of an exercise in one of its sizes."""
    data = photo(width, height)
    name = sha256(data).hexdigest()
    content = make_plan_in(language)
    item = content.items[0]
    picture = replace(item.picture, sha256=name, media_type="image/jpeg", portrait=height > width)
    html = html_of(replace(content, items=(replace(item, picture=picture),)), form)
    html = html.replace('<div class="fit">', f'<div class="fit {variant.name.lower()}">')
    renderer = Renderer(css=css_of(form, language), pictures={name: data}, grey=False)
    boxes = [box for page in renderer.lay_out(html).pages for box in page._page_box.descendants()]

    def named(tag, name):
        return next(
            box
            for box in boxes
            if box.element_tag == tag and name in (box.element.get("class") or "").split()
        )

    (image,) = [box for box in named("p", "figure").descendants() if box.element_tag == "img"]
    return image, named("ul", "dose"), named("p", "start")


def right_of(box):
    return box.position_x + box.margin_width()


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("variant", Variant)
@pytest.mark.parametrize("paper", Paper)
@pytest.mark.parametrize("size", Size)
def test_the_dose_stands_beside_a_portrait(size, paper, variant, language):
    form = Format(size=size, paper=paper)
    image, dose, start = laid_out(form, width=450, height=600, variant=variant, language=language)

    left, right = (dose, image) if language == "ar" else (image, dose)
    assert right_of(left) <= right.position_x + 1
    assert abs(dose.position_y - image.position_y) < 3 * PIXELS
    line = start.children[0].position_y
    is_below = line >= dose.position_y + dose.margin_height() - 1
    assert is_below or line < image.position_y, "no words between the picture and the dose"


@pytest.mark.parametrize("variant", Variant)
@pytest.mark.parametrize("paper", Paper)
@pytest.mark.parametrize(("width", "height"), [(640, 480), (960, 300), (450, 600), (450, 800)])
def test_each_size_of_an_exercise_has_a_larger_picture_in_large_print(width, height, paper, variant):
    usual, large = (
        laid_out(Format(size=size, paper=paper), width=width, height=height, variant=variant)[0]
        for size in Size
    )
    assert large.width > usual.width
    assert large.height > usual.height


@pytest.mark.parametrize("variant", Variant)
@pytest.mark.parametrize("paper", Paper)
def test_a_portrait_is_60_mm_high_in_normal_print(paper, variant):
    image, *_ = laid_out(Format(paper=paper), width=450, height=600, variant=variant)
    assert image.height == pytest.approx(60 * PIXELS, abs=1)


def test_the_narrowest_that_is_taken_is_an_inch_wide():
    assert printed_size(1000, int(1000 * PHOTOGRAPH.max_times_as_high))[0] >= 25
    assert printed_size(int(1000 * PHOTOGRAPH.max_times_as_wide), 1000)[1] >= 25
