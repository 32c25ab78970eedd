"""The gate for what people type: one form for all of it, and nothing that a handout could not print later.

What is refused here would be refused by the check of the finished PDF, hours later and with nobody there to mend it.
"""

from collections.abc import Mapping
from functools import cache
from typing import Any, TypeVar

from django.db import models

from plans import text as plain
from plans.exceptions import PlansError
from plans.handout.fonts import unprintable
from plans.models import (
    Clinic,
    ExternalId,
    Handover,
    Patient,
    PatientCondition,
    PatientLimit,
    PatientNote,
    PatientSymptom,
    Protocol,
    Reason,
    Reissue,
    SentBack,
    User,
)

Row = TypeVar("Row", bound=models.Model)


class TextRefused(PlansError):
    """{field}: this text cannot be kept."""

    code = "text_refused"

    def __init__(self, *, field: str, attribute: str = "", **details: object) -> None:
        super().__init__(field=field, attribute=attribute, **details)
        self.attribute = attribute


class Unprintable(TextRefused):
    """{field}: the handout cannot print {characters}. Take it out."""

    code = "unprintable"


class InvisibleCharacter(TextRefused):
    """{field}: there is a character that cannot be seen ({characters}). Take it out, or type the text anew."""

    code = "invisible_character"


class LooseMark(TextRefused):
    """{field}: a mark such as an accent stands on no letter, or too many stand on one ({characters}). Take it out."""

    code = "loose_mark"


class LooksBlank(TextRefused):
    """{field}: there is nothing to be seen. Write something."""

    code = "looks_blank"


class TextTooLong(TextRefused):
    """{field}: there are more than {most} characters."""

    code = "text_too_long"


class PrintedNameMissing(TextRefused):
    """The handout cannot print {characters} of the name. Write it under "{field}" as it shall stand on paper."""

    code = "printed_name_missing"


NEVER_PRINTED: Mapping[type[models.Model], frozenset[str]] = {
    Patient: frozenset({"name", "phone", "email"}),
    PatientCondition: frozenset({"cleared_by", "cleared_how"}),
    PatientNote: frozenset({"words"}),
    Handover: frozenset({"note"}),
    PatientSymptom: frozenset({"cleared_by", "cleared_how"}),
    PatientLimit: frozenset({"cleared_by", "cleared_how"}),
    Protocol: frozenset({"guidance", "phase"}),
    ExternalId: frozenset({"value"}),
    Reissue: frozenset({"why"}),
    SentBack: frozenset({"words"}),
}
"""May be written in any script. A patient's name prints by its printed form where the fonts do not have it."""


CHOSEN: Mapping[type[models.Model], frozenset[str]] = {
    Patient: frozenset({"language"}),
    Clinic: frozenset({"colour", "time_zone", "locale"}),
    Reason: frozenset({"fingerprint", "finding_code"}),
    User: frozenset({"password"}),
}
"""Chosen from a list or made by a machine, though the column would hold any text."""


def clean_texts(row: Row, *, of: str = "") -> Row:
    """Bring every free text of a row that is not stored yet into its one form.

    Raises a TextRefused that names the field, and what it belongs to: "Own note of pelvic-tilt".
    """
    for field in free_texts(type(row)):
        value = getattr(row, field.attname)
        if value:
            setattr(row, field.attname, _clean_column(row, field, value, of))
        elif not field.blank:
            raise LooksBlank(field=_label(field, of), attribute=field.attname)
    return row


@cache
def free_texts(model: type[models.Model]) -> tuple["models.Field[Any, Any]", ...]:
    return tuple(field for field in model._meta.concrete_fields if _is_free(field))


def clean_text(
    value: str, *, field: str, attribute: str = "", lines: bool = False, printed: bool = True
) -> str:
    """The text in its one form. Raises a TextRefused."""
    text = plain.normalise(value, lines=lines)
    names = {"field": field, "attribute": attribute}
    if found := plain.find_invisible(text):
        raise InvisibleCharacter(**names, characters=", ".join(map(plain.name_character, found)))
    if found := plain.find_loose_marks(text):
        raise LooseMark(**names, characters=", ".join(map(plain.name_character, found)))
    if plain.looks_blank(text):
        return ""
    if printed and (characters := unprintable(text)):
        raise Unprintable(**names, characters=" ".join(characters))
    return text


def clean_name(patient: Patient) -> None:
    """Ask for the printed form of a name in a script that no handout has. Raises PrintedNameMissing."""
    if not patient.printed_name and (strange := unprintable(patient.name)):
        field = str(Patient._meta.get_field("printed_name").verbose_name).capitalize()
        raise PrintedNameMissing(field=field, attribute="printed_name", characters=" ".join(strange))


def _is_free(field: "models.Field[Any, Any]") -> bool:
    return (
        isinstance(field, models.CharField | models.TextField)
        and not isinstance(field, models.SlugField)
        and not field.choices
        and field.editable
        and field.name not in CHOSEN.get(field.model, ())
    )


def _clean_column(row: models.Model, field: "models.Field[Any, Any]", value: str, of: str) -> str:
    names = {"field": _label(field, of), "attribute": field.attname}
    printed = field.name not in NEVER_PRINTED.get(type(row), ())
    lines = isinstance(field, models.TextField)
    text = clean_text(value, **names, lines=lines, printed=printed)
    if not text and not field.blank:
        raise LooksBlank(**names)
    if field.max_length is not None and len(text) > field.max_length:
        raise TextTooLong(**names, most=field.max_length)
    return text


def _label(field: "models.Field[Any, Any]", of: str) -> str:
    label = str(field.verbose_name).capitalize()
    return f"{label} of {of}" if of else label
