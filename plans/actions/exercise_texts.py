"""The texts of a revision: written once each; a further language joins, a changed one needs a new revision."""

from collections.abc import Mapping

from plans.libraryfiles import ExerciseData
from plans.libraryfiles import ExerciseText as TextData
from plans.models import ExerciseRevision, ExerciseText


def texts_of(revision: ExerciseRevision) -> dict[str, TextData]:
    return {row.language: _as_data(row) for row in revision.texts.all()}


def _as_data(row: ExerciseText) -> TextData:
    return TextData(
        name=row.name,
        purpose=row.purpose,
        start=row.start,
        steps=tuple(row.steps),
        cautions=tuple(row.cautions),
        breathing=row.breathing,
        alt=row.alt,
        also=tuple(row.also),
        note=row.note,
    )


def differs(revision: ExerciseRevision, data: ExerciseData) -> bool:
    held = texts_of(revision)
    return any(held.get(language.lower(), text) != text for language, text in data.texts.items())


def add_texts(revision: ExerciseRevision, texts: Mapping[str, TextData]) -> int:
    """Add the texts in languages that the revision lacks; return how many."""
    held = texts_of(revision)
    missing = {code.lower(): text for code, text in texts.items() if code.lower() not in held}
    for language, text in missing.items():
        ExerciseText.objects.create(
            revision=revision,
            language=language,
            name=text.name,
            purpose=text.purpose,
            start=text.start,
            steps=list(text.steps),
            cautions=list(text.cautions),
            breathing=text.breathing,
            alt=text.alt,
            also=list(text.also),
            note=text.note,
        )
    return len(missing)
