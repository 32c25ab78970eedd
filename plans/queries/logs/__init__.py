"""What patients told of their plans, read for the page, the desk and the API."""

from plans.queries.logs.adherence import Adherence, adherence, adherences
from plans.queries.logs.entries import day_entries_of, entries_of, has_told, pain_by_day
from plans.queries.logs.versions import (
    holds_item,
    item_names,
    version_holding,
    version_of_day,
    versions_by_item,
)
from plans.queries.logs.warning_signs import FIXED_SIGNS, known_signs, say_signs, signs_of_versions

__all__ = [
    "FIXED_SIGNS",
    "Adherence",
    "adherence",
    "adherences",
    "day_entries_of",
    "entries_of",
    "has_told",
    "holds_item",
    "item_names",
    "known_signs",
    "pain_by_day",
    "say_signs",
    "signs_of_versions",
    "version_holding",
    "version_of_day",
    "versions_by_item",
]
