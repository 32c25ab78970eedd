"""Of a figure that is drawn, the panel to which it moves: the starts of many exercises look alike."""

from collections.abc import Sequence
from itertools import groupby
from typing import Any

from PIL import Image

from plans.figures.draw.layout import FULL_WIDTH, HEAD

PAPER = 250
"""What is lighter is paper."""
ARROW_MARGIN = 3
"""Pixels before a panel's number that the arrow in the gap leaves free."""


def last_panel(figure: Image.Image) -> Image.Image:
    """Return the last panel of the first row without its number; a figure of a single panel as it is."""
    ink = figure.convert("L").point([255 * (value < PAPER) for value in range(256)])
    starts = _starts(ink)
    if figure.width != FULL_WIDTH or len(starts) < 2:
        return _trimmed(figure, ink, (0, 0, figure.width, figure.height))
    bottom = _end_of_row(ink, starts)
    return _trimmed(figure, ink, (starts[-1] - ARROW_MARGIN, HEAD, figure.width, bottom))


def _starts(ink: Image.Image) -> list[int]:
    """Where panels begin: at the discs with their numbers, which have the strip above the panels to themselves."""
    runs = _runs(_columns(ink.crop((0, 0, ink.width, HEAD - 2))))
    size = [end - start for start, end in runs]
    # A single panel has no number: what reaches up to the edge is then the figure.
    return [start for start, _ in runs] if all(HEAD // 2 < one < HEAD for one in size) else []


def _end_of_row(ink: Image.Image, starts: Sequence[int]) -> int:
    """Return where the second row's numbers begin, or the figure's lower edge."""
    beside = ink.copy()
    for start in starts:
        beside.paste(0, (max(start - 2, 0), 0, start + HEAD, ink.height))
    blank = [
        (start, end) for start, end in _runs(not row for row in _rows(beside)) if end - start >= HEAD - 2
    ]
    lower = [(start, end) for start, end in blank if start >= HEAD]
    return lower[0][0] if lower and lower[0][1] < ink.height else ink.height


def _trimmed(figure: Image.Image, ink: Image.Image, box: tuple[int, int, int, int]) -> Image.Image:
    inner = ink.crop(box).getbbox()
    if inner is None:
        return figure
    left, top, right, bottom = inner
    return figure.crop((box[0] + left, box[1] + top, box[0] + right, box[1] + bottom))


def _columns(ink: Image.Image) -> list[bool]:
    return _rows(ink.transpose(Image.Transpose.TRANSPOSE))


def _rows(ink: Image.Image) -> list[bool]:
    data, width = ink.tobytes(), ink.width
    return [any(data[at : at + width]) for at in range(0, len(data), width)]


def _runs(marks: Any) -> list[tuple[int, int]]:
    """Return where marks stand one after the other, as first and one after the last."""
    found, at = [], 0
    for is_marked, group in groupby(marks):
        count = sum(1 for _ in group)
        if is_marked:
            found.append((at, at + count))
        at += count
    return found
