"""Arrays of points and triangles, and sums written out.

Only + - * / sqrt, comparisons and integer sums, each element on its own: no processor rounds those otherwise, so
the same pose gives the same picture on all of them. BLAS, einsum, sums over an axis and sin are not used here.
"""

import numpy as np
from numpy.typing import NDArray

Points = NDArray[np.float64]
Values = NDArray[np.float64]
Numbers = NDArray[np.int64]
Triangles = NDArray[np.int32]
Mask = NDArray[np.bool_]
Ids = NDArray[np.uint8]

VERTEX_GRID = 1024  # parts of a centimetre


def on_grid(points: Points, parts: int = VERTEX_GRID) -> Points:
    rounded: Points = np.rint(points * parts) / parts
    return rounded


def turned(points: Points, rows: Points) -> Points:
    x, y, z = points[:, 0], points[:, 1], points[:, 2]
    return np.stack([x * row[0] + y * row[1] + z * row[2] for row in rows], axis=1)


def dot(a: Points, b: Points) -> Values:
    product: Values = a[..., 0] * b[..., 0] + a[..., 1] * b[..., 1] + a[..., 2] * b[..., 2]
    return product


def cross(a: Points, b: Points) -> Points:
    return np.stack(
        [
            a[..., 1] * b[..., 2] - a[..., 2] * b[..., 1],
            a[..., 2] * b[..., 0] - a[..., 0] * b[..., 2],
            a[..., 0] * b[..., 1] - a[..., 1] * b[..., 0],
        ],
        axis=-1,
    )


def unit_vector(vector: Points) -> Points:
    one: Points = unit(np.asarray(vector, np.float64)[None])[0]
    return one


def unit(vectors: Points) -> Points:
    return vectors / (np.sqrt(dot(vectors, vectors)) + 1e-12)[..., None]


def facet_normals(points: Points, triangles: Triangles) -> Points:
    """Across each triangle, as long as twice its area."""
    a, b, c = (points[triangles[:, k]] for k in range(3))
    return cross(b - a, c - a)


def summed(values: Points, at: Triangles, count: int) -> Points:
    """Add each triangle's vector to its three corners. bincount adds in the order given."""
    corners = at.ravel()
    return np.stack([np.bincount(corners, np.repeat(values[:, k], 3), count) for k in range(3)], axis=1)


def vertex_normals(points: Points, triangles: Triangles) -> Points:
    return unit(summed(facet_normals(points, triangles), triangles, len(points)))


def evened(values: Values, triangles: Triangles, rounds: int) -> Values:
    """Values of the corners, each time the mean of the triangles around, so that borders run in long curves."""
    corners = triangles.ravel()
    count = np.maximum(np.bincount(corners, minlength=len(values)), 1)
    for _ in range(rounds):
        facet = (values[triangles[:, 0]] + values[triangles[:, 1]] + values[triangles[:, 2]]) / 3
        values = np.bincount(corners, np.repeat(facet, 3), len(values)) / count
    return values


def nearest_to(points: Points, place: tuple[float, float, float]) -> int:
    """Number of the point that is nearest to a place."""
    away = points - np.array(place)
    return int(np.argmin(dot(away, away)))
