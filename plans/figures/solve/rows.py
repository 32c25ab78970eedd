"""One wish of the solver as a row: how far it is from being met, and how each degree of freedom moves that."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from plans.figures.solve.chain import Stance
from plans.figures.solve.nodes import ANGLES, LINE, NODES
from plans.figures.solve.vectors import Vec

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Piece:
    """What a row hangs on: a point or (`free`) a direction carried by a node, seen along `way`."""

    node: int
    vector: Vec
    way: Vec
    free: bool = False


@dataclass(frozen=True)
class Row:
    """`missing` is what is left (centimetres or shares of a direction); `weight` is one over what is much."""

    missing: float
    weight: float
    pieces: tuple[Piece, ...]


FREE: Final[tuple[str, ...]] = tuple(name for name in ANGLES if not name.startswith("girdle"))
"""The angles that are solved for; three coordinates of the root come before them."""
_LEVERS: Final = [(index, name, share) for index, node in enumerate(NODES) for _, share, name in node.turns]
_MOVES: Final = np.array([[lever[0] in LINE[node] for lever in _LEVERS] for node in range(len(NODES))], float)
_SHARES: Final = np.array([share for _, _, share in _LEVERS]) * (np.pi / 180)
_MOST: Final = max(sum(lever[1] == name for lever in _LEVERS) for name in FREE)


def _slots() -> tuple[NDArray[np.int64], Array]:
    numbers = np.zeros((_MOST, len(FREE)), np.int64)
    used = np.zeros((_MOST, len(FREE)))
    for column, name in enumerate(FREE):
        for slot, lever in enumerate(i for i, row in enumerate(_LEVERS) if row[1] == name):
            numbers[slot, column], used[slot, column] = lever, 1.0
    return numbers, used


_NUMBERS, _USED = _slots()


def _crossed(a: Array, b: Array) -> Array:
    x = a[..., 1] * b[..., 2] - a[..., 2] * b[..., 1]
    y = a[..., 2] * b[..., 0] - a[..., 0] * b[..., 2]
    z = a[..., 0] * b[..., 1] - a[..., 1] * b[..., 0]
    return np.stack([x, y, z], axis=-1)


def slopes(stance: Stance, rows: Sequence[Row]) -> Array:
    """Return (rows, 3 + angles): what a centimetre of the root or a degree of an angle does to each row."""
    pieces = [(number, piece) for number, row in enumerate(rows) for piece in row.pieces]
    if not pieces:  # nothing is in contact
        return np.zeros((len(rows), 3 + len(FREE)))
    vectors = np.array([piece.vector for _, piece in pieces])
    ways = np.array([piece.way for _, piece in pieces])
    moves = _MOVES[[piece.node for _, piece in pieces]]
    bound = np.array([0.0 if piece.free else 1.0 for _, piece in pieces])[:, None]
    axes = np.array([lever[3] for lever in stance.levers])
    origins = np.array([lever[4] for lever in stance.levers])
    arms = vectors[:, None, :] - origins[None, :, :] * bound[:, :, None]
    turned = _crossed(arms, np.broadcast_to(ways[:, None, :], arms.shape))
    each = (
        (turned[..., 0] * axes[:, 0] + turned[..., 1] * axes[:, 1] + turned[..., 2] * axes[:, 2])
        * moves
        * _SHARES
    )
    by_angle = each[:, _NUMBERS[0]] * _USED[0]
    for slot in range(1, _MOST):
        by_angle += each[:, _NUMBERS[slot]] * _USED[slot]
    found = np.zeros((len(rows), 3 + len(FREE)))
    for line, (number, _) in enumerate(pieces):
        found[number, :3] += ways[line] * bound[line]
        found[number, 3:] += by_angle[line]
    return found
