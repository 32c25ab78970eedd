"""Panels side by side: one scale, one floor line; in two rows when that shows them larger."""

from collections.abc import Sequence
from dataclasses import dataclass

from plans.figures.draw.shots import CLOSE_UP_HEIGHT, Shot

FULL_WIDTH = 1004  # pixels: 85 mm at 300 to the inch; what follows is in pixels of that width
GAP, HEAD, EDGE = 34, 44, 2
MAX_HEIGHT = 620
FEW = 3  # so many panels may need two rows
WORTH = 1.25  # two rows must show the figure so much larger


@dataclass(frozen=True)
class Cell:
    """Where a panel lies in the picture, in pixels, and how large a centimetre is."""

    left: float
    top: float
    width: float
    height: float
    scale: float
    lift: float  # centimetres of the row's lower edge below that of the panel's window


@dataclass(frozen=True)
class Layout:
    """The cells in the order of the panels."""

    cells: tuple[Cell, ...]
    rows: tuple[int, ...]  # of each cell
    height: int


def arrange(shots: Sequence[Shot], *, right_to_left: bool) -> Layout:
    """In pixels of FULL_WIDTH."""
    count = len(shots)
    head = HEAD if count > 1 else EDGE
    return _placed(shots, _rows(shots, head), head, right_to_left=right_to_left)


def _rows(shots: Sequence[Shot], head: int) -> list[list[int]]:
    one, two = (_split(len(shots), rows) for rows in (1, 2))
    if len(shots) < FEW:
        return one
    if all(shot.near for shot in shots):
        return two if _close_width(len(two[0]), 2) > _close_width(len(one[0]), 1) else one
    return two if _scale(shots, two, head) > WORTH * _scale(shots, one, head) else one


def _split(count: int, rows: int) -> list[list[int]]:
    each = -(-count // rows)
    return [list(range(start, min(start + each, count))) for start in range(0, count, each)]


def _scale(shots: Sequence[Shot], rows: list[list[int]], head: int) -> float:
    """Pixels a centimetre for the panels that show the whole body; close-ups have their own."""
    wide = [
        (
            FULL_WIDTH
            - GAP * (len(row) - 1)
            - sum(_close_width(len(row), len(rows)) for i in row if shots[i].near)
        )
        / max(sum(_width(shots[i]) for i in row if not shots[i].near), 1e-6)
        for row in rows
    ]
    spans = [_span(shots, row) for row in rows]
    high = (MAX_HEIGHT - EDGE - head * len(rows)) / max(sum(top - bottom for bottom, top in spans), 1e-6)
    return min(*wide, high)


def _width(shot: Shot) -> float:
    return shot.window.right - shot.window.left


def _close_width(in_row: int, rows: int) -> float:
    wide = (FULL_WIDTH - GAP * (in_row - 1)) / max(in_row, 2)
    return min(wide, ((MAX_HEIGHT - EDGE) / rows - HEAD) / CLOSE_UP_HEIGHT)


def _span(shots: Sequence[Shot], row: list[int]) -> tuple[float, float]:
    """Lower and upper edge that the panels of a row share."""
    whole = [shots[i].window for i in row if not shots[i].near]
    if not whole:
        return 0.0, 0.0
    return min(window.bottom for window in whole), max(window.top for window in whole)


def _placed(shots: Sequence[Shot], rows: list[list[int]], head: int, *, right_to_left: bool) -> Layout:
    scale = _scale(shots, rows, head)
    cells: dict[int, Cell] = {}
    number: dict[int, int] = {}
    y = 0.0
    for row_number, row in enumerate(rows):
        bottom, top = _span(shots, row)
        sizes = {i: _size(shots[i], scale, top - bottom, _close_width(len(row), len(rows))) for i in row}
        tall = max(height for _, height, _ in sizes.values())
        used = sum(width for width, _, _ in sizes.values()) + GAP * (len(row) - 1)
        x = (FULL_WIDTH - used) / 2
        for i in reversed(row) if right_to_left else row:
            width, height, own = sizes[i]
            lift = shots[i].window.bottom - bottom if not shots[i].near else 0.0
            cells[i] = Cell(x, y + head + (tall - height), width, height, own, lift)
            number[i] = row_number
            x += width + GAP
        y += head + tall
    order = range(len(shots))
    return Layout(tuple(cells[i] for i in order), tuple(number[i] for i in order), int(y + EDGE))


def _size(shot: Shot, scale: float, row_height: float, close_width: float) -> tuple[float, float, float]:
    """Width and height in pixels, and the scale."""
    if shot.near:
        own = close_width / _width(shot)
        return close_width, (shot.window.top - shot.window.bottom) * own, own
    return _width(shot) * scale, row_height * scale, scale
