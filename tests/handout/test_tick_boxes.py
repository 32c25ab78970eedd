import base64
import re
from io import BytesIO

import pytest
from PIL import Image

from plans.dose.limits import LIMITS
from plans.handout.formats import Format, Paper, Size
from plans.handout.pdf.paper import PIXELS
from plans.handout.pdf.renderer import Renderer
from plans.handout.tick_boxes import LINE, Days, box_rules, days_of
from plans.languages import LANGUAGES
from tests.handout.make import css_of, html_of
from tests.handout.samples import make_plan_in, pictures

DAYS = Days(17.0, "#5d6a75", "right")
HEIGHT = 8.0
"""Millimetres of a row of the log in normal print."""
RULE = re.compile(
    r"\.boxes-(\d+) \{ background: url\(data:image/png;base64,([^)]+)\) .*? / ([\d.]+)mm ([\d.]+)mm \}"
)


def rules():
    return {int(count): found for count, *found in RULE.findall(box_rules(DAYS))}


def test_there_is_a_picture_for_each_number_of_sessions_that_a_dose_may_have():
    assert list(rules()) == list(range(1, LIMITS["times_per_day"].high + 1))


@pytest.mark.parametrize("count", range(1, 11))
def test_a_picture_has_that_many_boxes_and_fits_its_cell(count):
    data, width, height = rules()[count]
    assert float(width) <= 7 * DAYS.width
    assert float(height) <= HEIGHT
    picture = Image.open(BytesIO(base64.b64decode(data))).convert("L")
    day = picture.width / 7
    for number in range(7):
        left, right = round(number * day) + LINE, round((number + 1) * day) - LINE
        assert holes(picture.crop((left, 0, right, picture.height))) == count


@pytest.mark.parametrize("size", Size)
@pytest.mark.parametrize("paper", Paper)
@pytest.mark.parametrize("language", ["en", "ar"])
def test_lines_stand_where_the_days_of_the_head_end(language, paper, size):
    form = Format(paper=paper, size=size)
    css = css_of(form, language)
    found = days_of(css, is_rtl=LANGUAGES[language].is_rtl)
    document = Renderer(css=css, pictures=pictures(), grey=False).lay_out(
        html_of(make_plan_in(language), form)
    )
    cells = [
        box
        for page in document.pages
        for box in page._page_box.descendants()
        if type(box).__name__ == "TableCellBox"
    ]
    heads = [cell.border_width() / PIXELS for cell in cells if cell.element.get("scope") == "col"]
    days = [width for at, width in enumerate(heads) if at % 8]
    assert len(days) >= 7
    assert max(abs(width - found.width) for width in days) < 0.1
    row = next(cell for cell in cells if cell.element_tag == "td")
    assert abs(row.padding_width() / PIXELS - found.row) < 0.2


def holes(picture):
    """Count the white areas inside of lines."""
    dots = picture.load()
    seen, found = set(), 0
    for start in ((x, y) for x in range(picture.width) for y in range(picture.height)):
        if start in seen or dots[start] == 0:
            continue
        area, waiting, is_outside = 0, [start], False
        while waiting:
            x, y = waiting.pop()
            if not (0 <= x < picture.width and 0 <= y < picture.height):
                is_outside = True
                continue
            if (x, y) in seen or dots[x, y] == 0:
                continue
            seen.add((x, y))
            area += 1
            waiting += [(x + 1, y), (x - 1, y), (x, y + 1), (x, y - 1)]
        found += not is_outside and area > 100
    return found
