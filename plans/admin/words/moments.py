"""Moments as the desk's language writes them."""

from datetime import date, datetime

from django.utils import timezone
from django.utils.formats import date_format


def day_in_words(day: date | None) -> str:
    return date_format(day, "DATE_FORMAT") if day else ""


def moment_in_words(moment: datetime) -> str:
    return date_format(timezone.localtime(moment), "SHORT_DATETIME_FORMAT")
