"""A person ready to pose: a dressed mesh in its rest pose, with bones and the vertices that follow them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntEnum, StrEnum
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Points = NDArray[np.float64]
Build = Literal["slender", "average", "heavy"]
Skin = Literal["light", "medium", "dark"]
Feet = Literal["bare", "shoes"]


class Material(IntEnum):
    """What a triangle is made of."""

    SKIN = 0
    SHIRT = 1
    TROUSERS = 2
    HAIR = 3
    SHOE = 4
    SOLE = 5
    EYE = 6
    MOUTH = 7  # inside, behind the lips


class BodyName(StrEnum):
    """The people that can be drawn; the number is the age that they stand for."""

    WOMAN_30 = "woman30"
    MAN_30 = "man30"
    WOMAN_50 = "woman50"
    MAN_50 = "man50"
    WOMAN_75 = "woman75"
    MAN_75 = "man75"
    PREGNANT_30 = "pregnant30"


@dataclass(frozen=True)
class ClothPart:
    """A range of vertices that is evened out after posing: who is whose neighbour, and how often."""

    start: int
    stop: int
    links: NDArray[np.int64]  # (e, 2): a vertex of the range and one of its neighbours, counted from `start`
    counts: Points  # neighbours of each vertex; 0: it stays where it is
    steps: int
    offsets: Points  # from the evened rest pose back to the rest pose, so that the shape is kept


@dataclass(frozen=True)
class Body:
    """Rest pose in centimetres: x to the person's left, y up from the soles, z forward."""

    name: BodyName
    sex: Literal["female", "male"]
    age: int
    build: Build
    skin: Skin
    pregnant: bool
    feet: Feet
    stature: float  # centimetres without hair and shoes
    vertices: Points
    canonical: NDArray[np.float32]  # the same place on the base mesh for every body, in decimetres
    bone_index: NDArray[np.uint8]
    bone_weight: NDArray[np.float32]
    segment: NDArray[np.uint8]
    triangles: NDArray[np.int32]
    material: NDArray[np.uint8]
    bones: tuple[str, ...]
    parents: NDArray[np.int64]
    heads: Points
    cloth: tuple[ClothPart, ...]
    colours: Mapping[Material, str] = field(repr=False)
    grey: Mapping[Material, str] = field(repr=False)
