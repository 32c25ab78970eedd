"""What a clinic's plans begin with, its stock reasons, what it follows up, and how long devices are remembered."""

from typing import Final

from plans.actions.texts import TextTooLong, clean_text
from plans.exceptions import PlansError
from plans.models import Clinic
from plans.models.clinics import ALL_KINDS, MAX_DEVICE_DAYS, MAX_REVIEW_DAYS, MAX_SILENT_DAYS

MAX_STOCK_REASONS: Final = 12
MAX_STOCK_REASON: Final = 200
LIMITS: Final = {
    "review_days": ("Review after (days)", 1, MAX_REVIEW_DAYS),
    "usual_times_per_day": ("Times a day", 1, 10),
    "usual_days_per_week": ("Days a week", 1, 7),
    "device_days": ("Remember a patient's device (days)", 0, MAX_DEVICE_DAYS),
    "silent_days": ("Days without a log", 1, MAX_SILENT_DAYS),
}
"""What a field is called, and the least and the most that it may be."""
FIELD: Final = "Reasons to choose from"


class TooManyStockReasons(PlansError):
    """There are more than {most} reasons to choose from."""

    code = "too_many_stock_reasons"
    attribute = "stock_reasons"


class UnknownFollowUpKind(PlansError):
    """There is no reason for a follow-up that is called {kind}."""

    code = "unknown_follow_up_kind"
    attribute = "follow_up_kinds"


class UnusualDefault(PlansError):
    """{field}: a number from {least} to {most} is needed."""

    code = "unusual_default"

    def __init__(self, *, field: str, attribute: str, **details: object) -> None:
        super().__init__(field=field, **details)
        self.attribute = attribute


def clean_defaults(clinic: Clinic) -> None:
    """Bring them into their one form; blank reasons and second ones are left out.

    Raises TextRefused, TooManyStockReasons, UnusualDefault, UnknownFollowUpKind.
    """
    for name, (field, least, most) in LIMITS.items():
        if not least <= getattr(clinic, name) <= most:
            raise UnusualDefault(field=field, attribute=name, least=least, most=most)
    _clean_follow_up_kinds(clinic)
    if clinic.stock_reasons is None:
        return
    said = [words.strip() for words in clinic.stock_reasons]
    cleaned = [clean_text(words, field=FIELD, attribute="stock_reasons") for words in said if words]
    if any(len(words) > MAX_STOCK_REASON for words in cleaned):
        raise TextTooLong(field=FIELD, attribute="stock_reasons", most=MAX_STOCK_REASON)
    clinic.stock_reasons = list(dict.fromkeys(cleaned))
    if len(clinic.stock_reasons) > MAX_STOCK_REASONS:
        raise TooManyStockReasons(most=MAX_STOCK_REASONS)


def _clean_follow_up_kinds(clinic: Clinic) -> None:
    for kind in clinic.follow_up_kinds:
        if kind not in ALL_KINDS:
            raise UnknownFollowUpKind(kind=kind)
    clinic.follow_up_kinds = [kind for kind in ALL_KINDS if kind in clinic.follow_up_kinds]
