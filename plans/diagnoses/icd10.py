"""ICD-10 codes as people write them: with and without the dot, in any case, as a heading or finer than ours."""

import re
from typing import Final

CODE: Final = r"(?<![\w.])[A-Z][0-9][0-9AB](?:\.?[0-9A-Z]{1,4})?(?!\w)"
_WITH_ENCOUNTER: Final = 7


def looks_like_code(text: str) -> bool:
    return re.fullmatch(CODE, text.strip(), re.IGNORECASE | re.ASCII) is not None


def plain(code: str) -> str:
    """Return the code in capitals without dot, filling X and the seventh character.

    The seventh tells the encounter (first, later), which changes nothing about what the patient has.
    """
    letters = code.strip().upper().replace(".", "")
    return letters[: _WITH_ENCOUNTER - 1].rstrip("X") if len(letters) == _WITH_ENCOUNTER else letters


def written(code: str) -> str:
    letters = code.strip().upper().replace(".", "")
    return f"{letters[:3]}.{letters[3:]}" if letters[3:] else letters


def same_code(given: str, of_condition: str) -> bool:
    return plain(given) == plain(of_condition)


def related(given: str, of_condition: str) -> bool:
    """Whether one is a heading of the other: M81 of M81.0, or M81.0 of the finer M81.08 of another country."""
    one, other = plain(given), plain(of_condition)
    return one.startswith(other) or other.startswith(one)
