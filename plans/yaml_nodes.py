"""YAML as nodes that know their lines, for readers that gather all that is wrong with a file.

Refused before any node is built: nesting and size beyond what a file of its kind can need, aliases and anchors (a
change in one place would change another), explicit tags.
"""

from collections.abc import Callable, Iterator
from typing import NamedTuple

import yaml

Report = Callable[[int, str], None]
"""Takes the line of a problem, counted from 1, and what is wrong there."""


Loader = type[yaml.SafeLoader] | type[yaml.CSafeLoader]


class NodeLimits(NamedTuple):
    """How much is read: levels of nesting, and values of any kind where they are counted."""

    depth: int
    values: int | None = None


def line_of(node: yaml.Node | yaml.Event) -> int:
    """Return the line on which a node begins, counted from 1."""
    return node.start_mark.line + 1 if node.start_mark else 1


def compose(text: str, *, limits: NodeLimits, report: Report) -> yaml.Node | None:
    """Return the root of a text's one document, or None after a report of what is wrong with it."""
    return _compose_fast(text, limits) or _compose_and_report(text, limits, report)


def _compose_fast(text: str, limits: NodeLimits) -> yaml.Node | None:
    """Return the root by libyaml, which is ten times as fast; None where anything is wrong, or it is not there."""
    loader = getattr(yaml, "CSafeLoader", None)
    if loader is None:
        return None
    try:
        if _acceptable(text, limits, _say_nothing, loader):
            root: yaml.Node | None = yaml.compose(text, Loader=loader)
            return _named_alike(root)
    except (yaml.YAMLError, UnicodeError):
        # What is wrong is said in one way, by the reader that is here on every machine.
        pass
    return None


def _named_alike(root: yaml.Node | None) -> yaml.Node | None:
    """Give a plain value the style that the other reader gives it, none."""
    rest = [root]
    while rest:
        node = rest.pop()
        if isinstance(node, yaml.ScalarNode):
            node.style = node.style or None
        elif isinstance(node, yaml.SequenceNode):
            rest += node.value
        elif isinstance(node, yaml.MappingNode):
            rest += (part for pair in node.value for part in pair)
    return root


def _say_nothing(_line: int, _problem: str) -> None:
    pass


def _compose_and_report(text: str, limits: NodeLimits, report: Report) -> yaml.Node | None:
    try:
        if not _acceptable(text, limits, report, yaml.SafeLoader):
            return None
        root: yaml.Node | None = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.reader.ReaderError as error:
        report(text.count("\n", 0, error.position) + 1, "a character that YAML does not allow")
        return None
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        report(mark.line + 1 if mark else 1, f"not readable as YAML: {error.problem}")
        return None
    if root is None:
        report(1, "the file is empty")
    return root


def _acceptable(text: str, limits: NodeLimits, report: Report, loader: Loader) -> bool:
    # Events come before any node: here depth costs no recursion, and an alias no memory.
    depth = values = 0
    accepted = True
    for event in yaml.parse(text, Loader=loader):
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        values += isinstance(event, yaml.NodeEvent)
        if depth > limits.depth:
            report(line_of(event), f"nested deeper than {limits.depth} levels")
            return False
        if limits.values is not None and values > limits.values:
            report(line_of(event), f"too many values, at most {limits.values} are read")
            return False
        for problem in _refused(event):
            report(line_of(event), problem)
            accepted = False
    return accepted


def _refused(event: yaml.Event) -> Iterator[str]:
    if isinstance(event, yaml.NodeEvent) and event.anchor is not None:
        yield f"anchors and aliases are not read here: {event.anchor}"
    if isinstance(event, yaml.ScalarEvent | yaml.CollectionStartEvent) and event.tag is not None:
        yield f"tags are not read here: {event.tag}"
