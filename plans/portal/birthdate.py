"""Read a birth date from three fields as people type it."""

import re
from collections.abc import Mapping
from datetime import date

from django.utils import timezone
from django.utils.dates import MONTHS, MONTHS_3

from plans.languages import Language

FIELDS = ("day", "month", "year")
MAX_LENGTH = 20
FIRST_YEAR = 1900
_PARTS = {"j": "day", "F": "month", "n": "month", "Y": "year"}


def field_order(language: Language) -> tuple[str, ...]:
    return tuple(_PARTS[letter] for letter in re.findall("[jFnY]", language.date_format))


def read_birth_date(typed: Mapping[str, str]) -> date | None:
    """Read day, month and year: digits of any script, leading zeros, the month also by name.

    A year of two digits is the last such year that is not in the future. None for what is no date, or nobody's
    birth date.
    """
    day, month, year = (typed.get(field, "").strip(" .,/-")[:MAX_LENGTH] for field in FIELDS)
    try:
        found = date(_year(year), _month(month), int(day))
    except (ValueError, OverflowError):
        return None
    return found if date(FIRST_YEAR, 1, 1) <= found <= timezone.localdate() else None


def _year(typed: str) -> int:
    year = int(typed)
    if len(typed) != 2:
        return year
    today = timezone.localdate().year
    return today - (today - year) % 100


def _month(typed: str) -> int:
    if typed.isdecimal():
        return int(typed)
    for names in (MONTHS, MONTHS_3):
        for number, name in names.items():
            if _means(typed.casefold(), str(name).casefold()):
                return number
    raise ValueError(typed)


def _means(typed: str, name: str) -> bool:
    return typed == name or (len(typed) >= 3 and name.startswith(typed))
