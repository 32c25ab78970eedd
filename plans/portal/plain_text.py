"""What people type, freed of what makes no difference to a reader."""

import re
import unicodedata

from plans.folding import fold_unkept

_LEFT_OUT = {"Mn", "Me", "Cf"}
_ALIKE = str.maketrans({"ة": "ه", "ى": "ي", "ـ": "", "〇": "零"})
_NUMERALS = "零一二三四五六七八九"
_NUMERAL = re.compile(f"[{_NUMERALS}十]+")


def plain(typed: str) -> str:
    """Return small letters without accents, marks of direction or wide forms; Chinese numerals up to 99 as digits."""
    bare = "".join(letter for letter in fold_unkept(typed) if unicodedata.category(letter) not in _LEFT_OUT)
    return _NUMERAL.sub(lambda found: _in_digits(found[0]), bare.translate(_ALIKE))


def _in_digits(numeral: str) -> str:
    """Read 十二 as 12, 三十 as 30, and without a ten digit by digit: 一九六八 is 1968."""
    tens, ten, ones = numeral.partition("十")
    digits = [str(_NUMERALS.index(letter)) for letter in tens + ones if letter != "十"]
    if not ten:
        return "".join(digits)
    if len(tens) > 1 or len(ones) > 1 or "十" in ones:
        return numeral
    return (digits[0] if tens else "1") + (digits[-1] if ones else "0")
