"""Weighted least squares with damping (Levenberg and Marquardt), elementwise: the same bits on every machine."""

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


def normal_equations(slopes: Array, missing: Array, weights: Array) -> tuple[Array, Array]:
    """Return the matrix and right side whose solution makes the weighted rows least."""
    size = slopes.shape[1]
    matrix, side = np.zeros((size, size)), np.zeros(size)
    for row, gap, weight in zip(slopes * weights[:, None], missing * weights, weights, strict=True):
        if weight:
            matrix += row[:, None] * row[None, :]
            side -= row * gap
    return matrix, side


def solved(matrix: Array, side: Array) -> Array:
    """Return x with matrix x = side, for a symmetric positive matrix."""
    rows, right = matrix.copy(), side.copy()
    size = len(right)
    for k in range(size - 1):
        column = rows[k + 1 :, k] / rows[k, k]
        rows[k + 1 :, k + 1 :] -= column[:, None] * rows[k, k + 1 :][None, :]
        right[k + 1 :] -= column * right[k]
    for k in range(size - 1, -1, -1):
        right[k] /= rows[k, k]
        right[:k] -= rows[:k, k] * right[k]
    return right
