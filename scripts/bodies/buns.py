"""A bun high on the head: lying on the back or standing at a wall, nothing lies between it and the head."""

import numpy as np

from scripts.bodies.source import Points, Triangles

PLACE = np.array([0.0, 8.46, 0.02])  # of its middle, decimetres of the base mesh
RADIUS = 0.34
MERIDIANS, PARALLELS = 14, 9


def bun(canonical: Points, shape: Points, unit: float) -> Points:
    """`canonical` and `shape` are the head's vertices, `unit` the shape's lengths in a decimetre."""
    near = np.argsort(((canonical - PLACE) ** 2).sum(axis=1), kind="stable")[:8]
    middle = shape[near].mean(axis=0) + unit * (PLACE - canonical[near].mean(axis=0))
    middle[0] = 0
    return middle + RADIUS * unit * sphere() * np.array([1.1, 0.9, 1.0])


def sphere() -> Points:
    """Return (MERIDIANS * PARALLELS, 3) on a ball of radius 1."""
    around = np.linspace(0, 2 * np.pi, MERIDIANS, endpoint=False)[:, None]
    down = np.linspace(0.02, np.pi - 0.02, PARALLELS)[None, :]
    x, z = np.sin(around) * np.sin(down), np.cos(around) * np.sin(down)
    return np.stack([x, np.broadcast_to(np.cos(down), x.shape), z], axis=2).reshape(-1, 3)


def bun_triangles() -> Triangles:
    triangles = []
    for meridian in range(MERIDIANS):
        here, beside = meridian * PARALLELS, (meridian + 1) % MERIDIANS * PARALLELS
        for row in range(PARALLELS - 1):
            a, b, c, d = here + row, here + row + 1, beside + row + 1, beside + row
            triangles += [[a, b, c], [a, c, d]]
    return np.array(triangles)
