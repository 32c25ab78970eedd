"""What patients told of their plans, read for the page, the desk and the API."""

from plans.queries.logs.adherence import RECENT_DAYS, Adherence, adherence, adherences, recent_adherences
from plans.queries.logs.entries import (
    Told,
    day_entries_of,
    entries_of,
    has_told,
    pain_by_day,
    read_told,
    worst_pains,
)
from plans.queries.logs.versions import (
    holds_item,
    version_holding,
    version_of_day,
    versions_by_item,
)
from plans.queries.logs.warning_signs import FIXED_SIGNS, known_signs, say_signs, signs_of_versions

__all__ = [
    "FIXED_SIGNS",
    "RECENT_DAYS",
    "Adherence",
    "Told",
    "adherence",
    "adherences",
    "day_entries_of",
    "entries_of",
    "has_told",
    "holds_item",
    "known_signs",
    "pain_by_day",
    "read_told",
    "recent_adherences",
    "say_signs",
    "signs_of_versions",
    "version_holding",
    "version_of_day",
    "versions_by_item",
    "worst_pains",
]
