"""The bones that are kept, and how much each vertex follows each of them."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from scripts.bodies.source import Source

# The face has one expression: what its bones would move follows the head, or the jaw.
FACE_BONES = (
    "eye", "levator", "oculi", "orbic", "oris", "risor", "special", "tempor", "tongue",
)  # fmt: skip


class Rig(NamedTuple):
    """Bones, each after its parent; weights (n, bones), rows sum to 1."""

    bones: tuple[str, ...]
    parents: NDArray[np.int16]
    weights: NDArray[np.float64]


def read_rig(source: Source) -> Rig:
    bones = tuple(_below(source, "root"))
    index = {bone: number for number, bone in enumerate(bones)}
    weights = np.zeros((len(source.vertices), len(bones)))
    for bone, rows in source.weights.items():
        column = index[_kept(source, bone)]
        for vertex, weight in rows:
            weights[int(vertex), column] += weight
    for eye in ("helper-l-eye", "helper-r-eye"):
        weights[source.group(eye)] = 0
        weights[source.group(eye), index["head"]] = 1
    loose = weights.sum(axis=1) == 0
    weights[loose, index["root"]] = 1
    parents = [index.get(source.rig[bone]["parent"], -1) for bone in bones]
    return Rig(bones, np.array(parents, np.int16), weights / weights.sum(axis=1, keepdims=True))


def _below(source: Source, bone: str) -> list[str]:
    children = sorted(name for name in source.rig if source.rig[name]["parent"] == bone)
    kept = [name for name in children if not name.startswith(FACE_BONES)]
    return [bone, *(name for child in kept for name in _below(source, child))]


def _kept(source: Source, bone: str) -> str:
    while bone.startswith(FACE_BONES):
        bone = source.rig[bone]["parent"]
    return bone
