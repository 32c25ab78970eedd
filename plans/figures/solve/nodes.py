"""The joints that the solver turns, as a chain: what hangs on what, which axes turn it and in which order.

A neutral person stands, arms hanging, thumbs forward; x points to the person's left, y up, z forward. A row of `turns`
is (axis, share of the angle with its sign, name of the angle); they are done from the body outwards.
"""

from dataclasses import dataclass
from typing import Final, Literal

from plans.figures.words import Side

Turn = tuple[Literal["x", "y", "z"], float, str]


@dataclass(frozen=True)
class Node:
    """A joint. `hangs_on` carries its place, `turns_with` its direction: an arm turns with the chest."""

    name: str
    bone: str
    hangs_on: int
    turns_with: int
    turns: tuple[Turn, ...]


def named(part: str, side: Side | None) -> str:
    return f"{part} {side}" if side else part


def _part(region: str, share: float) -> tuple[Turn, ...]:
    return ("y", share, f"{region} turn"), ("x", share, f"{region} flexion"), ("z", -share, f"{region} side")


def _middle() -> list[Node]:
    third = 1 / 3
    rows: list[tuple[str, str, tuple[Turn, ...]]] = [
        ("pelvis", "root", (("y", 1, "pelvis turn"), ("x", 1, "pelvis tilt"), ("z", -1, "pelvis side"))),
        ("lumbar 3", "spine05", _part("lumbar", third)),
        ("lumbar 2", "spine04", _part("lumbar", third)),
        ("lumbar 1", "spine03", _part("lumbar", third)),
        ("thoracic 2", "spine02", _part("thoracic", 0.5)),
        ("thoracic 1", "spine01", _part("thoracic", 0.5)),
        ("neck 3", "neck01", (("x", -1, "chin retraction"), *_part("neck", 0.4))),
        ("neck 2", "neck02", _part("neck", 0.3)),
        ("neck 1", "neck03", (("x", 0.5, "chin retraction"), *_part("neck", 0.3))),
        ("head", "head", (("x", 0.6, "chin retraction"), ("x", 1, "head flexion"))),
    ]
    return [Node(name, bone, index - 1, index - 1, turns) for index, (name, bone, turns) in enumerate(rows)]


def _arm(side: Side, first: int, chest: int) -> list[Node]:
    left, end = (1.0, ".L") if side is Side.LEFT else (-1.0, ".R")
    up, forward = f"girdle up {side}", f"girdle forward {side}"
    rows: list[tuple[str, str, int, int, tuple[Turn, ...]]] = [
        ("clavicle", "clavicle", chest, chest, (("y", -left, forward), ("z", left, up))),
        ("scapula", "shoulder01", first, chest, (("y", -0.6 * left, forward), ("z", 1.4 * left, up))),
        (
            "upper arm",
            "upperarm01",
            first + 1,
            chest,
            (
                ("x", -1, f"shoulder flexion {side}"),
                ("z", left, f"shoulder abduction {side}"),
                ("y", left, f"shoulder rotation {side}"),
            ),
        ),
        ("forearm", "lowerarm01", first + 2, first + 2, (("x", -1, f"elbow flexion {side}"),)),
        (
            "hand",
            "wrist",
            first + 3,
            first + 3,
            (
                ("y", -left, f"forearm rotation {side}"),
                ("x", -1, f"wrist deviation {side}"),
                ("z", left, f"wrist flexion {side}"),
            ),
        ),
    ]
    return [Node(f"{name} {side}", bone + end, place, way, turns) for name, bone, place, way, turns in rows]


def _leg(side: Side, first: int) -> list[Node]:
    left, end = (1.0, ".L") if side is Side.LEFT else (-1.0, ".R")
    hip: tuple[Turn, ...] = (
        ("x", -1, f"hip flexion {side}"),
        ("z", left, f"hip abduction {side}"),
        ("y", left, f"hip rotation {side}"),
    )
    foot: tuple[Turn, ...] = (("x", -1, f"ankle flexion {side}"), ("z", -left, f"ankle inversion {side}"))
    rows: list[tuple[str, str, int, tuple[Turn, ...]]] = [
        ("thigh", "upperleg01", 0, hip),
        ("shin", "lowerleg01", first, (("x", 1, f"knee flexion {side}"),)),
        ("foot", "foot", first + 1, foot),
        ("toes", "toe2-1", first + 2, (("x", -1, f"toes extension {side}"),)),
    ]
    return [Node(f"{name} {side}", bone + end, parent, parent, turns) for name, bone, parent, turns in rows]


def _all() -> tuple[Node, ...]:
    nodes = _middle()
    chest = len(nodes) - 5
    for side in Side:
        nodes += _arm(side, len(nodes), chest)
    for side in Side:
        nodes += _leg(side, len(nodes))
    return tuple(nodes)


NODES: Final = _all()
NODE: Final[dict[str, int]] = {node.name: index for index, node in enumerate(NODES)}
CHEST: Final = NODE["thoracic 1"]
ANGLES: Final[tuple[str, ...]] = tuple(dict.fromkeys(name for node in NODES for _, _, name in node.turns))
ANGLE: Final[dict[str, int]] = {name: index for index, name in enumerate(ANGLES)}


def _ancestors(index: int) -> frozenset[int]:
    # The girdle follows the arm by itself and is never solved for, so the line of directions is the one that counts.
    found = {index}
    while index >= 0:
        found.add(index)
        index = NODES[index].turns_with
    return frozenset(found)


LINE: Final[tuple[frozenset[int], ...]] = tuple(_ancestors(index) for index in range(len(NODES)))
"""For each node the nodes whose turns move it."""
