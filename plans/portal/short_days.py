"""Days without their year, which lists of a few weeks need not tell."""

import re
from datetime import date

from django.utils import dateformat

from plans.languages import SOURCE, Language

_YEAR = re.compile(r",?\s*(?:\\d\\e\s*)?Y年?")
"""The year in a language's way to write a date, with what joins it."""


def in_short(day: date, language: Language) -> str:
    month = "M" if language.code == SOURCE else "b"  # small letters, as languages but English have them
    return dateformat.format(day, _YEAR.sub("", language.date_format).replace("F", month))
