"""A finished file says of each glyph what it means, wherever the glyph was met first."""

import pytest

from plans.handout.fonts import FONT_FILES
from plans.handout.pdf import render_pdf
from plans.handout.pdf.glyphs import meanings_of
from plans.handout.preflight.pdf_reader import read_pdf


def text_of(words: str) -> str:
    html = f'<!doctype html>\n<html lang="en"><head><title>-</title></head><body><p>{words}</p></body></html>'
    return "".join(read_pdf(render_pdf(html, css="", pictures={})).pages).strip()


@pytest.mark.parametrize("name", FONT_FILES)
def test_nearly_every_glyph_has_a_meaning(name):
    """All but the empty box, and one in Noto that stands for no letter."""
    meanings = meanings_of(name)
    assert max(meanings) - len(meanings) <= 1
    assert all(meanings.values())


@pytest.mark.parametrize(
    ("written", "printed"),
    [
        ("कि का क", "िक का क"),
        ("र्क क", "कर् क"),
        ("क्ष क", "क्ष क"),
        ("กำ ก", "กํา ก"),
        ("q\u0303 q", "q\u0303 q"),
        ("لا ل ا", "ا ل لا"),
    ],
)
def test_each_glyph_keeps_its_own_meaning(written, printed):
    """The second word would say what the glyph was in the first, or nothing."""
    assert sorted(text_of(written)) == sorted(printed)
