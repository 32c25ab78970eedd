"""Two tones: what a lamp above and to the left lights, and what it does not."""

import numpy as np

from plans.figures.draw.arrays import (
    Points,
    Triangles,
    Values,
    dot,
    evened,
    facet_normals,
    unit,
    vertex_normals,
)

LAMP = np.array([-0.35, 0.8, 0.5])
LAMP = LAMP / np.sqrt(LAMP[0] * LAMP[0] + LAMP[1] * LAMP[1] + LAMP[2] * LAMP[2])
DIM = 0.02  # below it lies the shade
CALM = 4  # rounds of evening out


def light_on_round(view: Points, triangles: Triangles) -> Values:
    """For each vertex, from -1 to 1."""
    return evened(dot(vertex_normals(view, triangles), LAMP), triangles, CALM)


def light_on_flat(view: Points, triangles: Triangles) -> Values:
    """For each triangle."""
    return dot(unit(facet_normals(view, triangles)), LAMP)
