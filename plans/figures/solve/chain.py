"""Joint angles to places: each node's turn and head in the world, and how each angle moves what hangs on it."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from plans.figures.solve.nodes import ANGLE, ANGLES, NODES
from plans.figures.solve.rig import Rig
from plans.figures.solve.vectors import Mat, Vec, add, turn
from plans.figures.words import Side

GIRDLE_REST = 30.0  # degrees that the upper arm goes alone, before the scapula joins (Inman)
GIRDLE_SHARE = 0.22  # of each further degree, at clavicle and scapula of this mesh
GIRDLE_STRETCH = (
    10.0  # more degrees of it when the elbow is straight: who reaches far brings the shoulder along
)
GIRDLE_REACH = 10.0  # degrees of protraction with the arm straight forward


@dataclass(frozen=True)
class Angles:
    """A pose as numbers: where the root is, how the start pose turns the whole body, degrees of every axis."""

    position: Vec
    base: Mat
    degrees: tuple[float, ...]  # in the order of ANGLES

    def __getitem__(self, axis: str) -> float:
        return self.degrees[ANGLE[axis]]


@dataclass(frozen=True)
class Stance:
    """Nodes in the world; `lever` has one row for each turn: node, angle's number, share, axis, origin."""

    turns: tuple[Mat, ...]
    heads: tuple[Vec, ...]
    levers: tuple[tuple[int, int, float, Vec, Vec], ...]


def _turned(m: Mat, axis: str, degrees: float) -> Mat:
    angle = math.radians(degrees)
    c, s = math.cos(angle), math.sin(angle)
    x, y, z = m
    if axis == "x":
        return x, _blend(y, c, z, s), _blend(z, c, y, -s)
    if axis == "y":
        return _blend(x, c, z, -s), y, _blend(z, c, x, s)
    return _blend(x, c, y, s), _blend(y, c, x, -s), z


def _blend(a: Vec, c: float, b: Vec, s: float) -> Vec:
    return a[0] * c + b[0] * s, a[1] * c + b[1] * s, a[2] * c + b[2] * s


def with_girdle(degrees: Sequence[float], said: dict[str, float]) -> tuple[float, ...]:
    """Return the degrees with clavicle and scapula following the arms, beside what the pose says of them."""
    found = list(degrees)
    for side in Side:
        flexion = math.radians(found[ANGLE[f"shoulder flexion {side}"]])
        abduction = math.radians(found[ANGLE[f"shoulder abduction {side}"]])
        drop = math.cos(flexion) * math.cos(abduction)
        raised = math.degrees(math.acos(max(-1.0, min(1.0, drop))))
        stretched = max(0.0, 1 - max(found[ANGLE[f"elbow flexion {side}"]], 0.0) / 40)
        forward = math.sin(flexion) * math.cos(abduction) * min(raised / 90, 1)
        found[ANGLE[f"girdle up {side}"]] = said.get(f"scapula elevation {side}", 0.0) + GIRDLE_SHARE * max(
            raised - GIRDLE_REST, 0
        )
        found[ANGLE[f"girdle forward {side}"]] = (
            said.get(f"scapula protraction {side}", 0.0)
            + (GIRDLE_REACH + stretched * GIRDLE_STRETCH) * forward
        )
    return tuple(found)


AXIS_NUMBER = {"x": 0, "y": 1, "z": 2}


def stance(rig: Rig, position: Vec, base: Mat, degrees: Sequence[float]) -> Stance:
    turns: list[Mat] = []
    heads: list[Vec] = []
    levers = []
    for index, node in enumerate(NODES):
        if node.hangs_on < 0:
            head, way = position, base
        else:
            head = add(heads[node.hangs_on], turn(turns[node.hangs_on], rig.node_offsets[index]))
            way = turns[node.turns_with]
        for axis, share, name in node.turns:
            number = ANGLE[name]
            levers.append((index, number, share, way[AXIS_NUMBER[axis]], head))
            way = _turned(way, axis, share * degrees[number])
        turns.append(way)
        heads.append(head)
    return Stance(tuple(turns), tuple(heads), tuple(levers))


NEUTRAL_DEGREES: tuple[float, ...] = (0.0,) * len(ANGLES)
