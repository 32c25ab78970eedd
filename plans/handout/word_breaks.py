"""Places where a word may be broken that is too long for its line.

The style sheet lets a word be broken where it stands at the beginning of a line. The renderer does not know the same
of one that follows a label, or of how narrow a block beside others may become.
"""

import html
import re
import unicodedata

from plans.handout.fonts import JOINERS

MAX_WHOLE = 20
"""Letters of a word that stays whole while a line has room for it."""
ZERO_WIDTH_SPACE = "\u200b"

# Not for scripts that break between any two letters.
_LONG = re.compile(rf"[^\s\u0e00-\u0e7f\u1100-\u11ff\u2e80-\ud7ff]{{{MAX_WHOLE + 1},}}")
_VIRAMA = "\u094d"
_TEXT = re.compile(">([^<]+)<")


def allow_breaks(page: str) -> str:
    """Return an HTML page whose long words may be broken; its head, and what stands in tags, stay as they are."""
    head, body, rest = page.partition("<body")
    return head + body + _TEXT.sub(_break_text, rest)


def _break_text(found: re.Match[str]) -> str:
    text = html.unescape(found[1])
    if not _LONG.search(text):
        return found[0]
    return f">{html.escape(_LONG.sub(_break_word, text))}<"


def _break_word(found: re.Match[str]) -> str:
    """Part the letters, each with its marks; in Devanagari a sign joins the letter before it to the next."""
    parts, joins = [found[0][0]], False
    for one in found[0][1:]:
        is_mark = unicodedata.category(one).startswith("M") or one in JOINERS
        parts.append(one if is_mark or joins else _break_before(one))
        joins = one == _VIRAMA or (joins and is_mark)
    return "".join(parts)


def _break_before(letter: str) -> str:
    # Arabic letters stay joined to the eye: the joiners stand for their neighbours.
    joined = unicodedata.bidirectional(letter) == "AL"
    return f"\u200d{ZERO_WIDTH_SPACE}\u200d{letter}" if joined else ZERO_WIDTH_SPACE + letter
