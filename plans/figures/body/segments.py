"""The parts of a body that contacts and outlines know by name; each vertex belongs to one."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

SIDED = (
    "thigh", "shin", "foot", "toe1", "toe2", "toe3", "toe4", "toe5",
    "shoulder", "upperarm", "forearm", "hand", "finger1", "finger2", "finger3", "finger4", "finger5",
)  # fmt: skip
SEGMENTS = ("pelvis", "trunk", "neck", "head", *(f"{part}_{side}" for side in "lr" for part in SIDED))

# The first that a bone's name begins with. Toes and fingers are their own segments; the rest is the head.
BONES = {
    "pelvis": "pelvis",
    "root": "pelvis",
    "spine05": "pelvis",
    "spine": "trunk",
    "breast": "trunk",
    "clavicle": "trunk",
    "neck": "neck",
    "upperleg": "thigh",
    "lowerleg": "shin",
    "foot": "foot",
    "shoulder": "shoulder",
    "upperarm": "upperarm",
    "lowerarm": "forearm",
    "wrist": "hand",
    "metacarpal": "hand",
}
MIDDLE = ("pelvis", "trunk", "neck")
DIGITS = ("finger", "toe")
OWN = 0.85  # of a digit's vertex follows the digit; the webs between them belong to hand and foot


def segments_of(
    bones: Sequence[str], bone_index: NDArray[np.uint8], bone_weight: NDArray[np.float32]
) -> NDArray[np.uint8]:
    """Return (n,): the segment that each vertex follows most."""
    of_bone = np.array([segment_of(bone) for bone in bones], np.uint8)
    followed = of_bone[bone_index]
    strongest = followed[:, 0]
    share = np.where(followed == strongest[:, None], bone_weight, 0).sum(axis=1)
    root = np.array([_root(name) for name in SEGMENTS], np.uint8)
    return np.where(share < OWN, root[strongest], strongest)


def _root(segment: str) -> int:
    side = segment[-2:]
    if segment.startswith(DIGITS):
        segment = ("hand" if segment.startswith("finger") else "foot") + side
    return SEGMENTS.index(segment)


def segment_of(bone: str) -> int:
    name, _, side = bone.partition(".")
    part = next((part for start, part in BONES.items() if name.startswith(start)), "head")
    if name.startswith(DIGITS):
        part = name.split("-")[0]
    return SEGMENTS.index(part if part in MIDDLE or not side else f"{part}_{side.lower()}")
