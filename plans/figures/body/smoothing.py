"""Evens out a mesh by its neighbours: clothes when they are made, and what a bent joint creased."""

import numpy as np
from numpy.typing import NDArray

from plans.figures.body.body import Body, ClothPart, Points

Triangles = NDArray[np.integer]
Mask = NDArray[np.bool_]
SHARE = 0.6  # how far a vertex goes to the middle of its neighbours in one step


def neighbours(triangles: Triangles, count: int) -> tuple[NDArray[np.int64], Points]:
    """Return pairs of neighbours (e, 2) and how many each vertex has; a rim knows only the rim."""
    corners = triangles.astype(np.int64)
    edges = np.sort(np.concatenate([corners[:, [0, 1]], corners[:, [1, 2]], corners[:, [2, 0]]]), axis=1)
    keys, used = np.unique(edges[:, 0] * count + edges[:, 1], return_counts=True)
    edges = np.stack([keys // count, keys % count], axis=1)
    rim = np.zeros(count, bool)
    rim[edges[used == 1].ravel()] = True
    edges = edges[(used == 1) | ~(rim[edges[:, 0]] & rim[edges[:, 1]])]
    both = np.concatenate([edges, edges[:, ::-1]])
    both = both[~rim[both[:, 0]] | rim[both[:, 1]]]
    return both, np.bincount(both[:, 0], minlength=count).astype(np.float64)


def smoothed(points: Points, links: NDArray[np.int64], counts: Points, steps: int) -> Points:
    held = (counts == 0)[:, None]
    divisor = np.maximum(counts, 1)[:, None]
    for _ in range(steps):
        columns = range(points.shape[1])
        sums = [np.bincount(links[:, 0], points[links[:, 1], column], len(points)) for column in columns]
        middle = np.stack(sums, axis=1) / divisor
        points = np.where(held, points, points + SHARE * (middle - points))
    return points


def cloth_part(
    rest: Points, triangles: Triangles, start: int, steps: int, held: Mask | None = None
) -> ClothPart:
    """`rest` are the part's own vertices; `triangles` count from them; `held` ones stay where they are."""
    links, counts = neighbours(triangles, len(rest))
    if held is not None:
        links = links[~held[links[:, 0]]]
        counts = np.where(held, 0, counts)
    offsets = rest - smoothed(rest, links, counts, steps)
    return ClothPart(start, start + len(rest), links, counts, steps, offsets)


def even_out(body: Body, posed: Points, turns: Points) -> Points:
    """`posed` (n, 3): vertices after blending; `turns` (n, 3, 3): the blended turn of each."""
    result = posed.copy()
    for part in body.cloth:
        span = slice(part.start, part.stop)
        turned: Points = (turns[span] * part.offsets[:, None, :]).sum(axis=2)
        result[span] = smoothed(posed[span], part.links, part.counts, part.steps) + turned
    return result
