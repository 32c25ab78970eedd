"""One mapping of a library file, read key by key: each getter checks, notes problems, and goes on.

A getter whose value is missing or wrong answers with an empty value of its type. It never reaches
anyone: with one problem noted, the library is not returned.
"""

import re
import unicodedata
from typing import Final

import yaml

from plans.libraryfiles.errors import Place
from plans.libraryfiles.source import Reading
from plans.libraryfiles.vocabulary import LIMITS

CODE: Final = re.compile(r"[a-z0-9]+(?:[-_][a-z0-9]+)*")
TEXT_TAG: Final = "tag:yaml.org,2002:str"
NULL_TAG: Final = "tag:yaml.org,2002:null"
# Direction overrides and characters without a shape can make a text read otherwise than it is stored.
UNSEEN: Final = re.compile("[\u200b\u202a-\u202e\u2060-\u2069\ufeff\ufffd\ufff9-\ufffb]")


class Fields:
    """The keys of one mapping; `end` reports those that nobody asked for."""

    def __init__(self, node: yaml.Node, *, reading: Reading, what: str) -> None:
        self.node = node
        self.what = what
        self.reading = reading
        self._values: dict[str, yaml.Node] = {}
        self._keys: dict[str, yaml.Node] = {}
        self._asked: set[str] = set()
        if isinstance(node, yaml.MappingNode):
            for key, value in node.value:
                self._take(key, value)
        else:
            self.problem(node, f"{what} must be keys with values")

    def _take(self, key: yaml.Node, value: yaml.Node) -> None:
        if not isinstance(key, yaml.ScalarNode):
            self.problem(key, f"a key of {self.what} must be a word")
        elif key.value in self._keys:
            self.problem(key, f"{key.value} stands twice in {self.what}")
        else:
            self._keys[key.value] = key
            self._values[key.value] = value

    @property
    def place(self) -> Place:
        return self.reading.place(self.node)

    def problem(self, at: yaml.Node | str, message: str) -> None:
        """Note a problem at a node, or at the line of a key (of the whole mapping, if the key is absent)."""
        node = self._keys.get(at, self.node) if isinstance(at, str) else at
        self.reading.problem(node, message)

    def end(self) -> None:
        for key, node in self._keys.items():
            if key not in self._asked:
                self.problem(node, f"unknown key {key} in {self.what}")

    def keys(self) -> tuple[str, ...]:
        return tuple(self._keys)

    def get(self, key: str, *, required: bool = False) -> yaml.Node | None:
        """The node under a key, None where the key is absent or says nothing."""
        self._asked.add(key)
        node = self._values.get(key)
        if node is not None and node.tag == NULL_TAG and isinstance(node, yaml.ScalarNode):
            self.problem(node, f"{key} of {self.what} is empty")
            return None
        if node is None and required:
            self.problem(self.node, f"{self.what} has no {key}")
        return node

    def text(self, key: str, *, limit: str, required: bool = True) -> str:
        node = self.get(key, required=required)
        return "" if node is None else self.words(node, key=key, limit=limit)

    def words(self, node: yaml.Node, *, key: str, limit: str) -> str:
        if not isinstance(node, yaml.ScalarNode):
            self.problem(node, f"{key} of {self.what} must be one text")
            return ""
        if node.tag != TEXT_TAG:
            self.problem(node, f"{key} of {self.what} is not text: put {node.value} in quotes")
            return ""
        words = unicodedata.normalize("NFC", " ".join(node.value.split()))
        if not words:
            self.problem(node, f"{key} of {self.what} is empty")
        if unseen := UNSEEN.search(words):
            self.problem(node, f"{key} of {self.what} holds the unseen character U+{ord(unseen[0]):04X}")
        if len(words) > LIMITS[limit]:
            self.problem(node, f"{key} of {self.what} has {len(words)} characters, at most {LIMITS[limit]}")
        return words

    def items(self, key: str, *, most: int, required: bool = False) -> list[yaml.Node]:
        node = self.get(key, required=required)
        if node is None:
            return []
        if not isinstance(node, yaml.SequenceNode):
            self.problem(node, f"{key} of {self.what} must be a list")
            return []
        if not node.value and required:
            self.problem(node, f"{self.what} has no {key}")
        if len(node.value) > most:
            self.problem(node, f"{key} of {self.what} has {len(node.value)} entries, at most {most}")
        return list(node.value)

    def texts(self, key: str, *, limit: str, most: int, required: bool = False) -> tuple[str, ...]:
        nodes = self.items(key, most=most, required=required)
        return tuple(self.words(node, key=key, limit=limit) for node in nodes)

    def code(self, key: str = "code", *, required: bool = True) -> str:
        node = self.get(key, required=required)
        return "" if node is None else self._code(node, key=key)

    def codes(self, key: str, *, most: int, required: bool = False) -> tuple[str, ...]:
        found = tuple(self._code(node, key=key) for node in self.items(key, most=most, required=required))
        for repeated in sorted({code for code in found if found.count(code) > 1}):
            self.problem(key, f"{key} of {self.what} names {repeated} twice")
        return found

    def _code(self, node: yaml.Node, *, key: str) -> str:
        value = node.value if isinstance(node, yaml.ScalarNode) else ""
        if not CODE.fullmatch(value) or len(value) > LIMITS["code"]:
            self.problem(node, f"{key} of {self.what} must be a code of small letters, digits, - and _")
        return str(value)
