"""Finds a text on finished pages, whatever its script, and however lines and letters were broken.

A file holds letters in the order in which they stand on paper. For most scripts that is the order of reading, and a
text is found as it is. Right-to-left words stand there backwards and may change places with others; in Devanagari some
signs stand before the letter that they follow. Such a text, and every text of a right-to-left page, is found word by
word: a word's letters in any order where its script turns them round, else in theirs.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from functools import cached_property, lru_cache
from itertools import groupby

MAX_UNBROKEN = 12
"""Letters of a word that no line is too short for. A longer one may be broken anywhere."""

# By blocks, which is what the bundled fonts have: Hebrew and Arabic with their further forms; Devanagari.
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefe]")
_REORDERED = re.compile("[\u0900-\u097f\u1cd0-\u1cff\ua8e0-\ua8ff]")
# Written without blanks between words, or broken between any two letters: each letter is a word.
_UNSPACED = re.compile("[\u0e00-\u0e7f\u1100-\u11ff\u2e80-\u9fff\uac00-\ud7ff\uf900-\ufaff]")


def has_right_to_left(text: str) -> bool:
    return _RIGHT_TO_LEFT.search(text) is not None


class Finder:
    """`rtl` says that the pages are read from right to left."""

    def __init__(self, pages: list[str], *, rtl: bool) -> None:
        self.pages = pages
        self.rtl = rtl

    def lacks(self, text: str) -> bool:
        if self.rtl or has_right_to_left(text) or _REORDERED.search(text):
            return not all(self._has(word) for word in words_of(text))
        return squeeze(text) not in self._squeezed

    @cached_property
    def _squeezed(self) -> str:
        return squeeze("".join(self.pages))

    @cached_property
    def _words(self) -> frozenset[str]:
        return frozenset(words_of("\n".join(self.pages)))

    @cached_property
    def _letters(self) -> Counter[str]:
        return Counter(self._squeezed)

    def _has(self, word: str) -> bool:
        if word in self._words:
            return True
        return len(word) > MAX_UNBROKEN and Counter(word) <= self._letters


@lru_cache(maxsize=4096)
def squeeze(text: str) -> str:
    """Return a text without blanks and invisible characters, its letters taken apart, their marks in one order."""
    plain = _INVISIBLE.sub("", unicodedata.normalize("NFKD", text))
    return plain if plain.isascii() else _MARKS.sub(lambda marks: "".join(sorted(marks[0])), plain)


_INVISIBLE = re.compile(r"[\s\u00ad\u034f\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe00-\ufe0f\ufeff]+")
_MARKS = re.compile("[{}]{{2,}}".format("".join(
    f"\\U{code:08x}" for code in range(0x300, 0x3100) if unicodedata.category(chr(code)) in ("Mn", "Mc")
)))  # fmt: skip


_POINTS = re.compile("[{}]+".format("".join(
    chr(code) for code in range(0x590, 0x900) if unicodedata.category(chr(code)) == "Mn"
)))  # fmt: skip


def words_of(text: str) -> Iterator[str]:
    """Yield each run of letters of one kind or of digits; the letters of a script that turns them round are sorted."""
    for piece in text.split():
        # Vowel signs of Hebrew and Arabic go with the letter before them, which in the file may stand on either side.
        for kind, letters in groupby(_POINTS.sub("", squeeze(piece)), _kind_of):
            run = "".join(letters)
            if kind is _ALONE:
                yield from run
            elif kind is not _SIGN:
                yield "".join(sorted(run)) if kind in (_TURNED, _REORDERED_LETTER) else run


_SIGN, _DIGIT, _ALONE, _LETTER = "sign", "digit", "alone", "letter"
# Two kinds: of "A B" written from right to left and followed by Devanagari, A stands beside the Devanagari on paper.
_TURNED, _REORDERED_LETTER = "turned", "reordered"


@lru_cache(maxsize=4096)
def _kind_of(character: str) -> str:
    if character.isdecimal():
        return _DIGIT
    if not unicodedata.category(character).startswith(("L", "M", "N")):
        return _SIGN
    if _UNSPACED.match(character):
        return _ALONE
    if _RIGHT_TO_LEFT.match(character):
        return _TURNED
    return _REORDERED_LETTER if _REORDERED.match(character) else _LETTER
