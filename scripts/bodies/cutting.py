"""Cuts meshes exactly along a line: all bodies at once, since the line runs over the base mesh."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from scripts.bodies.source import Points, Triangles


class Table:
    """Vertices with all that a cut must carry along: place on the base mesh, weights, every body's shape."""

    def __init__(self, canonical: Points, weights: Points, shapes: Points) -> None:
        self.canonical = canonical  # (n, 3)
        self.weights = weights  # (n, bones)
        self.shapes = shapes  # (bodies, n, 3)

    def cut(self, triangles: Triangles, field: Callable[["Table"], Points]) -> Triangles:
        """Return the triangles where the field is above 0; those it crosses are cut, new vertices appended."""
        values = field(self)
        # A vertex on the line itself would make triangles without area.
        values = np.where(np.abs(values) < 1e-6, 1e-6, values)
        inside = values[triangles] > 0
        crossed = inside.any(axis=1) & ~inside.all(axis=1)
        cutter = Cutter(len(self.canonical), values)
        pieces = [
            piece
            for corners, kept in zip(triangles[crossed], inside[crossed], strict=True)
            for piece in cutter.pieces(corners, kept)
        ]
        self._grow(cutter)
        whole = triangles[inside.all(axis=1)]
        return np.concatenate([whole, np.array(pieces)]) if pieces else whole

    def _grow(self, cutter: "Cutter") -> None:
        if not cutter.made:
            return
        first, second = np.array(list(cutter.made)).T
        share = np.array(list(cutter.shares))[:, None]
        self.canonical = _between(self.canonical, first, second, share)
        self.weights = _between(self.weights, first, second, share)
        self.shapes = np.stack([_between(shape, first, second, share) for shape in self.shapes])


def _between(rows: Points, first: NDArray[np.int64], second: NDArray[np.int64], share: Points) -> Points:
    return np.concatenate([rows, rows[first] * (1 - share) + rows[second] * share])


class Cutter:
    """Makes one vertex on each edge that the line crosses."""

    def __init__(self, count: int, values: Points) -> None:
        self.count = count
        self.values = values
        self.made: dict[tuple[int, int], int] = {}
        self.shares: list[float] = []

    def pieces(self, corners: NDArray[np.int64], kept: NDArray[np.bool_]) -> list[list[int]]:
        if kept.sum() == 1:
            a, b, c = (int(corner) for corner in np.roll(corners, -int(np.argmax(kept))))
            return [[a, self.on(a, b), self.on(a, c)]]
        a, b, c = (int(corner) for corner in np.roll(corners, -((int(np.argmin(kept)) + 1) % 3)))
        return [[a, b, self.on(b, c)], [a, self.on(b, c), self.on(a, c)]]

    def on(self, a: int, b: int) -> int:
        edge = (min(a, b), max(a, b))
        if edge not in self.made:
            self.made[edge] = self.count + len(self.made)
            start, end = self.values[edge[0]], self.values[edge[1]]
            self.shares.append(float(start / (start - end)))
        return self.made[edge]
