"""Doses in one line, in the language of the desk."""

from datetime import date

from django.utils.formats import date_format

from plans.admin.words.doses import DESK_WORDS
from plans.dose import Dose, Limb, brief


def dose_line(dose: Dose, *, limb: str = "") -> str:
    """Return the dose in one line; `limb` is the code of what works on a side."""
    return brief(dose, words=DESK_WORDS, limb=Limb(limb) if limb else None, format_date=_day)


def _day(day: date) -> str:
    return date_format(day, "DATE_FORMAT")
