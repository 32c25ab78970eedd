"""The pixels that show something: their triangle, and values of the corners carried over to them."""

import numpy as np

from plans.figures.draw.arrays import Mask, Numbers, Values
from plans.figures.draw.geometry import Geometry
from plans.figures.draw.raster import NOTHING, plane, visible


class Pixels:
    """Sorted by row and column."""

    def __init__(self, geometry: Geometry, height: int, width: int) -> None:
        self.geometry, self.height, self.width = geometry, height, width
        nearest = visible(geometry.pixels, geometry.triangles, geometry.bias, height, width).ravel()
        self.at: Numbers = np.flatnonzero(nearest != NOTHING)
        self.triangle: Numbers = nearest[self.at]
        row, column = np.divmod(self.at, width)
        self.row, self.column = row.astype(np.float64), column.astype(np.float64)

    def carried(self, values: Values, where: Numbers | None = None) -> Values:
        """A value of the corners at each of these pixels."""
        triangle, row, column = self.triangle, self.row, self.column
        if where is not None:
            triangle, row, column = triangle[where], row[where], column[where]
        base, across, down = plane(self.geometry.pixels, self.geometry.triangles, values)
        result: Values = base[triangle] + across[triangle] * column + down[triangle] * row
        return result

    def of_triangle(self, per_triangle: Mask) -> Mask:
        """For each pixel what holds of its triangle."""
        result: Mask = per_triangle[self.triangle]
        return result
