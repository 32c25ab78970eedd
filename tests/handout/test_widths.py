import pytest

from plans.handout.widths import shorten, width_of


@pytest.mark.parametrize(
    ("text", "width"), [("abc", 3), ("AB", 3.4), ("王明", 4), ("e\u0301", 1), ("\u2068a\u2069", 1)]
)
def test_width_counts_what_is_seen(text, width):
    assert width_of(text) == pytest.approx(width)


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("short", "short"),
        ("some longer name", "some longe…"),
        ("\u2068some longer name\u2069", "\u2068some longe…\u2069"),
        ("王王王王王王", "王王王王王…"),
        ("", ""),
    ],
)
def test_what_does_not_fit_is_cut(text, cut):
    assert shorten(text, 10) == cut
