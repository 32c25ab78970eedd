"""A body's bones brought to the neutral stance: what each needs to get there, and where it then is."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from plans.figures.body.body import Body
from plans.figures.solve.nodes import NODE, NODES
from plans.figures.solve.vectors import (
    DOWN,
    IDENTITY,
    Mat,
    Vec,
    Y,
    Z,
    add,
    after,
    frame,
    inverse,
    onto,
    sub,
    turn,
    unit,
    with_part_of_twist,
)  # fmt: skip

Points = NDArray[np.float64]

BONES_OF: dict[str, tuple[str, ...]] = {
    "thigh": ("upperleg",),
    "shin": ("lowerleg",),
    "foot": ("foot",),
    "toes": ("toe",),
    "clavicle": ("clavicle",),
    "scapula": ("shoulder",),
    "upper arm": ("upperarm",),
    "forearm": ("lowerarm",),
    "hand": ("wrist", "metacarpal", "finger"),
}
MIDDLE_BONES: dict[str, str] = {"pelvis": "pelvis", "breast": "thoracic 2", "jaw": "head"} | {
    node.bone: node.name for node in NODES if not node.bone.endswith((".L", ".R"))
}


@dataclass(frozen=True, eq=False)
class Rig:
    """Per bone: the turn into neutral, the node that moves it, the way from its parent's head when neutral."""

    body: Body
    into_neutral: tuple[Mat, ...]
    node_of: tuple[int, ...]
    offsets: tuple[Vec, ...]
    bone_of: dict[str, int]
    node_offsets: tuple[Vec, ...]
    node_heads: tuple[Vec, ...]


def _head(body: Body, bone: str) -> Vec:
    x, y, z = body.heads[body.bones.index(bone)]
    return float(x), float(y), float(z)


def _yaw_to_forward(way: Vec) -> Mat:
    flat = unit((way[0], 0.0, way[2]))
    x = flat[2], 0.0, flat[0]
    return x, Y, (-flat[0], 0.0, flat[2])


def _leg_turns(body: Body, end: str) -> dict[str, Mat]:
    hip, knee, ankle, ball = (
        _head(body, name + end) for name in ("upperleg01", "lowerleg01", "foot", "toe2-1")
    )
    thigh = onto(sub(knee, hip), DOWN)
    shin = after(onto(turn(thigh, sub(ankle, knee)), DOWN), thigh)
    foot = _yaw_to_forward(sub(ball, ankle))
    return {"upperleg": thigh, "lowerleg": shin, "foot": foot, "toe": foot}


def _arm_turns(body: Body, end: str) -> dict[str, Mat]:
    shoulder, elbow, wrist = (_head(body, name + end) for name in ("upperarm01", "lowerarm01", "wrist"))
    upper = onto(sub(elbow, shoulder), DOWN)
    upper = after(_yaw_to_forward(turn(upper, sub(wrist, elbow))), upper)
    fore = after(onto(turn(upper, sub(wrist, elbow)), DOWN), upper)
    across = sub(_head(body, "finger2-1" + end), _head(body, "finger5-1" + end))
    along = sub(_head(body, "finger3-1" + end), wrist)
    hand = after(frame(DOWN, Z), inverse(frame(along, across)))
    half_way = after(with_part_of_twist(after(hand, inverse(fore)), 0.55), fore)
    return {"upperarm": upper, "lowerarm01": fore, "lowerarm02": half_way} | dict.fromkeys(
        BONES_OF["hand"], hand
    )


def _into_neutral(body: Body) -> tuple[Mat, ...]:
    limbs = {end: _leg_turns(body, end) | _arm_turns(body, end) for end in (".L", ".R")}
    found = []
    for bone in body.bones:
        turns = limbs.get(bone[-2:], {})
        found.append(next((turns[start] for start in turns if bone.startswith(start)), IDENTITY))
    return tuple(found)


def node_of_bone(bone: str) -> int:
    if bone.endswith((".L", ".R")):
        side = "left" if bone.endswith(".L") else "right"
        for part, starts in BONES_OF.items():
            if bone.startswith(starts):
                return NODE[f"{part} {side}"]
    return NODE[next(name for start, name in MIDDLE_BONES.items() if bone.startswith(start))]


@lru_cache(maxsize=64)
def _rig(key: "Keyed") -> Rig:
    body = key.body
    turns, nodes = _into_neutral(body), tuple(node_of_bone(bone) for bone in body.bones)
    bone_of = {bone: index for index, bone in enumerate(body.bones)}
    offsets: list[Vec] = []
    heads: list[Vec] = []
    for index, bone in enumerate(body.bones):
        parent = int(body.parents[index])
        way = sub(_head(body, bone), _head(body, body.bones[parent])) if parent >= 0 else (0.0, 0.0, 0.0)
        offsets.append(turn(turns[parent], way) if parent >= 0 else way)
        heads.append(add(heads[parent], offsets[-1]) if parent >= 0 else (0.0, 0.0, 0.0))
    node_heads = tuple(heads[bone_of[node.bone]] for node in NODES)
    node_offsets = tuple(
        sub(node_heads[i], node_heads[node.hangs_on]) if node.hangs_on >= 0 else (0.0, 0.0, 0.0)
        for i, node in enumerate(NODES)
    )
    return Rig(body, turns, nodes, tuple(offsets), bone_of, node_offsets, node_heads)


@dataclass(frozen=True)
class Keyed:
    """A body as a key of a cache: the same object, not the same numbers."""

    body: Body

    def __hash__(self) -> int:
        return id(self.body)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Keyed) and self.body is other.body


def rig_of(body: Body) -> Rig:
    """Return the body's rig; root's head is the origin of the neutral stance."""
    return _rig(Keyed(body))
