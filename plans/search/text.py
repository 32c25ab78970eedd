"""Text as words that are compared: folded, numbers as figures, Chinese in pairs of signs."""

import re
from collections.abc import Iterator
from typing import Final

from plans.folding import fold

MAX_TYPED: Final = 100
"""Characters of a search that are read."""
MAX_WORDS: Final = 12

_OPTIONAL: Final = """
a an and at by do for from in into my of on onto or the to with your
exercise exercises movement program programme patient home pain painful ache
al con de del el en la las los o para por su tu un una y ejercicio ejercicios dolor
من في على الي مع تمرين تمارين الم
"""
OPTIONAL: Final = frozenset(_OPTIONAL.split())
"""Words that need not be found: they stand in anything, or say only that an exercise is looked for, or that it hurts.

What helps a low back that hurts is not found for a knee that does: both have the word, and it says nothing.
"""

_COUNTED: Final = """
one two three four five six seven eight nine ten
uno dos tres cuatro cinco seis siete ocho nueve diez
"""
_NUMBERS: Final = {
    word: str(number) for line in _COUNTED.splitlines() for number, word in enumerate(line.split(), start=1)
}
_ALIKE: Final = {
    "disk": "disc",
    "tumor": "tumour",
    "mobilization": "mobilisation",
    "stabilization": "stabilisation",
}
_ARABIC: Final = str.maketrans({"ة": "ه", "ى": "ي", "ٱ": "ا", "ـ": ""})
_ARABIC_BEGINNINGS: Final = ("وال", "بال", "كال", "لل", "ال")
_SIGNS: Final = "\u3400-\u4dbf\u4e00-\u9fff"
_WORD: Final = re.compile(rf"[{_SIGNS}]+|[^\W_{_SIGNS}]+")
_SIGN: Final = re.compile(rf"[{_SIGNS}]")


def tokens(text: str) -> tuple[str, ...]:
    """Return the words in their order. Of Chinese each two neighbours are one, as nothing parts its words."""
    plain = fold(text).translate(_ARABIC).replace("'", "")
    return tuple(token for run in _WORD.findall(plain) for token in _units(run))


def _units(run: str) -> Iterator[str]:
    if is_chinese(run):
        yield from (run[at : at + 2] for at in range(max(1, len(run) - 1)))
    else:
        word = _NUMBERS.get(run, run)
        yield _ALIKE.get(word, word)


def is_chinese(word: str) -> bool:
    return bool(_SIGN.match(word))


def variants(word: str) -> frozenset[str]:
    """Return other forms of a word that mean the same thing to look for: one of many, without "the" or "-ing"."""
    if is_chinese(word):
        return frozenset(word) if len(word) > 1 else frozenset()
    found = {word[: -len(ending)] for ending in ("s", "es") if word.endswith(ending)}
    for ending in ("ing", "ed"):
        if word.endswith(ending) and len(word) > len(ending) + 2:
            stem = word[: -len(ending)]
            found |= {stem, f"{stem}e"} | ({stem[:-1]} if stem[-1] == stem[-2] else set())
    found |= {word[len(begin) :] for begin in _ARABIC_BEGINNINGS if word.startswith(begin)}
    return frozenset(one for one in found if len(one) > 2)
