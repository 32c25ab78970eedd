"""Finer triangles for close-ups: each into four, the new corners on the rounded surface."""

from dataclasses import dataclass

import numpy as np

from plans.figures.draw.arrays import Numbers, Points, Triangles, dot, vertex_normals

ROUNDNESS = 0.7  # of the lift that the normals ask for; the whole of it makes knuckles swell


@dataclass(frozen=True)
class Finer:
    """The finer mesh, and how what is known of its corners carries over."""

    points: Points
    triangles: Triangles
    ends: tuple[Numbers, Numbers]  # of each new corner: the two that it lies between
    count: int  # corners before

    def between(self, values: Points) -> Points:
        """Values for the corners there were, and for the new ones those half way."""
        a, b = self.ends
        return np.concatenate([values, (values[a] + values[b]) / 2])


def finer(points: Points, triangles: Triangles) -> Finer:
    """Four triangles for each, in the order of the old ones four times over: repeat(values, 4) fits."""
    count = len(points)
    edges = np.sort(
        np.concatenate([triangles[:, [0, 1]], triangles[:, [1, 2]], triangles[:, [2, 0]]]), axis=1
    )
    keys, number = np.unique(edges[:, 0].astype(np.int64) * count + edges[:, 1], return_inverse=True)
    a, b = keys // count, keys % count
    normals = vertex_normals(points, triangles)
    middle = (points[a] + points[b]) / 2
    lift = (_onto(points[a], middle, normals[a]) + _onto(points[b], middle, normals[b])) / 2
    x, y, z = (number.reshape(3, -1) + count).astype(np.int32)
    t = triangles
    quarters = np.stack([t[:, 0], x, z, x, t[:, 1], y, z, y, t[:, 2], x, y, z], axis=1).reshape(-1, 3)
    return Finer(np.concatenate([points, middle + ROUNDNESS * lift]), quarters, (a, b), count)


def _onto(point: Points, middle: Points, normal: Points) -> Points:
    """From the middle to the plane through the point."""
    return dot(point - middle, normal)[:, None] * normal
