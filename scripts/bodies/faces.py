"""Calm faces: wrinkles are evened out, which two flat tones would turn into blots. Eyes, lips, nose, ears stay."""

import numpy as np

from plans.figures.body.smoothing import SHARE, neighbours
from scripts.bodies.source import Points, Triangles

NECK = 5.6  # decimetres of the base mesh: below it nothing changes


def calmed(shape: Points, canonical: Points, triangles: Triangles, steps: int) -> Points:
    links, counts = neighbours(triangles, len(shape))
    share = SHARE * wrinkled(canonical)[:, None]
    divisor = np.maximum(counts, 1)[:, None]
    for _ in range(steps):
        sums = [np.bincount(links[:, 0], shape[links[:, 1], axis], len(shape)) for axis in range(3)]
        shape = np.where(divisor > 1, shape + share * (np.stack(sums, axis=1) / divisor - shape), shape)
    return shape


def wrinkled(canonical: Points) -> Points:
    """Return (n,): 1 on forehead, cheeks, jaw and neck, falling to 0 towards what keeps its form."""
    x, y, z = np.abs(canonical[:, 0]), canonical[:, 1], canonical[:, 2]
    eye = away(x - 0.31, 0.2, y - 7.28, 0.12)
    lips = away(x, 0.34, y - 6.62, 0.2)
    nose = away(x, 0.2, y - 7.0, 0.28)
    ear = np.clip((0.68 - x) / 0.08, 0, 1)
    mouth = np.where((z < 1.15) & (x < 0.5) & (np.abs(y - 6.6) < 0.4) & (y > 6.35), 0.0, 1.0)
    front = np.where(z > 1.0, np.minimum(np.minimum(eye, lips), nose), 1.0)
    return np.clip((y - NECK) / 0.3, 0, 1) * front * ear * mouth


def away(across: Points, wide: float, up: Points, high: float) -> Points:
    return np.clip(((across / wide) ** 2 + (up / high) ** 2 - 1) / 1.5, 0, 1)
