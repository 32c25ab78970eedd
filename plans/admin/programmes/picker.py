"""The exercises that a plan may take: searched by name, code, position, kind or target."""

from dataclasses import dataclass

from django.db.models import Prefetch, Q

from plans.folding import fold
from plans.models import Clinic, ExerciseRevision, ExerciseText
from plans.queries.approvals import approved_ids
from plans.queries.exercises import offered_revisions
from plans.queries.rules import shared_or_of

MAX_FOUND = 40
MAX_TYPED = 80
MAX_WORDS = 6


@dataclass(frozen=True, kw_only=True)
class FoundExercise:
    """One exercise of the list, in the revision that the clinic goes on with."""

    revision: ExerciseRevision
    name: str
    purpose: str
    approved: bool


def find_exercises(*, clinic: Clinic, language: str, words: str) -> list[FoundExercise]:
    """Return the exercises in which all the words occur, in the order of positions, then names.

    Names are in the patient's language, else in English; a text that is missing or not approved is told.
    """
    words = words[:MAX_TYPED]
    texts = ExerciseText.objects.filter(language__in={language, "en"})
    rows = (
        offered_revisions([clinic.pk])
        .filter(shared_or_of(clinic, "exercise__"), exercise__retired_on=None)
        .filter(_matches(words, language))
        .select_related("exercise")
        .prefetch_related(Prefetch("texts", queryset=texts, to_attr="readable"))
    )
    found = [(row, _best(row, language)) for row in rows.distinct()]
    revisions = approved_ids(clinic, "revision", [row.pk for row, _ in found])
    readable = approved_ids(clinic, "text", [text.pk for _, text in found if text])
    offers = [
        FoundExercise(
            revision=row,
            name=text.name if text else row.exercise.code,
            purpose=text.purpose if text else "",
            approved=bool(text and text.language == language and text.pk in readable and row.pk in revisions),
        )
        for row, text in found
    ]
    return sorted(offers, key=lambda row: _rank(row, words))[:MAX_FOUND]


def _matches(words: str, language: str) -> Q:
    condition = Q()
    for word in fold(words).split()[:MAX_WORDS]:
        named = Q(texts__language__in={language, "en"}, texts__search_text__contains=word)
        facts = Q(exercise__code__icontains=word) | Q(kind__icontains=word)
        facts |= Q(position__icontains=word.replace(" ", "_"))
        condition &= named | facts
    return condition


def _rank(found: FoundExercise, words: str) -> tuple[int, str, str]:
    name, typed = fold(found.name), fold(words)
    in_name = all(word in name for word in typed.split())
    return (0 if name.startswith(typed) else 1 if in_name else 2), name, found.revision.exercise.code


def _best(row: ExerciseRevision, language: str) -> ExerciseText | None:
    texts: list[ExerciseText] = getattr(row, "readable", [])
    return min(texts, key=lambda text: text.language != language, default=None)
