"""Other therapies that a plan may note, in the patient's language where there is a text."""

from uuid import UUID

from plans.libraryfiles import AdviceKind
from plans.models import AdviceText, Clinic
from plans.queries.rules import shared_or_of


def therapy_choices(clinic: Clinic | None, language: str) -> list[tuple[str, str]]:
    """Return each therapy's id and newest words: in this language, else in English."""
    if clinic is None:
        return []
    rows = AdviceText.objects.filter(
        shared_or_of(clinic, "advice__"), advice__kind=AdviceKind.THERAPY, language__in={language, "en"}
    )
    words: dict[UUID, str] = {}
    for text in sorted(rows.order_by("advice__order", "number"), key=lambda text: text.language == language):
        words[text.advice_id] = text.words
    return [(str(advice_id), said) for advice_id, said in words.items()]
