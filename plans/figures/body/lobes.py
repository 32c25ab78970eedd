"""Two shapes that a muscle's place is made of, over the base mesh. Decimetres; x counts outward on both sides."""

from dataclasses import dataclass
from math import cos, radians

import numpy as np

from plans.figures.body.body import Points

Place = tuple[float, float, float]


@dataclass(frozen=True)
class Patch:
    """An ellipsoid: middle and half axes."""

    middle: Place
    axes: Place

    def weight(self, places: Points) -> Points:
        scaled = (places - np.array(self.middle)) / np.array(self.axes)
        return ramp(1.15 - _squared(scaled), 0.45)


@dataclass(frozen=True)
class Strip:
    """One side of a limb: along a line, as far around it as `width` degrees to either side of `facing`."""

    start: Place
    end: Place
    facing: Place
    width: float = 70
    radius: float = 1.3  # what lies further from the line belongs to another limb

    def weight(self, places: Points) -> Points:
        start = np.array(self.start)
        line = np.array(self.end) - start
        along = _along(places - start, line)
        outward = places - start - along[:, None] * line
        facing = np.array(self.facing) - _along(np.array([self.facing]), line)[0] * line
        away = np.sqrt(_squared(outward)) + 1e-9
        turned = (outward * (facing / np.sqrt((facing * facing).sum()))).sum(axis=1) / away
        ends = np.minimum(ramp(along, 0.12), ramp(1 - along, 0.12))
        return ends * ramp(turned - cos(radians(self.width)), 0.3) * ramp(self.radius - away, 0.2)


def ramp(values: Points, rise: float) -> Points:
    return np.clip(values / rise, 0, 1)


def _along(places: Points, line: Points) -> Points:
    """Return how far along the line each place lies: 0 at its start, 1 at its end."""
    share: Points = (places * line).sum(axis=1) / (line * line).sum()
    return share


def _squared(places: Points) -> Points:
    total: Points = (places * places).sum(axis=1)
    return total
