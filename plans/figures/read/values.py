"""Read the values of a figure's file strictly, and gather all that is wrong instead of stopping at the first.

Names and numbers are taken as they are written, not as YAML 1.1 would have them: `on` and `off` are words here, and
neither `-.2` nor "12" in quotes is a number.
"""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from difflib import get_close_matches

from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from plans.yaml_nodes import NodeLimits, compose, line_of

MAX_CHARACTERS = 10_000
"""Eight times the longest figure of the starter library."""
LIMITS = NodeLimits(depth=8, values=1_000)
MAX_PROBLEMS = 50
_NUMBER = re.compile(r"-?(0|[1-9]\d{0,2})(\.\d{1,4})?", re.ASCII)
_NO_WORD = re.compile(
    r"[-+]?(\.\d+|\d+(\.\d*)?)(e[-+]?\d+)?|true|false|null|~|[-+]?\.inf|\.nan", re.ASCII | re.I
)
"""What YAML 1.2 takes for a number, for yes or no, or for nothing, where it is not in quotes."""
_MAX_LISTED = 20
"""Longer lists of known words are not repeated in a message; the nearest one is."""
_MAX_GLANCED = 4
_SHOWN = 60


@dataclass
class Reader:
    """One file; `problems` grows by a `file:line: message` for everything that is wrong."""

    file: str
    problems: list[str] = field(default_factory=list)

    def document(self, text: str) -> Node | None:
        if len(text) > MAX_CHARACTERS:
            self.problem_at(1, f"{len(text)} characters, at most {MAX_CHARACTERS} are read")
            return None
        return compose(text, limits=LIMITS, report=self.problem_at)

    def problem(self, node: Node, message: str) -> None:
        self.problem_at(line_of(node), message)

    def problem_at(self, line: int, message: str) -> None:
        if len(self.problems) < MAX_PROBLEMS:
            self.problems.append(f"{self.file}:{line}: {' '.join(message.split())}")

    def pairs(self, node: Node, *, most: int) -> list[tuple[str, Node, Node]]:
        """Return name, key and value of each entry; a name that is given twice is a problem."""
        if not isinstance(node, MappingNode):
            self.problem(node, "names with values are expected here")
            return []
        if len(node.value) > most:
            self.problem(node, f"at most {most} entries are expected here, not {len(node.value)}")
            return []
        found = dict[str, tuple[str, Node, Node]]()
        for key, value in node.value:
            if not isinstance(key, ScalarNode):
                self.problem(key, "a name is expected here, before a colon")
            elif key.value in found:
                self.problem(key, f"{shown(key)} is given twice")
            else:
                found[key.value] = (key.value, key, value)
        return list(found.values())

    def mapping(self, node: Node, known: Collection[str]) -> dict[str, Node]:
        """Return the values by name; unknown names are problems."""
        found = {}
        for name, key, value in self.pairs(node, most=len(known) + 10):
            if name in known:
                found[name] = value
            else:
                self.problem(key, f"{shown(key)} is not known here; {meant(name, known)}")
        return found

    def items(self, node: Node, *, most: int) -> list[Node]:
        if not isinstance(node, SequenceNode):
            self.problem(node, "a list is expected here, [like, this]")
            return []
        if len(node.value) > most:
            self.problem(node, f"at most {most} entries are expected here, not {len(node.value)}")
            return []
        return list(node.value)

    def number(self, node: Node, *, least: float, most: float) -> float | None:
        if not (isinstance(node, ScalarNode) and node.style is None and _NUMBER.fullmatch(node.value)):
            self.problem(node, f"{shown(node)}: a number like 12 or 3.5 is expected here")
            return None
        number = float(node.value)
        if not least <= number <= most:
            self.problem(node, f"{shown(node)}: {least:g} to {most:g} is possible here")
            return None
        return number

    def word(self, node: Node) -> str | None:
        """Return a text of one line as it is written, or None after noting that there is none."""
        if isinstance(node, ScalarNode) and _is_text(node) and node.style not in ("|", ">"):
            return str(node.value)
        self.problem(node, f"{shown(node)}: a word is expected here")
        return None

    def text(self, node: Node, *, longest: int) -> str:
        if not (isinstance(node, ScalarNode) and _is_text(node)):
            self.problem(node, f"{shown(node)}: a text is expected here")
            return ""
        if len(node.value) > longest:
            self.problem(node, f"{len(node.value)} characters, at most {longest} are expected here")
            return ""
        return " ".join(node.value.split())

    def choice(self, node: Node, choices: Iterable[str]) -> str | None:
        word, known = self.word(node), tuple(choices)
        if word is None or word in known:
            return word
        self.problem(node, f"{shown(node)} is not known here; {meant(word, known)}")
        return None

    def flag(self, node: Node) -> bool:
        plain = isinstance(node, ScalarNode) and node.style is None
        if plain and node.value in ("true", "false"):
            return bool(node.value == "true")
        self.problem(node, f"{shown(node)}: true or false is expected here")
        return False


def _is_text(node: ScalarNode) -> bool:
    return bool(node.value.strip()) and (node.style is not None or not _NO_WORD.fullmatch(node.value))


def shown(node: Node) -> str:
    """Return what is written there, short enough for a message."""
    if not isinstance(node, ScalarNode):
        return "this"
    words = " ".join(str(node.value).split())
    return f"{words[:_SHOWN]}..." if len(words) > _SHOWN else words or "nothing"


def meant(word: str, known: Collection[str]) -> str:
    """Return the known words if they are few, and the one that was perhaps meant."""
    if len(known) <= _MAX_GLANCED:
        return f"known are: {', '.join(known)}"
    near = get_close_matches(word[:_SHOWN].lower(), known, n=1, cutoff=0.6)
    guess = f"did you mean {near[0]}?" if near else ""
    if len(known) <= _MAX_LISTED:
        return f"{guess} known are: {', '.join(known)}".strip()
    return guess or "see docs/how-to/pose-language.md"
