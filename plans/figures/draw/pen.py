"""Lines from marked pixels: crumbs left out, then drawn with a round pen."""

from functools import cache

import numpy as np

from plans.figures.draw.arrays import Mask, Numbers

REACH = 2  # pixels between two marks of one line


@cache
def disc(radius: float) -> tuple[tuple[int, int], ...]:
    """Steps down and right from the middle of a round pen; at most its own edge is cut off."""
    whole = int(radius)
    steps = range(-whole, whole + 1)
    return tuple((y, x) for y in steps for x in steps if y * y + x * x <= radius * radius)


def stroke(marks: Numbers, radius: float, height: int, width: int) -> Mask:
    """(height, width): where a pen of this radius, led over the marked pixels, leaves ink."""
    edge = int(radius)
    wide = width + 2 * edge
    y, x = np.divmod(marks, width)
    at = (y + edge) * wide + x + edge
    ink = np.zeros((height + 2 * edge) * wide, np.bool_)
    for down, right in disc(radius):
        ink[at + (down * wide + right)] = True
    return ink.reshape(height + 2 * edge, wide)[edge : edge + height, edge : edge + width]


def long_lines(marks: Numbers, sure: Mask, height: int, width: int, *, least: int, sure_least: int) -> Mask:
    """Which of the sorted marks belong to a line of `least` marks, `sure_least` of them sure ones."""
    if not len(marks):
        return np.zeros(0, np.bool_)
    line = connected(marks, height, width)
    size = np.bincount(line, minlength=len(marks))
    strong = np.bincount(line[sure], minlength=len(marks))
    kept: Mask = ((size >= least) & (strong >= sure_least))[line]
    return kept


def connected(marks: Numbers, height: int, width: int) -> Numbers:
    """For each mark the first mark of its line."""
    pairs = _neighbours(marks, height, width)
    label = np.arange(len(marks))
    while True:
        a, b = label[pairs[0]], label[pairs[1]]
        apart = a != b
        if not apart.any():
            return label
        pairs = pairs[:, apart]
        low, high = np.minimum(a, b)[apart], np.maximum(a, b)[apart]
        np.minimum.at(label, high, low)
        while (label[label] != label).any():
            label = label[label]


def _neighbours(marks: Numbers, height: int, width: int) -> Numbers:
    number = np.full((height + REACH) * (width + 2 * REACH), -1, np.int64)
    wide = width + 2 * REACH
    y, x = np.divmod(marks, width)
    at = y * wide + x + REACH
    number[at] = np.arange(len(marks))
    found = []
    for down in range(REACH + 1):
        for right in range(-REACH, REACH + 1):
            if down or right > 0:
                other = number[at + (down * wide + right)]
                here = np.flatnonzero(other >= 0)
                found.append(np.stack([here, other[here]]))
    return np.concatenate(found, axis=1)
