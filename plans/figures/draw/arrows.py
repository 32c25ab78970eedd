"""Arrows: one way, two ways, turning, and held against what does not move; white around them, so seen on anything."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from plans.figures.draw import palette as inks
from plans.figures.draw.arrays import Points
from plans.figures.draw.canvas import Canvas, normals_of

HEAD_LENGTH, HEAD_HALF = 3.2, 1.9  # in widths of the shaft
SHORTEST = 5.5  # widths from tail to tip: a head and as much of a shaft
TIP = 0.6  # the head reaches so far beyond the end
HALO = 0.3  # white on either side, in widths


@dataclass(frozen=True)
class ArrowShape:
    """An arrow as it lies in the picture."""

    line: Points  # (n, 2) pixels from tail to tip
    heads: tuple[bool, bool]  # at the tail, at the tip
    bar: bool = False  # at the tip: it does not move
    number: int = inks.ARROW


def draw_arrows(canvas: Canvas, shapes: Sequence[ArrowShape], width: float) -> None:
    for shape in (_with_a_shaft(shape, width) for shape in shapes):
        _draw(canvas, shape, width, HALO, inks.PAPER)
        _draw(canvas, shape, width, 0.0, shape.number)


def _with_a_shaft(shape: ArrowShape, width: float) -> ArrowShape:
    """A short arrow is drawn longer from its tip back (both ways from its middle if it has two heads)."""
    across = shape.line[-1] - shape.line[0]
    length = float(np.sqrt(across[0] * across[0] + across[1] * across[1]))
    least = (2 if all(shape.heads) else 1) * SHORTEST * width
    if not 0 < length < least:
        return shape
    kept = (shape.line[0] + shape.line[-1]) / 2 if all(shape.heads) else shape.line[-1]
    return replace(shape, line=kept + (shape.line - kept) * (least / length))


def _draw(canvas: Canvas, shape: ArrowShape, width: float, extra: float, number: int) -> None:
    shaft = _without_ends(shape, width)
    canvas.curve(shaft, width * (1 + 2 * extra), number, round_ends=not shape.heads[0])
    for at_tip, head in enumerate(shape.heads):
        if head:
            canvas.polygon(_head(shape.line if at_tip else shape.line[::-1], width, extra), number)
    if shape.bar:
        canvas.polygon(_bar(shape.line, width, extra), number)


def _without_ends(shape: ArrowShape, width: float) -> Points:
    """The line as far as the heads, which are wider than it."""
    line = shape.line
    for at_tip, head in enumerate(shape.heads):
        if head:
            end = line[-1] if at_tip else line[0]
            away = line - end
            far = away[:, 0] * away[:, 0] + away[:, 1] * away[:, 1] > (2.4 * width) ** 2
            if far.sum() >= 2:
                line = line[far]
    return line


def _head(line: Points, width: float, extra: float) -> Points:
    """A triangle at the last point, along the last piece that is as long as the head."""
    away = line[-1] - line
    distance = np.sqrt(away[:, 0] * away[:, 0] + away[:, 1] * away[:, 1])
    back = np.flatnonzero(distance >= width * 2)
    way = away[int(back[-1]) if len(back) else 0]
    way = way / max(float(np.sqrt(way[0] * way[0] + way[1] * way[1])), 1e-9)
    side = np.array([-way[1], way[0]])
    tip = line[-1] + way * width * (TIP + 2.1 * extra)
    root = line[-1] - way * width * (HEAD_LENGTH - TIP + extra)
    half = side * width * (HEAD_HALF + 1.5 * extra)
    return np.stack([tip, root + half, root - half])


def _bar(line: Points, width: float, extra: float) -> Points:
    side = normals_of(line)[-1]
    way = np.array([side[1], -side[0]])
    middle = line[-1] + way * width * 1.5
    half, deep = side * width * (2.4 + extra), way * width * (0.5 + extra)
    return np.stack([middle + half + deep, middle - half + deep, middle - half - deep, middle + half - deep])
