"""Reads YAML with the line of every value, and gathers all that is wrong instead of stopping at the first."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

_NUMBER = re.compile(r"-?\d{1,3}(\.\d+)?", re.ASCII)


@dataclass
class Reader:
    """One file; `problems` grows by a `file:line: message` for everything that is wrong."""

    file: str
    problems: list[str] = field(default_factory=list)

    def document(self, text: str) -> Node | None:
        """The file's one document. YAML that cannot be read, or is empty, is a problem."""
        try:
            node: Node | None = yaml.compose(text, Loader=yaml.SafeLoader)
        except yaml.MarkedYAMLError as error:
            line = error.problem_mark.line + 1 if error.problem_mark else 1
            self.problems.append(f"{self.file}:{line}: {error.problem or 'not YAML'}")
            return None
        except yaml.reader.ReaderError as error:
            self.problems.append(f"{self.file}:1: {error.reason}")
            return None
        except RecursionError:
            self.problems.append(f"{self.file}:1: lists within lists too deep")
            return None
        if node is None:
            self.problems.append(f"{self.file}:1: the file is empty")
        return node

    def problem(self, node: Node, message: str) -> None:
        """Notes something wrong at the node's line."""
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

    def items(self, node: Node) -> list[Node]:
        """The entries of a list."""
        if isinstance(node, SequenceNode):
            return list(node.value)
        self.problem(node, "a list is expected here")
        return []

    def number(self, node: Node) -> float:
        """A number; 0 after noting a problem."""
        if isinstance(node, ScalarNode) and _NUMBER.fullmatch(node.value):
            return float(node.value)
        self.problem(node, "a number like 12 or -3.5 is expected here, below 1000")
        return 0.0

    def numbers(self, node: Node, counts: tuple[int, ...]) -> tuple[float, ...]:
        """A list of as many numbers as one of `counts` says; zeros after noting a problem."""
        entries = self.items(node)
        if len(entries) in counts:
            return tuple(self.number(entry) for entry in entries)
        if isinstance(node, SequenceNode):
            wanted = " or ".join(str(count) for count in counts)
            self.problem(node, f"{wanted} numbers are expected here, not {len(entries)}")
        return (0.0,) * counts[0]

    def text(self, node: Node) -> str:
        """A text that is not blank."""
        if isinstance(node, ScalarNode) and node.value.strip():
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
        """True or false."""
        return self.choice(node, ("true", "false")) == "true"
