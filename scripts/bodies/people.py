"""The numbers that mix the shape targets into each shape."""

from dataclasses import dataclass, replace
from typing import NamedTuple

from plans.figures.body.body import BodyName, Build


@dataclass(frozen=True)
class Shape:
    """Shares of the mesh's own extremes, 0 to 1. `gender` 0 is a woman; `age` .5 is 25 years, 1 is 90."""

    gender: float
    age: float
    muscle: float
    weight: float
    height: float
    proportions: float
    cup: float
    origin: tuple[float, float, float]  # shares of the mesh's african, asian and caucasian shapes
    pregnant: float = 0
    further: tuple[tuple[str, float], ...] = ()


class Change(NamedTuple):
    """What a build adds to a shape's weight and muscle, and shares of further targets."""

    weight: float
    muscle: float
    targets: tuple[tuple[str, float], ...]


BUILDS: dict[Build, Change] = {
    "slender": Change(
        -0.3, -0.1, (("torso/measure-waist-circ-decr", 0.35), ("torso/measure-hips-circ-decr", 0.25))
    ),
    "average": Change(0.0, 0.0, ()),
    "heavy": Change(
        0.45,
        -0.04,
        (
            ("torso/measure-waist-circ-incr", 0.5),
            ("torso/measure-hips-circ-incr", 0.3),
            ("stomach/stomach-tone-decr", 0.5),
        ),
    ),
}

SHAPES = {
    BodyName("woman30"): Shape(0, 0.54, 0.52, 0.47, 0.5, 0.72, 0.42, (0.4, 0.2, 0.4)),
    BodyName("man30"): Shape(1, 0.54, 0.58, 0.5, 0.5, 0.66, 0.5, (0.7, 0.1, 0.2)),
    BodyName("woman50"): Shape(0, 0.68, 0.44, 0.52, 0.48, 0.55, 0.5, (0.1, 0.4, 0.5)),
    BodyName("man50"): Shape(1, 0.68, 0.5, 0.54, 0.5, 0.5, 0.5, (0.3, 0.2, 0.5)),
    BodyName("woman75"): Shape(0, 0.86, 0.34, 0.53, 0.42, 0.42, 0.5, (0.1, 0.1, 0.8)),
    BodyName("man75"): Shape(1, 0.84, 0.4, 0.53, 0.48, 0.42, 0.5, (0.1, 0.3, 0.6)),
    BodyName("pregnant30"): Shape(0, 0.54, 0.5, 0.5, 0.5, 0.7, 0.55, (0.3, 0.2, 0.5), 0.85),
}


def of_build(shape: Shape, build: Build) -> Shape:
    change = BUILDS[build]
    weight, muscle = shape.weight + change.weight, shape.muscle + change.muscle
    return replace(shape, weight=weight, muscle=muscle, further=change.targets)
