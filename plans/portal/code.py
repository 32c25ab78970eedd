"""The printed code as people type it."""

from plans.portal.plain_text import plain
from plans.tokens import CODE_DIGITS

CODE = "code"
MAX_LENGTH = 20
_BETWEEN = str.maketrans("", "", " \t.-–·_\u00a0\u202f")


def read_code(typed: str) -> str | None:
    """Return the six digits, of any script and however they are grouped; None for what is no such code."""
    digits = plain(typed).translate(_BETWEEN)
    if len(digits) != CODE_DIGITS or not digits.isdecimal():
        return None
    return "".join(str(int(digit)) for digit in digits)
