import re

import pytest

from plans.handout.colours import contrast
from plans.handout.formats import ALL_FORMATS, Format, Ink, Size
from plans.handout.pdf import fragments, renderer
from plans.handout.stylesheet import STYLE_DIR, fill_in
from plans.languages import LANGUAGES
from tests.handout.make import css_of, html_of, plan, render

TEXTS_ON_FILLS = [
    ("text", "alarm-fill"),
    ("alarm-text", "alarm-fill"),
    ("text", "care-fill"),
    ("care-text", "care-fill"),
    ("text", "dose-fill"),
]
LINES = ["alarm-line", "care-line", "care-edge", "go-line", "rule", "grid", "news-line"]


def colours_of(css):
    return dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6})", css))


@pytest.mark.parametrize("ink", Ink)
class TestContrast:
    def test_text_is_readable_on_what_lies_behind_it(self, ink):
        colours = colours_of(css_of(Format(ink=ink)))
        for text, fill in TEXTS_ON_FILLS:
            assert contrast(colours[text], colours[fill]) >= 4.5, (text, fill)

    def test_quiet_text_is_readable_on_paper(self, ink):
        assert contrast(colours_of(css_of(Format(ink=ink)))["quiet"], "#ffffff") >= 4.5

    def test_lines_can_be_seen_on_paper(self, ink):
        colours = colours_of(css_of(Format(ink=ink)))
        for line in LINES:
            assert contrast(colours[line], "#ffffff") >= 3, line


def test_no_colour_hides_outside_of_the_table():
    """So that the tests above see every colour."""
    css = css_of()
    body = re.sub(r"--[a-z-]+: #[0-9a-f]{6}", "", css)
    assert set(re.findall(r"#[0-9a-f]{3,8}\b", body)) <= {colours_of(css)["quiet"]}


def test_grey_prints_no_colour_and_no_filled_area():
    colours = colours_of(css_of(Format(ink=Ink.GREY)))
    for name in ("alarm-fill", "care-fill", "dose-fill"):
        assert colours[name] == "#ffffff"
    for name, colour in colours.items():
        channels = [int(colour[at : at + 2], 16) for at in (1, 3, 5)]
        assert max(channels) - min(channels) <= 26, name


@pytest.mark.parametrize("form", ALL_FORMATS, ids=lambda form: form.key)
def test_type_is_large_enough(form):
    css = css_of(form)
    assert re.findall(r"html \{[^}]*font-size: (\d+)pt", css)[-1] == (
        "18" if form.size is Size.LARGE else "12"
    )
    assert not re.search(r"text-align: justify|font-style: italic|text-transform: uppercase", css)


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_language_has_its_sheet(code):
    assert "font-family" in css_of(language=code)


def test_variables_are_filled_in_with_their_last_value_and_a_pages_own_stay():
    css = "html { --a: red; --b: 1pt } p { color: var(--a); border: var(--b) solid var(--brand) } html { --a: blue }"
    assert "p { color: blue; border: 1pt solid var(--brand) }" in fill_in(css)


@pytest.mark.parametrize("ink", Ink)
def test_a_sheet_with_its_variables_filled_in_prints_the_same(ink, monkeypatch):
    form = Format(ink=ink)
    filled = render(html_of(plan(), form), form)
    monkeypatch.setattr(renderer, "fill_in", lambda css: css)
    monkeypatch.setattr(renderer, "parse", renderer.parse.__wrapped__)
    assert "var(--rule)" in css_of(form)
    with fragments.nothing_kept():
        assert render(html_of(plan(), form), form) == filled


def test_no_sheet_asks_for_font_features():
    """The renderer never frees what it allocates for them: a worker would grow with each document."""
    for sheet in STYLE_DIR.glob("*.css"):
        assert not re.search(r"font-(variant|feature|kerning)", sheet.read_text()), sheet.name


@pytest.mark.parametrize("size", Size)
@pytest.mark.parametrize("language", LANGUAGES)
def test_tight_lines_of_each_script_are_a_little_lower_than_usual_ones(language, size):
    css = css_of(Format(size=size), language)
    usual = float(re.findall(r"html \{[^}]*line-height: ([\d.]+)", css)[-1])
    rule = (
        r"\[dir=rtl\] \.tight \{ line-height: ([\d.]+)" if language == "ar" and size is Size.LARGE else None
    )
    tight = float(re.findall(rule or r"^\.tight \{ line-height: ([\d.]+)", css, re.MULTILINE)[-1])
    assert 0.88 <= tight / usual < 1
