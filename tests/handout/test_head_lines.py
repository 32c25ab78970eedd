"""No label of the head or of the contact stands on another line than its value, by the lines of the laid-out page."""

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


def lines(content, form, tags):
    """Return the text of each line within paragraphs of these classes, or of none."""
    renderer = Renderer(css=css_of(form, content.language), pictures=pictures(), grey=False)
    for page in renderer.lay_out(html_of(content, form)).pages:
        for box in page._page_box.descendants():
            element = getattr(box, "element", None)
            if isinstance(box, LineBox) and element is not None and element.get("class") in tags:
                yield "".join(one.text for one in box.descendants() if isinstance(one, TextBox)).strip()


@pytest.mark.long
@pytest.mark.parametrize("title", TITLES)
@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.key)
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_label_stands_apart_from_its_value(language, form, title):
    content = make_plan_in(language)
    content = replace(content, therapist=replace(content.therapist, title=title))

    found = list(lines(content, form, ("meta", "call")))

    assert len(found) > 1
    assert [line for line in found if line.endswith((":", "："))] == []


@pytest.mark.long
@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.key)
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_sheets_code_stands_behind_its_label_whatever_the_address(language, form):
    for wide in range(10, 60, 4):
        content = make_plan_in(language)
        content = replace(content, clinic=replace(content.clinic, address="1 " + "Mill " * (wide // 5)))
        code = content.sheet_code

        found = [line for line in lines(content, form, (None,)) if code[:4] in line]

        assert found
        assert [line for line in found if code not in line or line.startswith(code)] == []
