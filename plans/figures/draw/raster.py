"""Triangles to pixels: which triangle is nearest at each."""

import numpy as np

from plans.figures.draw.arrays import Numbers, Points, Triangles, Values

DEPTH_GRID, DEPTH_FLOOR, ID_BITS = 1024, 1024, 22  # parts of a centimetre; centimetres behind the middle
AT_ONCE = 400_000  # pixels: 30 MB of arrays
NOTHING = -1


def visible(pixels: Points, triangles: Triangles, bias: Values, height: int, width: int) -> Numbers:
    """(height, width): the row of the nearest triangle, or NOTHING. `bias` brings a triangle nearer."""
    order, rows, top = _rows(pixels, triangles, height)
    spans = _Spans(pixels, triangles, bias, order, rows, top, width)
    nearest = np.full(height * width, NOTHING, np.int64)
    start, ends = 0, spans.ends
    while start < len(ends):
        before = int(ends[start - 1]) if start else 0
        stop = max(int(np.searchsorted(ends, before + AT_ONCE, side="right")), start + 1)
        at, keys = spans.cells(start, stop)
        np.maximum.at(nearest, at, keys)
        start = stop
    ids = np.where(nearest >= 0, nearest & ((1 << ID_BITS) - 1), NOTHING)
    return ids.reshape(height, width)


def _rows(pixels: Points, triangles: Triangles, height: int) -> tuple[Numbers, Numbers, Numbers]:
    """For each row that each triangle crosses: the triangle; and per triangle how many, and the first."""
    y = pixels[:, 1][triangles]
    first = np.maximum(np.ceil(np.minimum(np.minimum(y[:, 0], y[:, 1]), y[:, 2])), 0).astype(np.int64)
    after = np.minimum(np.ceil(np.maximum(np.maximum(y[:, 0], y[:, 1]), y[:, 2])), height).astype(np.int64)
    count = np.maximum(after - first, 0)
    return np.repeat(np.arange(len(triangles)), count), count, first


class _Spans:
    """Runs of pixels, one for each row of each triangle: from its left edge up to, without, its right one."""

    def __init__(
        self,
        pixels: Points,
        triangles: Triangles,
        bias: Values,
        order: Numbers,
        rows: Numbers,
        top: Numbers,
        width: int,
    ) -> None:
        before = np.cumsum(rows) - rows
        y = np.arange(len(order)) - before[order] + top[order]
        low, middle, high = _upward(pixels, triangles)
        row = y.astype(np.float64)
        long = _crossing(low[order], high[order], row)
        upper = row < middle[order, 1]
        short = np.where(
            upper, _crossing(low[order], middle[order], row), _crossing(middle[order], high[order], row)
        )
        left = np.maximum(np.ceil(np.minimum(long, short)), 0).astype(np.int64)
        right = np.minimum(np.ceil(np.maximum(long, short)), width).astype(np.int64)
        some = right > left
        self._left, self._triangle, self._y = left[some], order[some], y[some]
        self.counts = (right - left)[some]
        self.ends = np.cumsum(self.counts)
        self._width = width
        base, self._across, down = plane(pixels, triangles, pixels[:, 2])
        depth = pixels[:, 2][triangles]
        self._least = (np.minimum(np.minimum(depth[:, 0], depth[:, 1]), depth[:, 2]) + bias)[self._triangle]
        self._most = (np.maximum(np.maximum(depth[:, 0], depth[:, 1]), depth[:, 2]) + bias)[self._triangle]
        self._start = (base + bias)[self._triangle] + down[self._triangle] * self._y
        self._across = self._across[self._triangle]

    def cells(self, start: int, stop: int) -> tuple[Numbers, Numbers]:
        """The pixels of these runs, and for each depth and triangle in one number."""
        counts = self.counts[start:stop]
        run = np.repeat(np.arange(start, stop), counts)
        x = np.arange(len(run)) - np.repeat(np.cumsum(counts) - counts - self._left[start:stop], counts)
        depth = self._start[run] + self._across[run] * x
        depth = np.minimum(np.maximum(depth, self._least[run]), self._most[run])
        level = ((depth + DEPTH_FLOOR) * DEPTH_GRID).astype(np.int64)
        return self._y[run] * self._width + x, (level << ID_BITS) | self._triangle[run]


def _upward(pixels: Points, triangles: Triangles) -> tuple[Points, Points, Points]:
    """The corners of each triangle by row. An edge is met the same way from both its triangles: no cracks."""
    a, b, c = (pixels[triangles[:, k], :2] for k in range(3))
    a, b = _ordered(a, b)
    b, c = _ordered(b, c)
    a, b = _ordered(a, b)
    return a, b, c


def _ordered(a: Points, b: Points) -> tuple[Points, Points]:
    swap = ((a[:, 1] > b[:, 1]) | ((a[:, 1] == b[:, 1]) & (a[:, 0] > b[:, 0])))[:, None]
    return np.where(swap, b, a), np.where(swap, a, b)


def _crossing(low: Points, high: Points, row: Values) -> Values:
    rise = high[:, 1] - low[:, 1]
    share = (row - low[:, 1]) / np.where(rise == 0, 1, rise)
    result: Values = low[:, 0] + share * (high[:, 0] - low[:, 0])
    return result


def plane(pixels: Points, triangles: Triangles, values: Values) -> tuple[Values, Values, Values]:
    """A value at the corners as base + across * column + down * row of each triangle."""
    x, y = pixels[:, 0][triangles], pixels[:, 1][triangles]
    value = values[triangles]
    bx, by, cx, cy = x[:, 1] - x[:, 0], y[:, 1] - y[:, 0], x[:, 2] - x[:, 0], y[:, 2] - y[:, 0]
    area = bx * cy - by * cx
    area = np.where(area == 0, 1, area)
    b, c = value[:, 1] - value[:, 0], value[:, 2] - value[:, 0]
    across = (b * cy - c * by) / area
    down = (c * bx - b * cx) / area
    return value[:, 0] - across * x[:, 0] - down * y[:, 0], across, down
