"""Flat shapes on a picture of palette numbers: curves with a width, polygons, discs."""

import math
from collections.abc import Sequence

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from plans.figures.draw.arrays import Ids, Points

CURVE_STEPS = 32
TURN_GRID = 1 << 20  # sine and cosine may differ in the last bit between processors


class Canvas:
    """A picture that shapes are painted on, one over the other."""

    def __init__(self, ids: Ids) -> None:
        self._image = Image.fromarray(ids)
        self._draw = ImageDraw.Draw(self._image)

    @property
    def ids(self) -> Ids:
        return np.array(self._image, np.uint8)

    def polygon(self, points: Points, number: int) -> None:
        corners = np.rint(points).astype(int).tolist()
        self._draw.polygon([(x, y) for x, y in corners], fill=number)

    def disc(self, middle: Points, radius: float, number: int) -> None:
        (x, y), r = np.rint(middle).astype(int).tolist(), round(radius)
        self._draw.ellipse([x - r, y - r, x + r, y + r], fill=number)

    def curve(self, points: Points, width: float, number: int, *, round_ends: bool = True) -> None:
        """A line along the points, its corners and ends rounded."""
        sides = normals_of(points) * (width / 2)
        for k in range(len(points) - 1):
            a, b, m, n = points[k], points[k + 1], sides[k], sides[k + 1]
            self.polygon(np.stack([a + m, b + n, b - n, a - m]), number)
        if round_ends and width > 3:
            for end in (points[0], points[-1]):
                self.disc(end, width / 2 - 0.5, number)

    def text(
        self,
        middle: Points,
        text: str,
        size: float,
        number: int,
        *,
        around: float = 0.0,
        mirrored: bool = False,
    ) -> None:
        """`around`: pixels that the letters are thicker; `mirrored`: to be read in a mirror."""
        mask = Image.new("L", self._image.size, 0)
        font = ImageFont.load_default(round(size))
        x, y = np.rint(middle).astype(int).tolist()
        at = (mask.width - 1 - x if mirrored else x, y)
        ImageDraw.Draw(mask).text(at, text, 255, font, anchor="mm", stroke_width=round(around))
        ink = np.asarray(mask) > 127
        self._image.paste(number, mask=Image.fromarray(ink[:, ::-1].copy() if mirrored else ink))

    def picture(self, middle: Points, radius: float, ids: Ids) -> None:
        """Another picture, as much of it as a disc around its own middle shows."""
        height, width = ids.shape
        rows, columns = np.ogrid[:height, :width]
        inside = (rows - height / 2) ** 2 + (columns - width / 2) ** 2 <= radius * radius
        left, top = np.rint(middle - np.array([width / 2, height / 2])).astype(int).tolist()
        self._image.paste(Image.fromarray(ids), (left, top), Image.fromarray(inside))


def normals_of(points: Points) -> Points:
    """For each point of a line the way to its right, of length 1."""
    along = np.concatenate([points[1:2] - points[:1], points[2:] - points[:-2], points[-1:] - points[-2:-1]])
    length = np.sqrt(along[:, 0] * along[:, 0] + along[:, 1] * along[:, 1])[:, None]
    aside: Points = np.stack([-along[:, 1], along[:, 0]], axis=1) / np.maximum(length, 1e-9)
    return aside


def bow(start: Points, end: Points, bend: float) -> Points:
    """A curve from one to the other that swings out by `bend` to its left as seen."""
    away = end - start
    length = max(math.sqrt(float(away[0] * away[0] + away[1] * away[1])), 1e-9)
    left = np.array([away[1], -away[0]]) / length
    control = (start + end) / 2 + left * (2 * bend)
    t = np.linspace(0, 1, CURVE_STEPS)[:, None]
    curve: Points = (1 - t) * (1 - t) * start + 2 * t * (1 - t) * control + t * t * end
    return curve


def turned_by(degrees: float) -> tuple[float, float]:
    """Cosine and sine, the same on every processor."""
    angle = math.radians(degrees)
    return round(math.cos(angle) * TURN_GRID) / TURN_GRID, round(math.sin(angle) * TURN_GRID) / TURN_GRID


def arc(middle: Points, across: Points, up: Points, degrees: Sequence[float]) -> Points:
    """Points around `middle`: at 0 degrees `across` from it, at 90 `up`."""
    turns = [turned_by(angle) for angle in degrees]
    return np.stack([middle + c * across + s * up for c, s in turns])
