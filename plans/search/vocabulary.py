"""What the closed lists of the library are called in a search."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final

import yaml

from plans.search.documents import Field, Phrase

FILE: Final = Path(__file__).with_name("vocabulary.yaml")
LISTS: Final[Mapping[str, Field]] = {
    "kind": Field.KIND,
    "position": Field.POSITION,
    "target": Field.TARGET,
    "region": Field.REGION,
    "equipment": Field.EQUIPMENT,
    "level": Field.LEVEL,
}
NO_EQUIPMENT: Final = "none"


@cache
def vocabulary() -> Mapping[Field, Mapping[str, Mapping[str, tuple[str, ...]]]]:
    """Return the words by list, value and language."""
    read: dict[str, Any] = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return {
        LISTS[name]: {
            value: {language: tuple(words) for language, words in said.items()}
            for value, said in values.items()
        }
        for name, values in read.items()
    }


@cache
def phrases_for(field: Field, value: str) -> tuple[Phrase, ...]:
    """Return what a value of a list is called; one that has no words here is called by its code."""
    said = vocabulary()[field].get(value)
    if said is None:
        return (Phrase(value.replace("_", " ")),)
    return tuple(Phrase(one) for words in said.values() for one in words)


@cache
def known_words() -> frozenset[str]:
    """Return all that any value is called, also of values that no exercise has."""
    return frozenset(
        one
        for values in vocabulary().values()
        for said in values.values()
        for words in said.values()
        for one in words
    )
