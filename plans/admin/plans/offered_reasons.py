"""Reasons to choose from beside one's own words: the clinic's, and those that the person gave lately."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy

from plans.models import Clinic, Reason, User

MAX_RECENT_REASONS = 3
MAX_REASONS_READ = 60
SEEN = gettext_lazy("Seen.")
SEEN_ON_SHEET = gettext_lazy("Seen; the sheet says what to watch for.")
STOCK_REASONS = (
    gettext_lazy("Tried here today; it did not hurt more."),
    gettext_lazy("Small range and slowly; we look again at the review."),
    gettext_lazy("Agreed with the doctor who treats this."),
    gettext_lazy("Looked at together; the sheet says what to watch for."),
)


def recent_reasons(person: User) -> dict[str, tuple[str, ...]]:
    own = Reason.objects.filter(created_by=person, taken_back_at=None).order_by("-created_at")
    rows = own.values_list("finding_code", "words")
    found: dict[str, dict[str, None]] = {}
    for code, words in rows[:MAX_REASONS_READ]:
        found.setdefault(code, {}).setdefault(words)
    return {code: tuple(words)[:MAX_RECENT_REASONS] for code, words in found.items()}


def stock_reasons(clinic: Clinic) -> Sequence[str]:
    """Return the clinic's own list, or ours in the person's language until it has one."""
    own: list[str] | None = clinic.stock_reasons
    return [str(words) for words in STOCK_REASONS] if own is None else own
