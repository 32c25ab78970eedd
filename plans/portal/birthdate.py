"""Read a birth date from one field or three, as people type it, without ever guessing what they mean.

Where 4/12/1968 may be two days, both are returned and the page asks which one is meant. To take the order of a
language or country would cost some people one of their few tries; to let one try stand for both days would give
somebody who guesses twice as many.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from django.utils import timezone

from plans.languages import Language
from plans.portal.months import month_of
from plans.portal.plain_text import plain

LINE = "date"
FIELDS = ("day", "month", "year")
MAX_LENGTH = 40
FIRST_YEAR = 1900
DAY_FIRST = FIELDS
MONTH_FIRST = ("month", "day", "year")
YEAR_FIRST = ("year", "month", "day")
_PARTS = {"j": "day", "F": "month", "n": "month", "Y": "year"}
_NUMBER = r"(?P<number>\d+)"
_WORD = r"(?P<word>(?:(?:كانون|تشرين)\s+)?[^\W\d_]+)"
_GAP = r"[\s.,/\\\-‐-―−'’`°:;،؛٫٬、。·|_()]"
_TOKEN = re.compile(f"{_NUMBER}|{_WORD}")
_READABLE = re.compile(f"(?:{_GAP}|[^\\W_])*")
_BESIDE_NUMBERS = {"day": "st nd rd th o a er ero ra ro do to 日 号 號", "month": "月", "year": "年 م"}
_ROLES = {word: role for role, words in _BESIDE_NUMBERS.items() for word in words.split()}
_SAYS_NOTHING = {"of", "the", "de", "del", "el", "من", "في", "شهر", "سنه", "عام"}
_FIRST_OF_MONTH = "primero"
"""The one day that is written as a word in dates: in Spanish."""


class Part(NamedTuple):
    """Digits of a date, and what they stand for where that is told beside them."""

    digits: str
    role: str = ""


def field_order(language: Language) -> tuple[str, ...]:
    return tuple(_PARTS[letter] for letter in re.findall("[jFnY]", language.date_format))


def read_birth_date(typed: Mapping[str, str], *, language: Language) -> list[date]:
    """Return the days that this may mean: none for what is nobody's birth date, more where it can be read in two ways.

    Digits of any script and names of months in all languages of the pages; a whole date also in one of the three
    fields. The days stand in the order of the language's dates. A year of two digits is the last such year in which
    the day is not in the future, so people of 100 years write four.
    """
    line = typed.get(LINE, "").strip()
    fields = {field: typed.get(field, "").strip() for field in FIELDS}
    order = field_order(language)
    if line or not all(fields.values()):
        parts = _parts(line or " ".join(fields[field] for field in order))
    else:
        parts = [part for field in FIELDS for part in _field_parts(fields[field], field)]
    return _days(parts, order)


def _field_parts(typed: str, field: str) -> list[Part]:
    parts = _parts(typed)
    is_one = len(parts) == 1 and parts[0].role in ("", field)
    return [Part(parts[0].digits, field)] if is_one else []


def _parts(typed: str) -> list[Part]:
    """Read numbers and names of months, in the order in which they stand; nothing if anything else stands there."""
    text = plain(typed[:MAX_LENGTH])
    if not _READABLE.fullmatch(text):
        return []
    parts: list[Part] = []
    for found in _TOKEN.finditer(text):
        if found["number"]:
            parts.append(Part(found["number"]))
            continue
        word = " ".join(found["word"].split())
        role = _ROLES.get(word)
        if role and parts and not parts[-1].role:
            parts[-1] = Part(parts[-1].digits, role)
        elif word == _FIRST_OF_MONTH:
            parts.append(Part("1", "day"))
        elif month := month_of(word):
            parts.append(Part(str(month), "month"))
        elif word not in _SAYS_NOTHING:
            return []
    return parts


def _days(parts: Sequence[Part], order: tuple[str, ...]) -> list[date]:
    usual = [_day(parts, each) for each in (order, DAY_FIRST, MONTH_FIRST)]
    if not any(usual):
        usual = [_day(parts, YEAR_FIRST)]
        if any(part.role == "month" for part in parts):
            usual.append(_day(parts, ("year", "day", "month")))
    return list(dict.fromkeys(day for day in usual if day))


def _day(parts: Sequence[Part], order: tuple[str, ...]) -> date | None:
    if len(parts) == 1 and not parts[0].role:
        parts = _cut(parts[0].digits, order)
    if len(parts) != len(order) or any(
        part.role not in ("", role) for part, role in zip(parts, order, strict=True)
    ):
        return None
    named = {role: part.digits for part, role in zip(parts, order, strict=True)}
    for year in _years(named["year"]):
        try:
            found = date(year, int(named["month"]), int(named["day"]))
        except (ValueError, OverflowError):
            continue
        if date(FIRST_YEAR, 1, 1) <= found <= timezone.localdate():
            return found
    return None


def _cut(digits: str, order: tuple[str, ...]) -> list[Part]:
    """Part a date that is written without gaps, such as 12041968 or 120468."""
    if len(digits) not in (6, 8):
        return []
    parts, rest = [], digits
    for role in order:
        length = len(digits) - 4 if role == "year" else 2
        parts.append(Part(rest[:length], role))
        rest = rest[length:]
    return parts


def _years(digits: str) -> list[int]:
    """Return the year; of two digits, those of this century and the last."""
    if len(digits) != 2:
        return [int(digits)] if len(digits) == 4 else []
    century = timezone.localdate().year // 100 * 100
    return [century + int(digits), century - 100 + int(digits)]
