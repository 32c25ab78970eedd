"""Where the muscles of words.Muscle lie on every body, for the tint."""

from collections.abc import Mapping
from typing import Literal

import numpy as np

from plans.figures.body.body import Body, Points
from plans.figures.body.lobes import Patch, Place, Strip
from plans.figures.words import Muscle

Side = Literal["left", "right"]
FRONT: Place = (0, 0, 1)
BACK: Place = (0, 0, -1)
INWARD: Place = (-1, 0, 0)
OUTWARD: Place = (1, 0, 0)

# The base mesh stands with its arms out and its forearms a little forward.
DORSAL: Place = (0.7, 0.72, 0.1)  # where the back of the hand looks

REGIONS: Mapping[str, tuple[Patch | Strip, ...]] = {
    Muscle.JAW: (Patch((0.56, 6.75, 0.75), (0.3, 0.42, 0.4)),),
    Muscle.DEEP_NECK_FLEXORS: (Patch((0.0, 6.0, 0.75), (0.42, 0.62, 0.42)),),
    Muscle.NECK_EXTENSORS: (Patch((0.0, 6.2, -0.3), (0.45, 0.85, 0.5)),),
    Muscle.SIDE_OF_NECK: (Strip((0.35, 5.45, 0.3), (0.4, 6.75, 0.4), OUTWARD, 75, 0.8),),
    Muscle.UPPER_TRAPEZIUS: (Patch((0.85, 5.68, 0.0), (0.75, 0.36, 0.6)), Patch((0.35, 6.0, -0.2), (0.35, 0.6, 0.4))),
    Muscle.BETWEEN_SHOULDER_BLADES: (Patch((0.0, 4.5, -0.6), (0.65, 0.9, 0.5)),),
    Muscle.CHEST: (Patch((0.75, 4.45, 1.2), (0.85, 0.75, 0.75)),),
    Muscle.ROTATOR_CUFF: (Patch((1.4, 4.9, -0.4), (0.62, 0.62, 0.5)),),
    Muscle.DELTOID: (Strip((1.55, 5.4, 0.15), (2.4, 4.35, 0.15), (1, 0.82, 0), 100, 1.1),),
    Muscle.LATISSIMUS: (Patch((1.05, 3.4, -0.3), (0.55, 1.2, 0.65)),),
    Muscle.BICEPS: (Strip((1.95, 4.92, 0.15), (2.95, 3.7, 0.13), FRONT, 80, 0.9),),
    Muscle.TRICEPS: (Strip((1.95, 4.92, 0.15), (2.95, 3.7, 0.13), BACK, 80, 0.9),),
    Muscle.WRIST_EXTENSORS: (Strip((3.1, 3.5, 0.1), (4.0, 2.7, 1.35), DORSAL, 70, 0.8),),
    Muscle.WRIST_FLEXORS: (Strip((3.1, 3.4, 0.2), (4.0, 2.7, 1.35), (-0.7, -0.72, -0.1), 70, 0.8),),
    Muscle.THUMB: (Patch((4.14, 2.2, 2.15), (0.33, 0.33, 0.4)),),
    Muscle.ABDOMEN: (Patch((0.0, 1.75, 1.25), (0.8, 1.45, 0.8)),),
    Muscle.DIAPHRAGM: (Patch((0.0, 3.05, 1.3), (1.05, 0.42, 0.9)),),
    Muscle.OBLIQUES: (Patch((1.2, 1.9, 0.6), (0.6, 1.1, 0.85)),),
    Muscle.LOW_BACK: (Patch((0.0, 1.65, -0.6), (0.85, 0.95, 0.6)),),
    Muscle.HIP_FLEXORS: (Patch((0.98, 0.05, 0.95), (0.68, 1.0, 0.75)),),
    Muscle.GLUTE: (Patch((0.86, 0.12, -0.75), (1.0, 0.95, 0.8)),),
    Muscle.OUTER_HIP: (Patch((1.6, 0.2, 0.3), (0.8, 1.0, 0.95)),),
    Muscle.ADDUCTORS: (Strip((0.95, -0.2, 0.25), (1.45, -3.1, 0.3), INWARD, 60, 1.1),),
    Muscle.QUADRICEPS: (Strip((1.15, -0.1, 0.25), (1.56, -3.5, 0.28), FRONT, 72, 1.4),),
    Muscle.HAMSTRINGS: (Strip((1.15, -0.5, 0.25), (1.56, -3.6, 0.28), BACK, 70, 1.4),),
    Muscle.CALF: (Strip((1.58, -3.8, 0.25), (2.05, -6.6, 0.05), BACK, 80, 1.1),),
    Muscle.SHIN: (Strip((1.58, -3.95, 0.25), (2.12, -7.0, 0.05), (0.55, 0, 0.85), 62, 1.1),),
    Muscle.SOLE: (Patch((2.3, -8.2, 0.85), (0.6, 0.22, 1.5)),),
}  # fmt: skip


def region_weight(body: Body, name: str, side: Side | None = None) -> Points:
    """Return (n,): 1 in the middle of the muscle, 0 outside, between them at its rim; no side: both."""
    places = body.canonical.astype(np.float64)
    left = places[:, 0] > 0
    places[:, 0] = np.abs(places[:, 0])
    weight = np.zeros(len(places))
    for lobe in REGIONS[name]:
        weight = np.maximum(weight, lobe.weight(places))
    return weight if side is None else np.where(left == (side == "left"), weight, 0.0)
