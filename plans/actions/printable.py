"""What the check of a finished PDF would veto is refused before anything is frozen, by the name of the field."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from enum import Enum
from functools import cache
from typing import Any

from django.utils import translation

from plans import text as plain
from plans.actions.texts import LooksBlank, TextRefused, clean_text
from plans.content import FindingContent, ItemContent, LeafletContent, PlanContent
from plans.handout import strings
from plans.handout.fonts import unprintable
from plans.handout.preflight import expected
from plans.languages import Language, get_language
from plans.readability import Readability, read

NOT_PRINTED = frozenset(
    {
        *("plan_id", "publication_id", "sheet_code", "link_id", "language", "key", "exercise_code"),
        *(
            "revision_id",
            "kind",
            "position",
            "colour",
            "logo",
            "sha256",
            "media_type",
            "code",
            "level",
            "limb",
            "unit",
            "side",
            "body",
            "red_flag",
        ),
    }
)
"""Fields of a content that hold ids and words of closed lists."""


MAX_LETTERS = 600_000
"""Of all that a sheet prints: measured, it is made in half of a worker's time, with three quarters of its memory."""


class TooMuchText(TextRefused):
    """{field}: the plan has {letters} letters to print, and a sheet holds at most {most}. Take exercises out, or
    shorten their notes.
    """

    code = "too_much_text"


class TooHardToRead(TextRefused):
    """The words are too hard to read ({measure} {value}), most of all those of {field}. Write plainer ones."""

    code = "too_hard_to_read"


def check_content(content: PlanContent) -> None:
    """Raise a TextRefused, UnknownLanguage or WordsMissing for a content that no format could print."""
    texts = list(_texts(content))
    _check_length(texts)
    _check_characters(texts)
    for item in content.items:
        if item.picture and plain.looks_blank(item.picture.alt):
            raise LooksBlank(field=f"What the picture of {item.exercise_code} shows")
    language = get_language(content.language, locale=content.clinic.locale)
    with translation.override(language.code):
        strings.check_words(language)
        _check_reading(content, language)


def _check_length(texts: list[tuple[str, str]]) -> None:
    letters = sum(len(text) for _, text in texts)
    if letters > MAX_LETTERS:
        raise TooMuchText(field="Exercises", attribute="items", letters=letters, most=MAX_LETTERS)


def _check_characters(texts: list[tuple[str, str]]) -> None:
    # All at once, as nearly always nothing is wrong.
    whole = "\n".join(text for _, text in texts)
    if not (unprintable(whole) or plain.find_invisible(whole) or plain.find_loose_marks(whole)):
        return
    for label, text in texts:
        clean_text(text, field=label, lines=True)


def _check_reading(content: PlanContent, language: Language) -> None:
    whole = read(expected.graded_text(content, language), language=language.code)
    if whole is None or not whole.too_hard:
        return
    parts = {item.exercise_code: "\n".join(expected.graded_of(item, language)) for item in content.items}
    parts["the advice"] = "\n".join(content.advice)
    parts["the warning signs"] = "\n".join(sign.words for sign in content.signs)
    parts |= {f"the leaflet {leaflet.code}": "\n".join(leaflet.lines) for leaflet in content.leaflets}
    read_parts = {name: read(text, language=language.code) for name, text in parts.items()}
    hardest = max(parts, key=lambda name: _hardness(read_parts[name]))
    raise TooHardToRead(field=hardest, measure=whole.measure, value=whole.value)


def _hardness(reading: Readability | None) -> float:
    """How far a text is from its target: one measure rises with difficulty, the other falls."""
    if reading is None:
        return 0
    distance = reading.value - reading.target
    return distance if reading.measure.startswith("Flesch") else -distance


def _texts(value: Any, label: str = "", of: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(value, str) and not isinstance(value, Enum):
        yield f"{label}{of}", value
    elif isinstance(value, tuple):
        for part in value:
            yield from _texts(part, label, of)
    elif is_dataclass(value):
        of = _owner(value, label) or of
        for name, words in _printed_fields(value.__class__):
            yield from _texts(getattr(value, name), words, of)


@cache
def _printed_fields(kind: type[Any]) -> tuple[tuple[str, str], ...]:
    names = [field.name for field in fields(kind) if field.name not in NOT_PRINTED]
    return tuple((name, name.replace("_", " ").capitalize()) for name in names)


def _owner(record: Any, label: str) -> str:
    if isinstance(record, ItemContent):
        return f" of {record.exercise_code}"
    if isinstance(record, FindingContent):
        return f" of the finding {record.code}"
    if isinstance(record, LeafletContent):
        return f" of the leaflet {record.code}"
    return f" of the {label.lower()}" if label in ("Clinic", "Patient", "Therapist") else ""
