"""The exercises that a plan may take, as the list under the search shows them."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext_lazy as _lazy

from plans.folding import fold
from plans.models import Clinic
from plans.queries.approvals import standing
from plans.queries.exercise_search import FoundExercise, search_exercises
from plans.queries.search_documents import Listed
from plans.search import Field

MAX_FOUND = 40

WHY = {
    Field.NAME: _lazy("Also called"),
    Field.OTHER_NAME: _lazy("Also called"),
    Field.HELPS: _lazy("Helps with"),
    Field.TARGET: _lazy("For"),
    Field.REGION: _lazy("For"),
    Field.EQUIPMENT: _lazy("Needs"),
    Field.LEVEL: _lazy("Level"),
    Field.MOVEMENT: _lazy("Movement"),
}
"""Why an exercise was found, where neither its name nor what stands beside it says so."""


@dataclass(frozen=True, kw_only=True)
class OfferedExercise:
    """One exercise of the list, in the revision that the clinic goes on with."""

    exercise: UUID
    revision: UUID
    name: str
    purpose: str
    position: str
    kind: str
    approved: bool
    found_by: str


def find_exercises(*, clinic: Clinic, language: str, words: str) -> list[OfferedExercise]:
    """Return what the words find, the best first, or all by name without any.

    Names are in the patient's language, else in English; a text that is missing or not approved is told.
    """
    found = search_exercises(words, clinics=[clinic.pk], language=language)[:MAX_FOUND]
    shown = [(one, *_text(one.listed, language)) for one in found]
    ids = [one.listed.revision for one in found]
    texts = [text for _, text, _ in shown if text]
    approvals = standing(clinic).filter(Q(revision__in=ids) | Q(text__in=texts)).order_by()
    approved = {pk for pair in approvals.values_list("revision_id", "text_id") for pk in pair}
    return [
        OfferedExercise(
            exercise=one.listed.exercise,
            revision=one.listed.revision,
            name=one.listed.document.name_in(language),
            purpose=purpose,
            position=one.listed.position,
            kind=one.listed.kind,
            approved=language in one.listed.texts and {one.listed.revision, text} <= approved,
            found_by=found_by(one, language),
        )
        for one, text, purpose in shown
    ]


def _text(listed: Listed, language: str) -> tuple[UUID | None, str]:
    return listed.texts.get(language) or listed.texts.get("en") or (None, "")


def found_by(one: FoundExercise, language: str) -> str:
    name, by = one.listed.document.name_in(language), one.hit.by
    if by is None or one.hit.field not in WHY or fold(by.words) in fold(name):
        return ""
    return f"{WHY[one.hit.field]}: {by.words}"
