"""Water: what stands in it is seen through it, and its surface draws a line around what it meets."""

import numpy as np

from plans.figures.draw import palette as inks
from plans.figures.draw.arrays import Ids, Mask, Numbers, Points
from plans.figures.draw.camera import Camera, Window
from plans.figures.draw.mesh import Mesh
from plans.figures.draw.pen import stroke
from plans.figures.draw.pixels import Pixels
from plans.figures.draw.raster import NOTHING, plane, visible


def paint_water(
    ids: Ids, pixels: Pixels, water: Mesh, camera: Camera, window: Window, scale: float, pen: float
) -> None:
    """`pen`: radius of the line that the surface draws."""
    height, width = pixels.height, pixels.width
    corners = window.pixels(camera.view(water.vertices), scale)
    nearest = visible(corners, water.triangles, np.zeros(len(water.triangles)), height, width)
    under: Mask = nearest.ravel() != NOTHING
    level = water.vertices[:, 1].max()
    dry = pixels.carried(pixels.geometry.world_height) > level
    dry |= _before(nearest.ravel(), corners, water, pixels)
    under[pixels.at[dry]] = False
    ids[under] += inks.UNDER_WATER
    surface = np.flatnonzero(under[width:] & ~under[:-width]) + width
    ids[stroke(surface, pen, height, width).ravel()] = inks.WATER_LINE


def _before(nearest: Numbers, corners: Points, water: Mesh, pixels: Pixels) -> Mask:
    """Which pixels show what stands between the water and us."""
    triangle = np.maximum(nearest[pixels.at], 0)
    base, across, down = plane(corners, water.triangles, corners[:, 2])
    surface = base[triangle] + across[triangle] * pixels.column + down[triangle] * pixels.row
    before: Mask = pixels.carried(pixels.geometry.pixels[:, 2]) > surface + 0.5
    return before
