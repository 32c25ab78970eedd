"""How much room a text takes, without laying it out: in small letters of usual width."""

import unicodedata
from itertools import accumulate

WIDE, CAPITAL = 2.0, 1.7


def width_of(text: str) -> float:
    """Return the width, on the safe side: a capital, and a letter of Devanagari, count as the widest of their kind."""
    return sum(map(_width, text))


def shorten(text: str, most: float) -> str:
    """Return as much of a text as has room, with three dots where it was cut; isolates stay closed."""
    bare = text.strip("\u2068\u2069")
    fitting = sum(width <= most for width in accumulate(map(_width, bare)))
    return text if fitting == len(bare) else text.replace(bare, f"{bare[:fitting].rstrip()}…")


def _width(character: str) -> float:
    kind = unicodedata.category(character)
    if kind in ("Mn", "Me", "Cf"):
        return 0
    if unicodedata.east_asian_width(character) in "WF":
        return WIDE
    return CAPITAL if kind == "Lu" or "\u0900" <= character <= "\u097f" else 1
