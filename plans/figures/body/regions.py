"""Where muscles lie, as ellipsoids over the base mesh: the same places on every body, for the tint."""

from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from plans.figures.body.body import Body

Side = Literal["left", "right"]


class Region(NamedTuple):
    """Middle and half axes in decimetres of the base mesh; x counts outward, for both sides."""

    middle: tuple[float, float, float]
    axes: tuple[float, float, float]


REGIONS = {
    "low back": Region((0.45, 1.6, -0.6), (0.6, 0.9, 0.6)),
    "abdomen": Region((0.4, 1.6, 1.1), (0.7, 1.1, 0.7)),
    "gluteals": Region((0.75, 0.2, -0.8), (0.8, 0.8, 0.7)),
    "quadriceps": Region((1.4, -1.7, 0.9), (0.65, 1.6, 0.6)),
    "hamstrings": Region((1.4, -1.9, -0.5), (0.65, 1.5, 0.6)),
    "calf": Region((1.9, -4.9, -0.4), (0.6, 1.1, 0.6)),
}


def region_weight(body: Body, name: str, side: Side | None = None) -> NDArray[np.float64]:
    """Return (n,): 1 in the middle of the muscle, 0 outside, between them at its rim; no side: both."""
    middle, axes = REGIONS[name]
    place = body.canonical.astype(np.float64)
    outward = np.abs(place[:, 0])
    distance = (
        ((outward - middle[0]) / axes[0]) ** 2
        + ((place[:, 1] - middle[1]) / axes[1]) ** 2
        + ((place[:, 2] - middle[2]) / axes[2]) ** 2
    )
    weight = np.clip((1.15 - distance) / 0.45, 0, 1)
    if side is not None:
        weight = np.where((place[:, 0] > 0) == (side == "left"), weight, 0.0)
    return weight
