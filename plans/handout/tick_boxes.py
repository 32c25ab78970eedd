"""Boxes to tick, as backgrounds of the cells of the log: one picture a cell costs less than an element a box."""

import base64
import io
from functools import cache

from PIL import Image, ImageDraw

from plans.dose.limits import LIMITS
from plans.handout.picture_address import INLINE

DOTS = 16
"""Dots for each millimetre: 400 an inch."""
LINE = 5


@cache
def box_rules() -> str:
    """Return the rules for one to so many boxes as a dose may have sessions a day."""
    rules = [_rule(count) for count in range(1, LIMITS["times_per_day"].high + 1)]
    address = _draw(1, columns=1, side=4, gap=0, size=(4, 4))
    choice = f".choice {{ background: url({address}) no-repeat left center / 4mm 4mm }}"
    return "\n".join((*rules, choice, "[dir=rtl] .choice { background-position: right center }"))


def _rule(count: int) -> str:
    side, gap, columns = _shape(count)
    rows = -(-count // columns)
    width, height = (number * side + (number - 1) * gap for number in (columns, rows))
    address = _draw(count, columns=columns, side=side, gap=gap, size=(width, height))
    size = f"{width:.2f}mm {height:.2f}mm"
    return f".boxes-{count} {{ background: url({address}) no-repeat center / {size} }}"


def _shape(count: int) -> tuple[float, float, int]:
    """Return the side of a box, the gap between two, in millimetres, and the boxes of a row of a cell of 15 by 8 mm."""
    if count <= 2:
        return 5.2, 1.6, count
    if count == 3:
        return 4.2, 0.9, 3
    return (3.4, 0.5, -(-count // 2)) if count <= 8 else (2.7, 0.4, -(-count // 2))


def _draw(count: int, *, columns: int, side: float, gap: float, size: tuple[float, float]) -> str:
    picture = Image.new("1", (round(size[0] * DOTS), round(size[1] * DOTS)), 1)
    pen = ImageDraw.Draw(picture)
    for number in range(count):
        left, top = (round(at * (side + gap) * DOTS) for at in (number % columns, number // columns))
        end = round(side * DOTS) - 1
        pen.rectangle((left, top, left + end, top + end), outline=0, width=LINE)
    made = io.BytesIO()
    picture.save(made, "PNG")
    return INLINE + base64.b64encode(made.getvalue()).decode("ascii")
