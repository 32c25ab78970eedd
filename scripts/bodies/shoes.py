"""A shoe's sole: a slab around the outline of the foot, bending at the ball as the upper does."""

import numpy as np

from scripts.bodies.source import Points, Triangles

AROUND = 40  # vertices on the outline, from the toe outward, behind the heel and back
LOW = 3.0  # centimetres: what lies below belongs to the footprint
# From the upper down to the ground: height and how far beyond the outline, centimetres; share of the toe spring.
RINGS = ((1.1, -0.4, 0), (1.0, 0.2, 0), (0.1, 0.35, 0.4), (-1.5, 0.25, 0.9), (-1.75, -0.1, 1))
TOE_SPRING = 1.3  # centimetres that the tip is raised


def sole(upper: Points, unit: float) -> Points:
    """`upper` is one shoe, its lowest point near y = 0, `unit` its lengths in a decimetre. (rings * AROUND, 3)."""
    scale = unit / 10
    low = upper[upper[:, 1] < upper[:, 1].min() + LOW * scale][:, [0, 2]]
    forward = toe_direction(low)
    across = np.array([forward[1], -forward[0]])
    flat = np.stack([low @ across, low @ forward], axis=1)
    outline = resampled(hull(flat))
    outward = np.stack(turned(np.roll(outline, -1, axis=0) - np.roll(outline, 1, axis=0)), axis=1)
    length = np.ptp(outline[:, 1])
    front = np.clip((outline[:, 1] - outline[:, 1].min()) / length / 0.3 - 0.7 / 0.3, 0, 1)
    rings = []
    for height, beyond, sprung in RINGS:
        ring = outline + beyond * scale * outward
        raised = height + TOE_SPRING * sprung * front**2
        place = ring[:, :1] * across + ring[:, 1:] * forward
        rings.append(np.stack([place[:, 0], upper[:, 1].min() + raised * scale, place[:, 1]], axis=1))
    return np.concatenate(rings)


def toe_direction(low: Points) -> Points:
    ahead = np.sort(low[:, 1])
    tip = low[low[:, 1] > ahead[int(0.9 * len(ahead))]].mean(axis=0)
    way = tip - low[low[:, 1] < ahead[int(0.1 * len(ahead))]].mean(axis=0)
    return way / np.sqrt((way * way).sum())


def turned(way: Points) -> tuple[Points, Points]:
    """Return the outward direction beside each step of an outline that runs clockwise."""
    long = np.sqrt((way * way).sum(axis=1))
    return -way[:, 1] / long, way[:, 0] / long


def hull(places: Points) -> Points:
    """Return the corners of the tightest convex outline, clockwise (monotone chain)."""
    ordered = sorted(map(tuple, np.unique(places, axis=0)))

    def chain(row: list[tuple[float, float]]) -> list[tuple[float, float]]:
        kept: list[tuple[float, float]] = []
        for x, y in row:
            while len(kept) > 1:
                (ax, ay), (bx, by) = kept[-2:]
                if (bx - ax) * (y - ay) - (by - ay) * (x - ax) < 0:
                    break
                kept.pop()
            kept.append((x, y))
        return kept[:-1]

    return np.array(chain(ordered) + chain(ordered[::-1]))


def resampled(corners: Points) -> Points:
    """Return (AROUND, 2), evenly along the outline from its foremost point."""
    start = np.roll(corners, -int(np.argmax(corners[:, 1])), axis=0)
    closed = np.concatenate([start, start[:1]])
    steps = np.concatenate([[0.0], np.cumsum(np.sqrt((np.diff(closed, axis=0) ** 2).sum(axis=1)))])
    at = np.arange(AROUND) / AROUND * steps[-1]
    return np.stack([np.interp(at, steps, closed[:, axis]) for axis in (0, 1)], axis=1)


def sole_triangles() -> Triangles:
    triangles = []
    for ring in range(len(RINGS) - 1):
        for point in range(AROUND):
            a, b = ring * AROUND + point, ring * AROUND + (point + 1) % AROUND
            triangles += [[a, b, b + AROUND], [a, b + AROUND, a + AROUND]]
    last = (len(RINGS) - 1) * AROUND
    for point in range(AROUND // 2):
        a, b = last + point, last + point + 1
        c, d = last + (AROUND - point - 1) % AROUND, last + (AROUND - point) % AROUND
        triangles += [[a, b, c], [a, c, d]]
    return np.array(triangles)
