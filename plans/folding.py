"""Words as they are compared: without case and accents, however the accents were composed."""

import unicodedata
from functools import lru_cache

# Letters that Unicode holds for letters of their own, so that no decomposition leads to the plain one.
_PLAIN = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe", "’": "'"})


def fold_unkept(text: str) -> str:
    """Fold what must not be kept in memory, such as what a patient types: see fold."""
    # Some letters fold to a letter with a mark, so the marks are taken away last.
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold())
    plain = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    return " ".join(plain.translate(_PLAIN).split())


@lru_cache(maxsize=4096)
def fold(text: str) -> str:
    """Return the text without case, accents and repeated spaces: two texts that read alike become equal."""
    return fold_unkept(text)
