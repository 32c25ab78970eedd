"""What people type, brought into one form; and what in it cannot be seen, or hangs in the air."""

import re
import unicodedata
from functools import cache

MAX_MARKS = 6
"""Marks on one letter. Hebrew with its vowels and accents needs five; more would run into the lines above."""

# Without effect on paper: where a word may be broken, marks of files, the choice between a sign and its emoji.
_SILENT = re.compile("[\u00ad\u034f\u200b\u2060\ufe0e\ufe0f\ufeff]+")
# Joiners mean something after a letter that is joined (Arabic, India and their neighbours), and in emoji.
_JOINERS = re.compile(
    "(?<![\u0600-\u0dff\u1000-\u109f\u1780-\u17ff\u1800-\u18af\ua8e0-\ua8ff\u2600-\u27bf\U0001f000-\U0001faff])[\u200c\u200d]"
)
_BREAKS = re.compile("\r\n|[\r\u2028\u2029]")
_BLANKS = re.compile("[\t\u1680\u2000-\u2006\u2008-\u200a\u205f]")
_FIRM_BLANKS = re.compile("[\u2007\u202f]")

# Letters to the computer, nothing to the eye.
_FILLERS = "\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0"
_VISIBLE_FORMATS = "\u0600-\u0605\u06dd\u070f\u0890\u0891\u08e2\U000110bd\U000110cd"


def normalise(text: str, *, lines: bool) -> str:
    """The text as it is kept: composed (NFC), each line ended by one line feed, plain blanks, no silent signs.

    Without `lines` it is one line, and blanks at its ends are cut off.
    """
    text = _BREAKS.sub("\n", unicodedata.normalize("NFC", _SILENT.sub("", text)))
    text = _FIRM_BLANKS.sub("\u00a0", _BLANKS.sub(" ", _JOINERS.sub("", text)))
    return text if lines else text.replace("\n", " ").strip(" \u00a0\u3000")


def find_invisible(text: str) -> tuple[str, ...]:
    """Controls, marks that turn text round, halves of characters, and whatever else nobody sees; each once."""
    if text.isascii() and text.isprintable():
        return ()
    return tuple(one for one in dict.fromkeys(text) if _is_invisible(one))


def find_loose_marks(text: str) -> tuple[str, ...]:
    """Accents and vowel signs that stand on no letter, or on top of too many others; each once."""
    if text.isascii() or not any(map(_is_mark, set(text))):
        return ()
    found, height, on_letter = [], 0, False
    for one in text:
        if _is_mark(one):
            height += 1
            if not on_letter or height > MAX_MARKS:
                found.append(one)
        elif one not in "\u200c\u200d":
            height, on_letter = 0, not unicodedata.category(one).startswith(("Z", "C"))
    return tuple(dict.fromkeys(found))


@cache
def _is_mark(character: str) -> bool:
    return unicodedata.category(character).startswith("M")


def looks_blank(text: str) -> bool:
    return all(unicodedata.category(one)[0] in "ZC" or one in _FILLERS for one in text)


def name_character(character: str) -> str:
    return f"U+{ord(character):04X} {unicodedata.name(character, 'without a name').lower()}"


@cache
def _is_invisible(character: str) -> bool:
    code = ord(character)
    if character in _FILLERS or code & 0xFFFE == 0xFFFE or 0xFDD0 <= code <= 0xFDEF:
        return True
    kind = unicodedata.category(character)
    if kind == "Cf":
        return character not in "\u200c\u200d" and not re.match(f"[{_VISIBLE_FORMATS}]", character)
    return kind in ("Cc", "Cs", "Zl", "Zp") and character != "\n"
