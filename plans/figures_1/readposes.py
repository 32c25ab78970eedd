"""Reads poses: angles, targets, limbs, and the named starting positions that they may build on."""

from functools import cache
from importlib import resources
from typing import Any

from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from plans.figures_1.errors import FigureFileError
from plans.figures_1.poses import ArmPose, Direction, LegPose, Pose, Target
from plans.figures_1.reading import Reader
from plans.figures_1.vectors import ORIGIN

_ANGLES = ("twist", "look", "roll", "pitch")
_ARMS, _LEGS = ("right_arm", "left_arm"), ("right_leg", "left_leg")
_KEYS = ("position", "hip", "spine", "neck", "head", *_ANGLES, "arms", "legs", *_ARMS, *_LEGS)
_NEEDED = ("hip", "spine", "neck", "head", *_ARMS, *_LEGS)
_ARM_KEYS = ("upper", "fore", "palm", "elbow", "hand")
_LEG_KEYS = ("thigh", "shin", "heel", "knee", "foot")

Limb = ArmPose | LegPose


def read_pose(reader: Reader, node: Node) -> Pose | None:
    before = len(reader.problems)
    parts = _pose_parts(reader, node, positions=positions())
    missing = [name for name in _NEEDED if name not in parts]
    if missing:
        reader.problem(node, f"the pose lacks {', '.join(missing)}; or start from a position")
    if len(reader.problems) > before:
        return None
    return Pose(**parts)


@cache
def positions() -> dict[str, dict[str, Any]]:
    text = resources.files("plans.figures_1").joinpath("positions.yaml").read_text("utf-8")
    reader = Reader("positions.yaml")
    document = reader.document(text)
    found: dict[str, dict[str, Any]] = {}
    pairs = document.value if isinstance(document, MappingNode) else []
    for key, value in pairs:
        found[key.value] = _pose_parts(reader, value, positions=found)
    if reader.problems:
        raise FigureFileError.of(reader.problems)
    return found


def _pose_parts(reader: Reader, node: Node, *, positions: dict[str, dict[str, Any]]) -> dict[str, Any]:
    given = reader.mapping(node, _KEYS)
    parts: dict[str, Any] = {}
    if "position" in given:
        parts |= positions.get(reader.choice(given["position"], positions), {})
    for name, value in given.items():
        if name == "hip":
            parts["hip"] = _hip(reader, value)
        elif name == "spine":
            parts["spine"] = _spine(reader, value)
        elif name in ("neck", "head"):
            parts[name] = _direction(reader, value)
        elif name in _ANGLES:
            parts[name] = reader.number(value)
    return parts | _limbs(reader, given)


def _limbs(reader: Reader, given: dict[str, Node]) -> dict[str, Any]:
    limbs: dict[str, Any] = {}
    for both, names in (("arms", _ARMS), ("legs", _LEGS)):
        if both in given:
            limbs |= dict.fromkeys(names, _limb(reader, given[both], both))
        limbs |= {name: _limb(reader, given[name], both) for name in names if name in given}
    return limbs


def _hip(reader: Reader, node: Node) -> tuple[float, float | None]:
    entries = reader.items(node)
    if len(entries) != 2:
        reader.problem(node, "the hip has two numbers, or a number and the word rest")
        return (0.0, None)
    resting = isinstance(entries[1], ScalarNode) and entries[1].value == "rest"
    return (reader.number(entries[0]), None if resting else reader.number(entries[1]))


def _spine(reader: Reader, node: Node) -> tuple[Direction, ...]:
    entries = reader.items(node)
    if len(entries) != 3:
        reader.problem(node, "the spine has three angles: low, middle and upper back")
    return tuple(_direction(reader, entry) for entry in entries)


def _limb(reader: Reader, node: Node, kind: str) -> Limb:
    given = reader.mapping(node, _ARM_KEYS if kind == "arms" else _LEG_KEYS)
    goal, first = ("palm", "upper") if kind == "arms" else ("heel", "thigh")
    if (goal in given) == (first in given):
        reader.problem(node, f"a limb has either {first} (an angle) or {goal} (a target)")
    angles: dict[str, Any] = {n: _direction(reader, value) for n, value in given.items() if n != goal}
    target = read_target(reader, given[goal]) if goal in given else None
    return ArmPose(palm=target, **angles) if kind == "arms" else LegPose(heel=target, **angles)


def _direction(reader: Reader, node: Node) -> Direction:
    if isinstance(node, SequenceNode):
        angle, out = reader.numbers(node, (2,))
        return (angle, out)
    return (reader.number(node), 0.0)


def read_target(reader: Reader, node: Node) -> Target:
    """`[x, y]`, `[x, y, z]`, the name of a part of the body, or `{on: part, off: [x, y, z]}`."""
    if isinstance(node, SequenceNode):
        x, y, *rest = reader.numbers(node, (2, 3))
        return Target(at=(x, y, rest[0] if rest else None))
    if isinstance(node, ScalarNode):
        return Target(on=reader.text(node))
    given = reader.mapping(node, ("on", "off"))
    if "on" not in given:
        reader.problem(node, "a target names a part of the body with on")
        return Target()
    x, y, *rest = reader.numbers(given["off"], (2, 3)) if "off" in given else ORIGIN
    return Target(on=reader.text(given["on"]), off=(x, y, rest[0] if rest else 0.0))
