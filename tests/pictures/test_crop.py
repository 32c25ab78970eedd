"""What is cut out of a picture, as numbers that somebody typed and in the picture that comes out."""

import re
from io import BytesIO

import pytest
from PIL import Image

from plans.pictures import PHOTOGRAPH, Crop, convert_picture, errors
from tests.pictures.samples import encoded, photo
from tests.pictures.test_converting import RED, assert_near, dot_of


def convert(data, crop):
    return convert_picture(BytesIO(data), bounds=PHOTOGRAPH, crop=crop)


def upright(width, height, *, left=0.0, top=0.0, wide=50.0):
    """The upright shape, so many per cent wide."""
    return Crop(left, top, wide, wide * (width / height) * (60 / 45))


def test_four_numbers_are_a_part_and_none_the_whole():
    assert Crop.read(["10", "0", "50.5", "20"]) == Crop(10, 0, 50.5, 20)
    assert Crop.read(["", " ", "", ""]) is None
    assert Crop.read(["50.01", "0", "50", "100.01"]) is not None


@pytest.mark.parametrize(
    ("said", "refusal"),
    [
        (["10", "", "50", "20"], errors.PictureCropIncomplete),
        (["10", "ten", "50", "20"], errors.PictureCropIncomplete),
        (["60", "0", "50", "20"], errors.PictureCropOutside),
        (["0", "90", "50", "20"], errors.PictureCropOutside),
        (["-1", "0", "50", "20"], errors.PictureCropOutside),
        (["0", "0", "0", "20"], errors.PictureCropOutside),
        (["nan", "0", "50", "20"], errors.PictureCropOutside),
        (["0", "nan", "50", "20"], errors.PictureCropOutside),
        (["0", "0", "nan", "20"], errors.PictureCropOutside),
        (["0", "0", "50", "nan"], errors.PictureCropOutside),
        (["0", "0", "inf", "20"], errors.PictureCropOutside),
    ],
)
def test_numbers_that_are_no_part_are_refused(said, refusal):
    with pytest.raises(refusal):
        Crop.read(said)


@pytest.mark.parametrize("orientation", range(1, 9))
def test_the_part_is_the_one_that_is_seen_however_the_camera_was_held(orientation):
    """Only what is cut out is red, as the picture is seen: what comes out is red from edge to edge."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    seen = Image.new("RGB", (1200, 1600), "#6db4c2")
    seen.paste("#cc2200", (600, 0, 1200, 800))
    stored = {
        1: [], 2: ["FLIP_LEFT_RIGHT"], 3: ["ROTATE_180"], 4: ["FLIP_TOP_BOTTOM"], 5: ["TRANSPOSE"],
        6: ["ROTATE_90"], 7: ["TRANSVERSE"], 8: ["ROTATE_270"],
    }[orientation]  # fmt: skip
    for turn in stored:
        seen = seen.transpose(Image.Transpose[turn])

    made = convert(encoded(seen, "PNG", exif=exif), upright(1200, 1600, left=50))

    assert (made.width, made.height) == (600, 800)
    for x in (0.02, 0.5, 0.98):
        for y in (0.02, 0.5, 0.98):
            assert_near(dot_of(made, x, y), RED)


def test_a_part_keeps_its_dots_and_no_more_than_print_needs():
    assert convert(photo(4000, 3000), upright(4000, 3000, wide=37.5)).height == 1400
    assert convert(photo(4000, 3000), upright(4000, 3000, wide=10)).width == 400


def test_a_part_that_reaches_the_edge_by_rounding_stays_inside():
    made = convert(photo(1200, 1600), Crop(0.01, 0.01, 100, 100))

    assert (made.width, made.height) in {(1049, 1400), (1050, 1400), (1050, 1399)}


@pytest.mark.parametrize(
    ("crop", "kind", "words"),
    [
        (Crop(0, 0, 50, 50), errors.PictureCropOff, r"2000 x 1500 dots, .* 91 : 28 \(wide\) or 45 : 60 \(upright\)"),
        (Crop(0, 0, 50, 50), errors.PictureCropOff, r"its height is 20\.51 % or 88\.89 %\."),
        (upright(4000, 3000, wide=7), errors.PictureCropTooSmall, "only 280 x 373 .* at least 300 x 400"),
        (Crop(0, 0, 24, 24 * 4 / 3 * 28 / 91), errors.PictureCropTooSmall, "960 x 295 .* at least 400 x 300"),
    ],
)  # fmt: skip
def test_a_part_that_fills_no_place_is_refused_with_what_would(crop, kind, words):
    with pytest.raises(errors.PictureRefused) as caught:
        convert(photo(4000, 3000), crop)

    assert type(caught.value) is kind
    assert re.search(words, " ".join(str(caught.value).split())), caught.value
