"""From where a panel is seen."""

import math
from dataclasses import dataclass

import numpy as np

from plans.figures.draw.arrays import Points, turned

MATRIX_GRID = 1 << 20  # sine and cosine may differ in the last bit between processors


@dataclass(frozen=True)
class Camera:
    """Looks along parallel lines."""

    around: float  # degrees about the upright: 0 sees the world from +z, 90 from +x
    up: float  # degrees above the floor

    @property
    def rows(self) -> Points:
        """(3, 3): right, up and toward the viewer."""
        around, up = math.radians(self.around), math.radians(self.up)
        ca, sa, cu, su = math.cos(around), math.sin(around), math.cos(up), math.sin(up)
        rows = np.array([[ca, 0, -sa], [-su * sa, cu, -su * ca], [cu * sa, su, cu * ca]])
        rounded: Points = np.rint(rows * MATRIX_GRID) / MATRIX_GRID
        return rounded

    def view(self, points: Points) -> Points:
        """(n, 3) right, up, depth in centimetres; the nearer, the greater the depth."""
        return turned(points, self.rows)


@dataclass(frozen=True)
class Window:
    """What of the view a panel shows, in centimetres right and up."""

    left: float
    bottom: float
    right: float
    top: float

    def size(self, scale: float) -> tuple[int, int]:
        """Height and width in pixels at so many pixels a centimetre."""
        return round((self.top - self.bottom) * scale), round((self.right - self.left) * scale)

    def pixels(self, view: Points, scale: float) -> Points:
        """(n, 3): column, row, depth; on a grid of 1/16 pixel."""
        column = np.rint((view[:, 0] - self.left) * (scale * 16)) / 16
        row = np.rint((self.top - view[:, 1]) * (scale * 16)) / 16
        return np.stack([column, row, view[:, 2]], axis=1)
