"""A line of a kept part is shaped once, on whatever page of whichever handout it is drawn again."""

from dataclasses import replace

import pytest

from plans.handout.pdf import drawn_text, fragments
from tests.handout.make import html_of, plan, render
from tests.handout.samples import make_items, make_plan, make_plan_in

FONTS = 2
"""Each handout meets each of its fonts, usual and bold, in a line that is shaped."""


@pytest.fixture
def shaped(monkeypatch):
    """The lines of kept parts that were shaped, in turn."""
    lines = []
    first = drawn_text.draw_first_line
    monkeypatch.setattr(
        drawn_text,
        "draw_first_line",
        lambda stream, box, *rest: lines.append(box.text) or first(stream, box, *rest),
    )
    with fragments.nothing_kept():
        yield lines


def test_a_kept_line_is_shaped_once(shaped):
    render(html_of(plan()))
    assert shaped.count(make_items()[0].steps[0]) == 1
    # The marks of its steps too.
    assert shaped.count("1. ") == len(make_items())
    shaped.clear()
    render(html_of(plan()))
    assert len(shaped) <= FONTS


def test_another_patients_sheet_shapes_only_what_is_new(shaped):
    render(html_of(plan()))
    shaped.clear()
    patient = replace(plan().patient, name="Bo Lindqvist")
    html = html_of(make_plan(patient=patient, goals="Dance again."))
    found = render(html)
    assert len(shaped) <= FONTS
    with fragments.nothing_kept():
        assert render(html) == found


@pytest.mark.parametrize("language", ["ar", "zh-hans"])
def test_a_font_that_the_handout_has_not_met_is_met_in_a_kept_line(shaped, language):
    """The first line of a script may be in a kept part: its font is then taken from the line itself."""
    html = html_of(make_plan_in(language))
    new = render(html, language=language)
    assert render(html, language=language) == new
    later = html_of(make_plan_in(language, title="Plan", advice=()))
    kept = render(later, language=language)
    with fragments.nothing_kept():
        assert render(later, language=language) == kept
