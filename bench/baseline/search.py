"""The search before the ranking: columns that hold each word somewhere, asked of the database each time."""

from django.db.models import Prefetch, Q

from plans.admin.programmes.picker import MAX_FOUND, OfferedExercise
from plans.folding import fold
from plans.models import Clinic, ExerciseRevision, ExerciseText
from plans.queries.approvals import approved_ids
from plans.queries.exercises import offered_revisions
from plans.queries.rules import shared_or_of

MAX_WORDS = 6


def find_exercises(*, clinic: Clinic, language: str, words: str) -> list[OfferedExercise]:
    """Return the exercises in which all the words occur, by name, as release 0.3.0 did."""
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
        OfferedExercise(
            exercise=row.exercise_id,
            revision=row.pk,
            name=text.name if text else row.exercise.code,
            purpose=text.purpose if text else "",
            position=row.get_position_display(),
            kind=row.get_kind_display(),
            approved=bool(text and text.pk in readable and row.pk in revisions),
            found_by="",
        )
        for row, text in found
    ]
    return sorted(offers, key=lambda offer: fold(offer.name))[:MAX_FOUND]


def _matches(words: str, language: str) -> Q:
    condition = Q()
    for word in fold(words).split()[:MAX_WORDS]:
        named = Q(texts__language__in={language, "en"}, texts__search_text__contains=word)
        facts = Q(exercise__code__icontains=word) | Q(kind__icontains=word)
        facts |= Q(position__icontains=word.replace(" ", "_"))
        condition &= named | facts
    return condition


def _best(row: ExerciseRevision, language: str) -> ExerciseText | None:
    texts: list[ExerciseText] = getattr(row, "readable", [])
    return min(texts, key=lambda text: text.language != language, default=None)
