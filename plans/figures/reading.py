"""Reads YAML with the line of every value, and gathers all that is wrong instead of stopping at the first."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

MAX_CHARACTERS = 10_000
"""Eight times the longest figure of the starter library."""
MAX_DEPTH = 10
MAX_VALUES = 1_000
MAX_PROBLEMS = 50
_NUMBER = re.compile(r"-?\d{1,3}(\.\d+)?", re.ASCII)


@dataclass
class Reader:
    """One file; `problems` grows by a `file:line: message` for everything that is wrong."""

    file: str
    problems: list[str] = field(default_factory=list)

    def document(self, text: str) -> Node | None:
        """The file's one document. YAML that cannot be read, is empty or larger than a figure can be, is a problem."""
        if len(text) > MAX_CHARACTERS:
            self.problems.append(f"{self.file}:1: {len(text)} characters, at most {MAX_CHARACTERS} are read")
            return None
        try:
            if not self._within_bounds(text):
                return None
            node: Node | None = yaml.compose(text, Loader=yaml.SafeLoader)
        except yaml.MarkedYAMLError as error:
            line = error.problem_mark.line + 1 if error.problem_mark else 1
            self.problems.append(f"{self.file}:{line}: {error.problem or 'not YAML'}")
            return None
        except yaml.reader.ReaderError as error:
            self.problems.append(f"{self.file}:1: {error.reason}")
            return None
        if node is None:
            self.problems.append(f"{self.file}:1: the file is empty")
        return node

    def _within_bounds(self, text: str) -> bool:
        """Look at the events before any node is built: here depth costs no recursion, and an alias no memory."""
        depth = count = 0
        for event in yaml.parse(text, Loader=yaml.SafeLoader):
            depth += isinstance(event, yaml.CollectionStartEvent)
            depth -= isinstance(event, yaml.CollectionEndEvent)
            count += isinstance(event, yaml.NodeEvent)
            problem = _bound_passed(event, depth=depth, count=count)
            if problem:
                line = event.start_mark.line + 1 if event.start_mark else 1
                self.problems.append(f"{self.file}:{line}: {problem}")
                return False
        return True

    def problem(self, node: Node, message: str) -> None:
        """Notes something wrong at the node's line; the first MAX_PROBLEMS are enough to begin with."""
        if len(self.problems) < MAX_PROBLEMS:
            self.problems.append(f"{self.file}:{node.start_mark.line + 1}: {message}")

    def mapping(self, node: Node, known: Iterable[str]) -> dict[str, Node]:
        """The values by name; unknown and repeated names are problems."""
        if not isinstance(node, MappingNode):
            self.problem(node, "names with values are expected here")
            return {}
        names, found = tuple(known), dict[str, Node]()
        for key, value in node.value:
            name = str(key.value)
            if name not in names:
                self.problem(key, f"{name} is not known here; known are: {', '.join(names)}")
            elif name in found:
                self.problem(key, f"{name} is given twice")
            else:
                found[name] = value
        return found

    def items(self, node: Node, *, most: int | None = None) -> list[Node]:
        if not isinstance(node, SequenceNode):
            self.problem(node, "a list is expected here")
            return []
        if most is not None and len(node.value) > most:
            self.problem(node, f"at most {most} entries are expected here, not {len(node.value)}")
            return []
        return list(node.value)

    def number(self, node: Node) -> float:
        if isinstance(node, ScalarNode) and _NUMBER.fullmatch(node.value):
            return float(node.value)
        self.problem(node, "a number like 12 or -3.5 is expected here, below 1000")
        return 0.0

    def numbers(self, node: Node, counts: tuple[int, ...]) -> tuple[float, ...]:
        entries = self.items(node)
        if len(entries) in counts:
            return tuple(self.number(entry) for entry in entries)
        if isinstance(node, SequenceNode):
            wanted = " or ".join(str(count) for count in counts)
            self.problem(node, f"{wanted} numbers are expected here, not {len(entries)}")
        return (0.0,) * counts[0]

    def text(self, node: Node, *, longest: int = 400) -> str:
        if isinstance(node, ScalarNode) and node.value.strip():
            if len(node.value) > longest:
                self.problem(node, f"{len(node.value)} characters, at most {longest} are expected here")
                return ""
            return " ".join(node.value.split())
        self.problem(node, "a text is expected here")
        return ""

    def choice(self, node: Node, choices: Iterable[str]) -> str:
        """One of some words; the first after noting a problem."""
        words = tuple(choices)
        word = node.value if isinstance(node, ScalarNode) else ""
        if word in words:
            return str(word)
        self.problem(node, f"{word or 'this'} is not one of: {', '.join(words)}")
        return words[0]

    def flag(self, node: Node) -> bool:
        return self.choice(node, ("true", "false")) == "true"


def _bound_passed(event: yaml.Event, *, depth: int, count: int) -> str:
    if depth > MAX_DEPTH:
        return f"lists within lists too deep, at most {MAX_DEPTH} levels are read"
    if count > MAX_VALUES:
        return f"too many values, at most {MAX_VALUES} are read"
    if isinstance(event, yaml.NodeEvent) and event.anchor is not None:
        return "anchors and aliases are not read here"
    if isinstance(event, yaml.ScalarEvent | yaml.CollectionStartEvent) and event.tag is not None:
        return "tags are not read here"
    return ""
