"""Text as it is kept: one form for what looks the same, and words for what cannot be seen."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plans.text import find_invisible, find_loose_marks, looks_blank, name_character, normalise


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Ame\u0301lie", "Am\u00e9lie"),
        ("one\r\ntwo\rthree\u2028four\u2029five", "one\ntwo\nthree\nfour\nfive"),
        ("a\tb\u2003c", "a b c"),
        ("1\u202f000", "1\u00a0000"),
        ("phy\u00adsio\u200bthe\u2060rapy\ufeff", "physiotherapy"),
        ("a\u200db\u200cc", "abc"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("क्\u200dष", "क्\u200dष"),
        ("\U0001f469\u200d\u2695\ufe0f", "\U0001f469\u200d\u2695"),
        ("\u1112\u1161\u11ab", "\ud55c"),
    ],
)
def test_what_looks_the_same_is_kept_the_same(typed, kept):
    assert normalise(typed, lines=True) == kept


def test_a_line_is_one_line_without_blanks_at_its_ends():
    assert normalise("\u00a0 Back\r\nplan \u3000", lines=False) == "Back plan"


@given(st.text())
def test_the_kept_form_is_final(text):
    for lines in (False, True):
        kept = normalise(text, lines=lines)
        assert normalise(kept, lines=lines) == kept


@pytest.mark.parametrize(
    "character",
    [*"\x00\x0b\x0c\x1b\x1f\x7f\x85\u200e\u200f\u061c\u202a\u202e\u2066\u2069\u3164\u115f\u2800\ufff9\uffff",
     "\ud800", "\U000e0041", "\U0001fffe"],
)  # fmt: skip
def test_what_nobody_sees_is_found(character):
    kept = normalise(f"a{character}b", lines=True)
    assert find_invisible(kept) == (character,)


@pytest.mark.parametrize(
    "text", ["Zoë\nO’Neill", "می\u200cخواهم", "क्\u200dष", "\u0600\u0661", "1\u00a0000", "\u3000王", "№ ½ ≤ →"]
)
def test_what_belongs_to_text_is_left(text):
    assert find_invisible(text) == find_loose_marks(text) == ()


@pytest.mark.parametrize(
    "text", ["\u0301", "a \u0301", "a\n\u0301", "\u00a0\u0301", "\u200d\u0301", "e" + "\u0302" * 9]
)
def test_marks_in_the_air_are_found(text):
    assert find_loose_marks(text)


@pytest.mark.parametrize("text", ["q\u0303", "שָׁ֣לוֹם", "น้ำ", "क्षि", "ẫ", "1\u20e3", "-\u0308", "الـرَّحْمٰن"])
def test_marks_on_letters_are_left(text):
    assert find_loose_marks(text) == ()


def test_blank_is_what_looks_blank():
    assert all(map(looks_blank, ["", " ", "\u00a0\u3000\n", "\u3164", "\u2800", "\u115f \u1160"]))
    assert not any(map(looks_blank, [".", "-", "a", "王", "\u00a0x"]))


def test_a_character_is_named_in_words():
    assert name_character("\u202e") == "U+202E right-to-left override"
    assert name_character("\x0b") == "U+000B without a name"
    assert name_character("\ud800").isascii()
