"""Tell a figure of the old pose language from one of this: what a clinic wrote then is kept and asks to be redrawn."""

from yaml.nodes import MappingNode, Node, SequenceNode

from plans.figures.read.values import LIMITS, MAX_CHARACTERS
from plans.yaml_nodes import compose

_OLD_KEYS = frozenset(("view", "ground", "shoes"))
_OLD_PANEL_KEYS = frozenset(("pose", "in_front", "behind"))


def is_old_language(text: str) -> bool:
    """Return whether a text is a figure of the old language; what is neither, or no YAML at all, is not."""
    if len(text) > MAX_CHARACTERS:
        return False
    problems: list[str] = []
    root = compose(text, limits=LIMITS._replace(depth=10), report=lambda _, problem: problems.append(problem))
    given = _names(root)
    if problems or "start" in given or "panels" not in given:
        return False
    if _OLD_KEYS & given.keys():
        return True
    panels = given["panels"]
    entries = panels.value if isinstance(panels, SequenceNode) else []
    return any(_OLD_PANEL_KEYS & _names(entry).keys() for entry in entries)


def _names(node: Node | None) -> dict[str, Node]:
    if not isinstance(node, MappingNode):
        return {}
    return {str(key.value): value for key, value in node.value}
