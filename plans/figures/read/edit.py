"""Change single values in a figure's text, for sliders and lists: comments, order and everything else stay."""

from typing import NamedTuple

from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from plans.figures.errors import FigureFileError
from plans.figures.joints import AXES
from plans.figures.read.names import JOINTS
from plans.figures.read.values import Reader, meant
from plans.figures.words import StartPose


class _Change(NamedTuple):
    start: int
    end: int
    text: str


def set_joint(text: str, *, panel: int | None, name: str, degrees: float) -> str:
    """Return the text with one joint's angle set in a panel (from 0), or for all panels.

    A negative angle takes the name of the opposite movement: hip flexion -10 becomes hip extension 10. Raises
    FigureFileError where the text is no YAML, or has no such panel, or nobody has such a joint.
    """
    written, number = _written(name, degrees)
    owner = _owner(text, panel)
    joints = _value(owner, "joints")
    if joints is None:
        entry = f"joints: {{{written}: {number}}}"
        return _applied(text, _inserted_first(text, owner, entry))
    if not isinstance(joints, MappingNode):
        raise FigureFileError(summary=f"figure:{joints.start_mark.line + 1}: joints have names and degrees")
    for key, value in joints.value:
        if key.value in (name, _opposite(name)):
            changes = (_over(value, number), _over(key, written))
            return _applied(text, *changes)
    return _applied(text, _inserted_last(text, joints, f"{written}: {number}"))


def set_start(text: str, start: StartPose) -> str:
    """Return the text with another start pose. Raises FigureFileError where it names none."""
    node = _value(_root(text), "start")
    if not isinstance(node, ScalarNode):
        raise FigureFileError(summary="figure:1: the figure lacks start")
    return _applied(text, _over(node, start.value))


def add_panel(text: str) -> str:
    """Return the text with one panel more, as the figure is for all panels. Raises FigureFileError where none are."""
    panels = _value(_root(text), "panels")
    if not isinstance(panels, SequenceNode) or not panels.value:
        raise FigureFileError(summary="figure:1: the figure lacks panels")
    end = _end_of(panels.value[-1])
    if panels.flow_style:
        return _applied(text, _Change(end, end, ", {}"))
    line_end = end - 1 if text[end - 1] == "\n" else text.find("\n", end)
    end = len(text) if line_end < 0 else line_end
    return _applied(text, _Change(end, end, f"\n{' ' * panels.start_mark.column}- {{}}"))


def _end_of(node: Node) -> int:
    """Return where the node's last word ends: a block ends where the next one begins, after comments between."""
    if isinstance(node, (MappingNode, SequenceNode)) and node.value and not node.flow_style:
        last = node.value[-1]
        return _end_of(last[1] if isinstance(node, MappingNode) else last)
    return int(node.end_mark.index)


def _written(name: str, degrees: float) -> tuple[str, str]:
    """Return the name that fits the sign, and the number as it is written. Raises FigureFileError."""
    if name not in JOINTS:
        raise FigureFileError(summary=f"figure:1: {name} is no movement of a joint; {meant(name, JOINTS)}")
    rounded = round(degrees, 1)
    fitting = name if rounded >= 0 else _opposite(name)
    if fitting not in JOINTS or abs(rounded) > JOINTS[fitting].most:
        raise FigureFileError(summary=f"figure:1: {name} {rounded:g}: nobody's joint goes that far")
    return fitting, f"{abs(rounded):g}"


def _opposite(name: str) -> str:
    joint, movement, _ = JOINTS[name].shares[0]
    axis = next(axis for axis in AXES[joint] if movement in (axis.positive, axis.negative))
    other = axis.negative if movement == axis.positive else axis.positive
    return f"{name.removesuffix(movement)}{other}"


def _root(text: str) -> MappingNode:
    reader = Reader("figure")
    root = reader.document(text)
    if not isinstance(root, MappingNode):
        raise FigureFileError.of(reader.problems or ["figure:1: names with values are expected here"])
    return root


def _owner(text: str, panel: int | None) -> MappingNode:
    root = _root(text)
    if panel is None:
        return root
    panels = _value(root, "panels")
    entries = panels.value if isinstance(panels, SequenceNode) else []
    if not 0 <= panel < len(entries) or not isinstance(entries[panel], MappingNode):
        raise FigureFileError(summary=f"figure:1: there is no panel {panel + 1}")
    found: MappingNode = entries[panel]
    return found


def _value(mapping: MappingNode, name: str) -> Node | None:
    return next((value for key, value in mapping.value if key.value == name), None)


def _over(node: Node, text: str) -> _Change:
    return _Change(node.start_mark.index, node.end_mark.index, text)


def _inserted_first(text: str, owner: MappingNode, entry: str) -> _Change:
    if not owner.value:
        return _over(owner, f"{{{entry}}}")
    start = owner.value[0][0].start_mark
    between = ", " if owner.flow_style else f"\n{' ' * start.column}"
    return _Change(start.index, start.index, f"{entry}{between}")


def _inserted_last(text: str, mapping: MappingNode, entry: str) -> _Change:
    if not mapping.value:
        return _over(mapping, f"{{{entry}}}")
    key, value = mapping.value[-1]
    end = value.end_mark.index
    if mapping.flow_style:
        return _Change(end, end, f", {entry}")
    line_end = text.find("\n", end)
    end = len(text) if line_end < 0 else line_end
    return _Change(end, end, f"\n{' ' * key.start_mark.column}{entry}")


def _applied(text: str, *changes: _Change) -> str:
    """Return the text after the changes, which come from its end to its beginning."""
    for change in changes:
        text = f"{text[: change.start]}{change.text}{text[change.end :]}"
    return text
