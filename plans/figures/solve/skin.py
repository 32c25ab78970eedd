"""A stance to skin: every bone placed, every vertex following its bones, cloth evened out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from plans.figures.body.smoothing import even_out
from plans.figures.solve.chain import Stance
from plans.figures.solve.nodes import ANGLE, NODES
from plans.figures.solve.rig import Points, Rig
from plans.figures.solve.vectors import Mat, Vec, Y, about, add, after, sub, turn

STEPS = 1024.0  # to a centimetre: what is drawn starts from the same bits on every machine

# The share of a limb's twist that the skin beside the body keeps: else shoulder and groin wring like a towel.
NEAR_TWIST = {"upperarm01": ("shoulder rotation", 0.45), "upperleg01": ("hip rotation", 0.4)}
FOREARM_TWIST = 0.6


@dataclass(frozen=True)
class Bones:
    """Each bone's turn from neutral and its head, in the world."""

    turns: tuple[Mat, ...]
    heads: tuple[Vec, ...]


def bones_of(rig: Rig, stance: Stance, degrees: Sequence[float], digits: Mapping[str, Mat]) -> Bones:
    turns: list[Mat] = []
    heads: list[Vec] = []
    main = {node.bone: index for index, node in enumerate(NODES)}
    for index, bone in enumerate(rig.body.bones):
        parent, node = int(rig.body.parents[index]), rig.node_of[index]
        finger = bone.startswith(("finger", "toe")) and "-1" not in bone
        way = turns[parent] if finger else stance.turns[node]
        if bone in digits:
            way = after(way, digits[bone])
        if bone in main and not bone.startswith("toe"):
            heads.append(stance.heads[node])
        else:
            carrier = (
                turns[parent] if bone.startswith("finger") or finger else stance.turns[rig.node_of[parent]]
            )
            heads.append(add(heads[parent], turn(carrier, rig.offsets[index])))
        turns.append(after(way, _twist_back(bone, degrees)))
    return Bones(tuple(turns), tuple(heads))


def _twist_back(bone: str, degrees: Sequence[float]) -> Mat:
    name, side, left = bone[:-2], "left" if bone.endswith(".L") else "right", 1 if bone.endswith(".L") else -1
    if name in NEAR_TWIST:
        axis, kept = NEAR_TWIST[name]
        return about(Y, -left * (1 - kept) * degrees[ANGLE[f"{axis} {side}"]])
    if name == "lowerarm02":
        return about(Y, -left * FOREARM_TWIST * degrees[ANGLE[f"forearm rotation {side}"]])
    return about(Y, 0.0)


def skinned(rig: Rig, bones: Bones) -> Points:
    """Return the vertices in the world, linearly blended, cloth and creases evened out, rounded."""
    body = rig.body
    rows = np.array([_matrix(rig, bones, index) for index in range(len(body.bones))])
    blended = np.zeros((len(body.vertices), 12))
    for column in range(body.bone_index.shape[1]):
        blended += rows[body.bone_index[:, column]] * body.bone_weight[:, column, None]
    x, y, z = (body.vertices[:, axis, None] for axis in range(3))
    placed = blended[:, 0:3] * x + blended[:, 3:6] * y + blended[:, 6:9] * z + blended[:, 9:12]
    turns = np.ascontiguousarray(blended[:, :9].reshape(-1, 3, 3).transpose(0, 2, 1))
    return rounded(even_out(body, placed, turns))


def rounded(points: Points) -> Points:
    result: Points = np.round(points * STEPS) / STEPS
    return result


def _matrix(rig: Rig, bones: Bones, index: int) -> list[float]:
    whole = after(bones.turns[index], rig.into_neutral[index])
    x, y, z = rig.body.heads[index]
    offset = sub(bones.heads[index], turn(whole, (float(x), float(y), float(z))))
    return [*whole[0], *whole[1], *whole[2], *offset]


def as_array(turns: Sequence[Mat]) -> NDArray[np.float64]:
    """Return (n, 3, 3) with the axes as columns."""
    return np.array([[[m[0][i], m[1][i], m[2][i]] for i in range(3)] for m in turns])
