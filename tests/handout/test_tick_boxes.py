import base64
import re
from io import BytesIO

import pytest
from PIL import Image

from plans.dose.limits import LIMITS
from plans.handout.tick_boxes import box_rules

CELL = (16.5, 8.0)
"""Millimetres of a cell of the log in normal print, without its lines."""
RULE = re.compile(
    r"\.boxes-(\d+) \{ background: url\(data:image/png;base64,([^)]+)\) .*? / ([\d.]+)mm ([\d.]+)mm \}"
)


def rules():
    return {int(count): found for count, *found in RULE.findall(box_rules())}


def test_there_is_a_picture_for_each_number_of_sessions_that_a_dose_may_have():
    assert list(rules()) == list(range(1, LIMITS["times_per_day"].high + 1))


@pytest.mark.parametrize("count", range(1, 11))
def test_a_picture_has_that_many_boxes_and_fits_its_cell(count):
    data, width, height = rules()[count]
    assert float(width) <= CELL[0]
    assert float(height) <= CELL[1]
    picture = Image.open(BytesIO(base64.b64decode(data))).convert("L")
    assert holes(picture) == count


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
