"""Moments as the desk's language writes them."""

from datetime import datetime

from django.utils import timezone
from django.utils.formats import date_format


def moment_in_words(moment: datetime) -> str:
    return date_format(timezone.localtime(moment), "SHORT_DATETIME_FORMAT")
