"""Names of months in the languages of the pages, as people write them.

All languages are read on each page: a phone is often set to another one than its owner writes in, and no word names
two different months.
"""

from functools import cache

from django.utils import translation
from django.utils.dates import MONTHS, MONTHS_3, MONTHS_ALT, MONTHS_AP

from plans.languages import LANGUAGES
from plans.portal.plain_text import plain

MIN_LETTERS = 3

# Django has the names of Egypt and the Gulf, in one spelling each. These are of the Levant, Algeria and Morocco, and
# Peru's September, after CLDR (ar-LB, ar-DZ, ar-MA, es-PE).
MORE_NAMES: tuple[tuple[str, ...], ...] = (
    ("كانون الثاني", "كانون ثاني", "جانفي"),
    ("شباط", "فيفري"),
    ("آذار",),
    ("نيسان", "أفريل"),
    ("أيار", "ماي"),
    ("حزيران", "يونية", "جوان"),
    ("تموز", "يولية", "يوليوز", "جويلية"),
    ("آب", "أوت", "غشت"),
    ("setiembre", "أيلول", "شتنبر"),
    ("تشرين الأول", "تشرين أول"),
    ("تشرين الثاني", "تشرين ثاني", "نونبر"),
    ("كانون الأول", "كانون أول", "دجنبر"),
)


def month_of(word: str) -> int | None:
    """Return the month of a name, or of a beginning of one that no other month shares; `word` is plain."""
    names = _names()
    if word in names:
        return names[word]
    if len(word) < MIN_LETTERS:
        return None
    found = {number for name, number in names.items() if name.startswith(word)}
    return found.pop() if len(found) == 1 else None


@cache
def _names() -> dict[str, int]:
    """Return each name in plain letters; those that are a numeral and a word for month are read as such."""
    found = {plain(name): number for number, names in enumerate(MORE_NAMES, start=1) for name in names}
    for code in LANGUAGES:
        with translation.override(code):
            for table in (MONTHS, MONTHS_ALT, MONTHS_3, MONTHS_AP):
                found |= {plain(str(name)).strip("."): number for number, name in table.items()}
    return {name: number for name, number in found.items() if not any(map(str.isdecimal, name))}
