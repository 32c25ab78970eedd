"""What is known of an exercise that it may be found by."""

from dataclasses import dataclass
from enum import Enum
from typing import NamedTuple


class Field(Enum):
    """A kind of fact, and how much it counts: what an exercise is called before what it is for.

    Rules are none of them: an exercise is never found by what forbids it.
    """

    NAME = 100
    OTHER_NAME = 92
    CODE = 88
    HELPS = 64
    TARGET = 62
    EQUIPMENT = 60
    POSITION = 58
    KIND = 56
    LEVEL = 54
    REGION = 52
    MOVEMENT = 30


class Phrase(NamedTuple):
    """Some words of a fact, in one language; blank where they are of none, as a code is."""

    words: str
    language: str = ""


Fact = tuple[Field, str]
"""A kind of fact, and which one of it: what many exercises have in common is looked through once."""


@dataclass(frozen=True, kw_only=True)
class Document:
    """An exercise as it is searched: `names` by language, all names with their field, and what else is true of it."""

    key: str
    code: str
    names: dict[str, str]
    called: tuple[tuple[Field, Phrase], ...]
    facts: tuple[Fact, ...]

    def name_in(self, language: str) -> str:
        return self.names.get(language) or self.names.get("en") or self.code
