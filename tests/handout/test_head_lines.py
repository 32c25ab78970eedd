"""No label of the head stands at a line's end, away from its value, by the lines of the laid-out page."""

from dataclasses import replace

import pytest
from weasyprint.formatting_structure.boxes import LineBox, TextBox

from plans.handout.formats import Format, Paper, Size
from plans.handout.pdf.renderer import Renderer
from plans.languages import LANGUAGES
from tests.handout.make import css_of, html_of
from tests.handout.samples import make_plan_in, pictures

TITLES = ("PT", "Physical therapist", "Senior physical therapist, spine")
"""Of more and more width, so that the date begins at many places of its line."""
FORMS = [Format(size=size, paper=paper) for size in Size for paper in Paper]


def lines_of_head(content, form):
    renderer = Renderer(css=css_of(form, content.language), pictures=pictures(), grey=False)
    first = renderer.lay_out(html_of(content, form)).pages[0]
    for box in first._page_box.descendants():
        element = getattr(box, "element", None)
        if isinstance(box, LineBox) and element is not None and element.get("class") in ("meta", "call"):
            yield "".join(one.text for one in box.descendants() if isinstance(one, TextBox)).strip()


@pytest.mark.parametrize("title", TITLES)
@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.key)
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_label_stands_apart_from_its_value(language, form, title):
    content = make_plan_in(language)
    content = replace(content, therapist=replace(content.therapist, title=title))

    lines = list(lines_of_head(content, form))

    assert len(lines) > 1
    assert [line for line in lines if line.endswith((":", "："))] == []
