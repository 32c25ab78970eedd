"""Two tones: what a lamp above and to the left lights, and what it does not."""

import numpy as np

from plans.figures.draw.arrays import (
    Points,
    Triangles,
    Values,
    dot,
    facet_normals,
    unit,
    vertex_normals,
)

LAMP = np.array([-0.35, 0.8, 0.5])
LAMP = LAMP / np.sqrt(LAMP[0] * LAMP[0] + LAMP[1] * LAMP[1] + LAMP[2] * LAMP[2])
DIM = 0.02  # below it lies the shade
CALM = 4  # rounds of evening out, so that the border of the shade runs in long curves


def light_on_round(view: Points, triangles: Triangles) -> Values:
    """For each vertex, from -1 to 1."""
    light = dot(vertex_normals(view, triangles), LAMP)
    corners = triangles.ravel()
    count = np.maximum(np.bincount(corners, minlength=len(view)), 1)
    for _ in range(CALM):
        facet = (light[triangles[:, 0]] + light[triangles[:, 1]] + light[triangles[:, 2]]) / 3
        light = np.bincount(corners, np.repeat(facet, 3), len(view)) / count
    return light


def light_on_flat(view: Points, triangles: Triangles) -> Values:
    """For each triangle."""
    return dot(unit(facet_normals(view, triangles)), LAMP)
