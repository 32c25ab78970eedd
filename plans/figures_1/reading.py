"""Read the values of a figure's file, and gather all that is wrong instead of stopping at the first."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from plans.yaml_nodes import NodeLimits, compose, line_of

MAX_CHARACTERS = 10_000
"""Eight times the longest figure of the starter library."""
LIMITS = NodeLimits(depth=10, values=1_000)
MAX_PROBLEMS = 50
_NUMBER = re.compile(r"-?\d{1,3}(\.\d+)?", re.ASCII)


@dataclass
class Reader:
    """One file; `problems` grows by a `file:line: message` for everything that is wrong."""

    file: str
    problems: list[str] = field(default_factory=list)

    def document(self, text: str) -> Node | None:
        """Return the file's one document. YAML that cannot be read, or is larger than a figure can be, is a problem."""
        if len(text) > MAX_CHARACTERS:
            self.problem_at(1, f"{len(text)} characters, at most {MAX_CHARACTERS} are read")
            return None
        return compose(text, limits=LIMITS, report=self.problem_at)

    def problem(self, node: Node, message: str) -> None:
        self.problem_at(line_of(node), message)

    def problem_at(self, line: int, message: str) -> None:
        """Note something wrong at a line; the first MAX_PROBLEMS are enough to begin with."""
        if len(self.problems) < MAX_PROBLEMS:
            self.problems.append(f"{self.file}:{line}: {message}")

    def mapping(self, node: Node, known: Iterable[str]) -> dict[str, Node]:
        """Return the values by name; unknown and repeated names are problems."""
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
        """Return one of some words; the first after noting a problem."""
        words = tuple(choices)
        word = node.value if isinstance(node, ScalarNode) else ""
        if word in words:
            return str(word)
        self.problem(node, f"{word or 'this'} is not one of: {', '.join(words)}")
        return words[0]

    def flag(self, node: Node) -> bool:
        return self.choice(node, ("true", "false")) == "true"
