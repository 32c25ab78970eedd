"""Boxes to tick, as the background of a row of the log: a cell and a picture a row cost less than seven of each."""

import base64
import io
import re
from functools import cache
from typing import NamedTuple

from PIL import Image, ImageColor, ImageDraw

from plans.dose.limits import LIMITS
from plans.handout.picture_address import INLINE

DOTS = 16
"""Dots for each millimetre: 400 an inch."""
LINE = 5
DAYS = 7
HALF_LINE = 0.14
"""Millimetres by which a line at the table's edge goes into it."""
_WHITE, _BLACK, _COLOURED = range(3)
EDGES = 4.28
"""Millimetres that the column of names is wider than its share: its padding, and half of the lines at its sides."""
_GRID = re.compile(r"--grid: (#\w+)")
_PAPER = re.compile(r"size: ([\d.]+)mm [\d.]+mm")
_MARGIN = re.compile(r"@page \{[^}]*?margin: [\d.]+mm ([\d.]+)mm")
_NAMES = re.compile(r"^(\[dir=rtl\] )?thead th:first-child \{[^}]*?width: ([\d.]+)%", re.MULTILINE)


class Days(NamedTuple):
    """The columns of the days: the width of one in millimetres, the colour of their lines, the side of the last one."""

    width: float
    colour: str
    end: str

    @property
    def row(self) -> float:
        """The width of a cell that has all of them, between its lines."""
        return DAYS * self.width - LINE / DOTS


class _Shape(NamedTuple):
    """The boxes of a day: their side, the gap between two, in millimetres, and how many stand in a row."""

    side: float
    gap: float
    columns: int


def days_of(css: str, *, is_rtl: bool) -> Days:
    """Return what a style sheet says; of several rules the last one holds."""
    paper, margin = float(_PAPER.findall(css)[-1]), float(_MARGIN.findall(css)[-1])
    *_, names = (float(share) for turned, share in _NAMES.findall(css) if is_rtl or not turned)
    width = (paper - 2 * margin) * (1 - names / 100) - EDGES
    return Days(width / DAYS, _GRID.findall(css)[-1], "left" if is_rtl else "right")


@cache
def box_rules(days: Days) -> str:
    """Return the rules for one to so many boxes a day as a dose may have sessions, and for the lines between days."""
    rules = [_rule(count, days) for count in range(1, LIMITS["times_per_day"].high + 1)]
    box = _encode(_draw_choice())
    lines = _encode(_draw_days(days, height=1 / DOTS))
    start = "right" if days.end == "left" else "left"
    return "\n".join((
        *rules,
        f".choice {{ background: url({box}) no-repeat {start} center / 4mm 4mm }}",
        # One picture behind the whole table, stretched. What is not a row of days covers it.
        f".log {{ background: url({lines}) no-repeat {days.end} {HALF_LINE}mm top 0 / {days.row:.2f}mm 100% }}",
        ".log { image-rendering: pixelated }",
        ".week-row td { background: white }",
    ))  # fmt: skip


def _rule(count: int, days: Days) -> str:
    shape = _shape(count)
    rows = -(-count // shape.columns)
    width, height = (number * shape.side + (number - 1) * shape.gap for number in (shape.columns, rows))
    picture = _draw_days(days, height=height)
    for day in range(DAYS):
        # The cell is narrower than its columns by half of the lines at its sides.
        _draw_boxes(picture, count, shape, (day + 0.5) * days.width - (width + LINE / DOTS) / 2)
    size = f"{days.row:.2f}mm {height:.2f}mm"
    return f".boxes-{count} {{ background: url({_encode(picture)}) no-repeat {days.end} center / {size} }}"


def _shape(count: int) -> _Shape:
    """Return how boxes stand in a cell of 15 by 8 mm."""
    if count <= 2:
        return _Shape(5.2, 1.6, count)
    if count == 3:
        return _Shape(4.2, 0.9, 3)
    return _Shape(3.4, 0.5, -(-count // 2)) if count <= 8 else _Shape(2.7, 0.4, -(-count // 2))


def _draw_days(days: Days, *, height: float) -> Image.Image:
    """Return a picture of a row with the lines between its days."""
    picture = Image.new("P", (round(days.row * DOTS), round(height * DOTS)), _WHITE)
    picture.putpalette([255, 255, 255, 0, 0, 0, *ImageColor.getrgb(days.colour)])
    pen = ImageDraw.Draw(picture)
    for day in range(1, DAYS):
        left = round(day * days.width * DOTS) - LINE
        pen.rectangle((left, 0, left + LINE - 1, picture.height), fill=_COLOURED)
    return picture


def _draw_boxes(picture: Image.Image, count: int, shape: _Shape, start: float) -> None:
    pen, end = ImageDraw.Draw(picture), round(shape.side * DOTS) - 1
    for number in range(count):
        column, row = number % shape.columns, number // shape.columns
        left = round((start + column * (shape.side + shape.gap)) * DOTS)
        top = round(row * (shape.side + shape.gap) * DOTS)
        pen.rectangle((left, top, left + end, top + end), outline=_BLACK, width=LINE)


def _draw_choice() -> Image.Image:
    picture = Image.new("1", (4 * DOTS, 4 * DOTS), 1)
    ImageDraw.Draw(picture).rectangle((0, 0, 4 * DOTS - 1, 4 * DOTS - 1), outline=0, width=LINE)
    return picture


def _encode(picture: Image.Image) -> str:
    made = io.BytesIO()
    picture.save(made, "PNG")
    return INLINE + base64.b64encode(made.getvalue()).decode("ascii")
