"""How far a point is from the skin of a part: measured to its faces, not to their corners."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from plans.figures.solve.rig import Points
from plans.figures.solve.vectors import Vec, unit

Triangles = NDArray[np.int32]
LOOKED_AT = 48  # faces whose middles are nearest
AROUND = 12  # faces whose ways out are averaged


@dataclass(frozen=True)
class Nearest:
    """The nearest point of a skin: `height` is how far out of it the point is that was asked for, below 0 inside."""

    point: Vec
    out: Vec
    height: float
    vertex: int


def faces_of(triangles: Triangles, vertices: NDArray[np.int64]) -> Triangles:
    """Return the faces all of whose corners are among some vertices."""
    chosen = np.zeros(int(triangles.max()) + 1, bool)
    chosen[vertices] = True
    found: Triangles = triangles[chosen[triangles].all(axis=1)]
    return found


def nearest_on(skin: Points, faces: Triangles, point: Vec) -> Nearest:
    p = np.array(point)
    far = _dots(*[skin[faces].sum(axis=1) / 3 - p] * 2)
    close = faces[np.argsort(far, kind="stable")[:LOOKED_AT]]
    a, b, c = (skin[close[:, corner]] for corner in range(3))
    places = np.stack([_in_face(a, b, c, p), _on_edge(a, b, p), _on_edge(b, c, p), _on_edge(c, a, p)])
    offsets = p - places
    squares = _dots(offsets, offsets)
    flat = int(np.argmin(squares))
    kind, face = divmod(flat, len(close))
    ways = _crossed(b - a, c - a)
    x, y, z = ways[:AROUND].sum(axis=0).tolist()
    own = float((offsets[kind, face] * ways[face]).sum())
    height = float(np.sqrt(squares[kind, face])) * (1.0 if own >= 0 else -1.0)
    px, py, pz = places[kind, face].tolist()
    return Nearest((px, py, pz), unit((x, y, z)), height, int(close[face, 0]))


def _dots(a: Points, b: Points) -> Points:
    found: Points = a[..., 0] * b[..., 0] + a[..., 1] * b[..., 1] + a[..., 2] * b[..., 2]
    return found


def _crossed(a: Points, b: Points) -> Points:
    return np.stack(
        [
            a[:, 1] * b[:, 2] - a[:, 2] * b[:, 1],
            a[:, 2] * b[:, 0] - a[:, 0] * b[:, 2],
            a[:, 0] * b[:, 1] - a[:, 1] * b[:, 0],
        ],
        axis=1,
    )


def _on_edge(a: Points, b: Points, p: Points) -> Points:
    edge = b - a
    share = _dots(p - a, edge) / np.maximum(_dots(edge, edge), 1e-12)
    return a + edge * np.minimum(np.maximum(share, 0.0), 1.0)[:, None]


def _in_face(a: Points, b: Points, c: Points, p: Points) -> Points:
    """Return the foot of the point in each face's plane; infinitely far where it is not within the face."""
    u, v, w = b - a, c - a, p - a
    uu, uv, vv, wu, wv = _dots(u, u), _dots(u, v), _dots(v, v), _dots(w, u), _dots(w, v)
    area = np.maximum(uu * vv - uv * uv, 1e-12)
    s, t = (vv * wu - uv * wv) / area, (uu * wv - uv * wu) / area
    within = (s >= 0) & (t >= 0) & (s + t <= 1)
    foot = a + u * s[:, None] + v * t[:, None]
    return np.where(within[:, None], foot, 1e9)
