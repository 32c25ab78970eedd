"""What is written of exercises and rules, in the library's files or at the desk, through the gate for text."""

from collections.abc import Iterable, Mapping
from dataclasses import fields, replace
from typing import Any, TypeVar

from plans.actions.texts import clean_text
from plans.contraindications import Disagreement, Said
from plans.libraryfiles import (
    DifferenceData,
    Entry,
    ExerciseData,
    ExerciseText,
    LeafletSection,
    LeafletText,
    MeasureText,
    ProtocolItemData,
    ProtocolText,
    RuleData,
)

Record = TypeVar("Record", ExerciseData, ExerciseText, RuleData)


def check_entries(entries: Iterable[Entry]) -> None:
    """Check what names of movements, conditions and the like, and what advice, say. Raises a TextRefused."""
    for entry in entries:
        for field in fields(entry):
            if field.name not in ("code", "place"):
                _check(getattr(entry, field.name), f"{field.name.capitalize()} of {entry.code}")


def _check(value: object, label: str) -> None:
    if isinstance(value, str):
        clean_text(value, field=label)
    elif isinstance(value, tuple | Mapping):
        for part in value.values() if isinstance(value, Mapping) else value:
            _check(part, label)
    elif isinstance(value, LeafletText | LeafletSection | ProtocolText | MeasureText | DifferenceData):
        for field in fields(value):
            _check(getattr(value, field.name), label)
    elif isinstance(value, ProtocolItemData):
        _check(value.dose.load, label)


def clean_exercise(data: ExerciseData) -> ExerciseData:
    """Bring the texts of an exercise that is about to be written into their one form. Raises a TextRefused."""
    texts = {
        language: _clean_exercise_text(text, language, data.code) for language, text in data.texts.items()
    }
    disagreement = data.disagreement and _clean_disagreement(data.disagreement, data.code)
    helps = tuple(
        replace(one, source=clean_text(one.source, field=f"Source of {data.code}")) for one in data.helps
    )
    data = replace(data, texts=texts, disagreement=disagreement, helps=helps)
    return _clean_all(data, ("safe_source", "source", "source_note"), of=data.code)


def clean_rule(data: RuleData) -> RuleData:
    label = f"Sentence for the patient of {data.code}"
    sentences = {language: clean_text(words, field=label) for language, words in data.sentences.items()}
    data = replace(data, sentences=sentences)
    return _clean_all(data, ("rationale", "source", "counter_evidence"), of=data.code)


def _clean_exercise_text(text: ExerciseText, language: str, code: str) -> ExerciseText:
    parts = ("name", "purpose", "start", "steps", "cautions", "breathing", "alt", "also")
    text = _clean_all(text, parts, of=code, prefix=f"{language}-")
    return _clean_all(text, ("note",), of=code, prefix=f"{language}-", printed=False)


def _clean_disagreement(disagreement: Disagreement, code: str) -> Disagreement:
    label = f"What the sources of {code} disagree about"
    sides = tuple(Said(*(clean_text(part, field=label) for part in side)) for side in disagreement.sides)
    return replace(disagreement, sides=sides, go_on_when=clean_text(disagreement.go_on_when, field=label))


def _clean_all(
    record: Record, names: Iterable[str], *, of: str, prefix: str = "", printed: bool = True
) -> Record:
    """A record of a file or a form with these of its texts, or lists of texts, cleaned."""

    def clean(name: str, value: str) -> str:
        label = f"{name.replace('_', ' ').capitalize()} of {of}"
        return clean_text(value, field=label, attribute=f"{prefix}{name}", printed=printed)

    held = {name: getattr(record, name) for name in names}
    cleaned: dict[str, Any] = {
        name: clean(name, value) if isinstance(value, str) else tuple(clean(name, text) for text in value)
        for name, value in held.items()
    }
    return replace(record, **cleaned)
