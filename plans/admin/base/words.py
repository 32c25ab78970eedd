"""Words of the library's values in the language of the desk."""

from datetime import date
from gettext import NullTranslations
from typing import cast

from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation.trans_real import translation as load_translation

from plans.dose import Dose, Limb, brief
from plans.languages import SOURCE


def dose_line(dose: Dose, *, limb: str = "") -> str:
    """Return the dose in one line; `limb` is the code of what works on a side."""
    words = cast(NullTranslations, load_translation(get_language() or SOURCE))
    return brief(dose, words=words, limb=Limb(limb) if limb else None, format_date=_day)


def _day(day: date) -> str:
    return date_format(day, "DATE_FORMAT")
