"""A line of free words as tokens: each with its place, and with what stands between it and the one before."""

import re
import unicodedata
from enum import Enum
from typing import Final, NamedTuple

from plans.diagnoses.icd10 import CODE
from plans.folding import fold


class Gap(Enum):
    """What parts a token from the one before."""

    NONE = "none"
    SLASH = "slash"
    ASIDE = "aside"  # a bracket, a colon, a dash between spaces
    COMMA = "comma"
    STOP = "stop"


class Token(NamedTuple):
    """A word or an ICD-10 code: as it is compared, and where it stands in the line."""

    word: str
    start: int
    end: int
    gap: Gap
    is_code: bool = False


# Abbreviations with a slash are one word each; an apostrophe belongs to its word.
_WORD: Final = r"\b(?:w/o|r/o|h/o|c/o|s/p)\b|[^\W_]+(?:['’][^\W_]+)*"
_TOKEN: Final = re.compile(rf"(?P<code>(?a:{CODE}))|(?P<word>{_WORD})", re.IGNORECASE)
_ALIKE: Final = {"disk": "disc", "tumor": "tumour", "w/o": "without"}
_STOPS, _ASIDES = re.compile(r"[;\n|•·!]|\.(?!\d)"), re.compile(r"[()\[\]:]|\s[-–—]+\s|^\s*[-–—]")


def normal(line: str) -> str:
    """Return the line with composed accents, so that a mark never parts a word."""
    return unicodedata.normalize("NFC", line)


def tokens(line: str) -> list[Token]:
    found: list[Token] = []
    for match in _TOKEN.finditer(line):
        is_code = match["code"] is not None
        word = match.group().upper() if is_code else plain_word(match.group())
        between = line[found[-1].end if found else 0 : match.start()]
        found.append(Token(word, match.start(), match.end(), _gap(between), is_code))
    return found


def plain_word(word: str) -> str:
    """Return a word as it is compared: folded, of two spellings one, without the s of many or of whose."""
    folded = fold(word).replace("'s", "s").replace("'", "")
    folded = _ALIKE.get(folded, folded)
    if len(folded) > 3 and folded.endswith("s") and not folded.endswith(("ss", "is", "us", "as", "os")):
        folded = folded[:-1]
    return _ALIKE.get(folded, folded)


def word_set(words: str) -> frozenset[str]:
    return frozenset(map(plain_word, words.split()))


def _gap(between: str) -> Gap:
    if _STOPS.search(between):
        return Gap.STOP
    if "," in between:
        return Gap.COMMA
    if _ASIDES.search(between):
        return Gap.ASIDE
    return Gap.SLASH if "/" in between or "+" in between or "&" in between else Gap.NONE
