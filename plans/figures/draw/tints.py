"""Muscles that work or are stretched: a colour and a hatching of its own, seen on any skin and in grey."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from plans.figures.body.body import Material
from plans.figures.draw import palette as inks
from plans.figures.draw.arrays import Ids, Mask, Numbers, Values
from plans.figures.draw.pen import connected, stroke
from plans.figures.draw.pixels import Pixels

CALM = 3  # rounds of evening out
CELL = 4  # pixels: pieces are told apart by squares of this size
SLIVER = 30  # squares of a line's width that a piece must show to be seen for what it is
EDGE = 0.4  # weight at which a region ends
APART = 3.2  # line widths between two lines of the hatching


@dataclass(frozen=True)
class Tinted:
    """A muscle on one body."""

    weight: Values  # (n,) of each vertex: 0 to 1
    effect: Literal["working", "stretched"]


def paint_tints(ids: Ids, pixels: Pixels, tinted: Sequence[Tinted], line: float, *, mirrored: bool) -> None:
    group = pixels.geometry.group[pixels.triangle]
    dressable = (
        (group == 1 + Material.SKIN) | (group == 1 + Material.SHIRT) | (group == 1 + Material.TROUSERS)
    )
    for index, tint in enumerate(tinted):
        weight = pixels.geometry.tints[:, index]
        corners = pixels.geometry.triangles[:, :3]
        some = (weight[corners] > 0).sum(axis=1) > 0
        here = np.flatnonzero(pixels.of_triangle(some) & dressable)
        inside = here[pixels.carried(weight, here) > EDGE]
        inside = inside[_large(pixels, inside, line)]
        step = round(line * APART)
        column, row = pixels.column[inside].astype(np.int64), pixels.row[inside].astype(np.int64)
        working = tint.effect == "working"
        # Working leans to the right, stretched to the left: told apart without colour.
        hatch = (column + row if working != mirrored else column - row) % step < max(line * 0.6, 1)
        fill, dark = (inks.WORKING, inks.WORKING_HATCH) if working else (inks.STRETCHED, inks.STRETCHED_HATCH)
        ids[pixels.at[inside]] = np.where(hatch, dark, fill)
        ids[_rim(pixels, inside, line)] = dark


def _large(pixels: Pixels, inside: Numbers, line: float) -> Mask:
    """Which of these pixels lie in a piece that is no sliver."""
    row, column = pixels.row[inside].astype(np.int64) // CELL, pixels.column[inside].astype(np.int64) // CELL
    height, width = pixels.height // CELL + 1, pixels.width // CELL + 1
    cells, cell, count = np.unique(row * width + column, return_inverse=True, return_counts=True)
    piece = connected(cells, height, width)
    area = np.zeros(len(cells), np.int64)
    np.add.at(area, piece, count)
    large: Mask = area[piece[cell]] >= SLIVER * line * line
    return large


def _rim(pixels: Pixels, inside: Numbers, line: float) -> Numbers:
    """Pixels of a thin line along the region's edge, inside it."""
    region = np.zeros(pixels.height * pixels.width, np.bool_)
    region[pixels.at[inside]] = True
    at = pixels.at[inside]
    at = at[(at >= pixels.width) & (at < len(region) - pixels.width)]
    edge = at[~(region[at - 1] & region[at + 1] & region[at - pixels.width] & region[at + pixels.width])]
    drawn = stroke(edge, max(line / 4, 0.5), pixels.height, pixels.width).ravel()
    return np.flatnonzero(drawn & region)
