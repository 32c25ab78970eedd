"""Words that are spelled as they are meant: "osteopetrosis" is no typing error of "osteoporosis".

They are those of the descriptions of ICD-10-CM; scripts/medical_words.py writes the file.
"""

from functools import cache
from pathlib import Path
from typing import Final

FILE: Final = Path(__file__).with_name("medical_words.txt")
# Spelled rightly too, though ICD-10-CM does not use them.
_MORE: Final = frozenset(
    [
        "arthrosis",
        "discogram",
        "fusing",
        "injured",
        "laminotomy",
        "osteopenia",
        "osteopenic",
        "pregnenolone",
        "tighten",
    ]
)


@cache
def _words() -> frozenset[str]:
    return frozenset(FILE.read_text(encoding="ascii").split()) | _MORE


def is_medical_word(word: str) -> bool:
    return word in _words()
