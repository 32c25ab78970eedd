"""The text of an exercise in each language that handouts are printed in."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from plans.libraryfiles import ExerciseText as TextData
from plans.libraryfiles.vocabulary import LIMITS, MAX_CAUTIONS, MAX_NAMES, MAX_STEPS
from plans.models import ExerciseRevision

PARTS = ("name", "also", "purpose", "start", "steps", "breathing", "cautions", "alt")
LABELS = {
    "name": _lazy("Name"),
    "also": _lazy("Other names, one on a line; never printed"),
    "purpose": _lazy("What it is for"),
    "start": _lazy("Start position"),
    "steps": _lazy("Steps, one on a line. For one side: the sheet says from the dose when to change"),
    "breathing": _lazy("How to breathe, where it matters"),
    "cautions": _lazy("Cautions, one on a line"),
    "alt": _lazy("What the picture shows: start and end"),
}
OPTIONAL = frozenset({"also", "breathing"})
MANY = {"also": ("also", MAX_NAMES), "steps": ("step", MAX_STEPS), "cautions": ("caution", MAX_CAUTIONS)}


def lines_of(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())


class TextFields(forms.BaseForm):
    """The fields of all languages; a language without any word is not written."""

    def add_text_fields(self, base: ExerciseRevision | None) -> None:
        for code, _name in settings.LANGUAGES:
            for part in PARTS:
                self.fields[f"{code}-{part}"] = _field(part)
        for text in base.texts.all() if base else []:
            for part in PARTS:
                value = getattr(text, part)
                said = "\n".join(value) if isinstance(value, list) else value
                self.initial[f"{text.language}-{part}"] = said

    @property
    def languages(self) -> list[dict[str, Any]]:
        return [
            {
                "code": code,
                "name": name,
                "fields": [self[f"{code}-{part}"] for part in PARTS],
                "open": bool(self[f"{code}-name"].value()) or self._has_errors(code),
            }
            for code, name in settings.LANGUAGES
        ]

    def check_texts(self) -> None:
        written = self._written()
        if not written:
            self.add_error("en-name", _("Write the text in at least one language."))
        for code in written:
            for part in PARTS:
                self._check(code, part)

    def texts(self) -> dict[str, TextData]:
        return {code: self._text(code) for code in self._written()}

    def _written(self) -> list[str]:
        said = self.cleaned_data
        return [
            code
            for code, _ in settings.LANGUAGES
            if any(said.get(f"{code}-{part}", "").strip() for part in PARTS)
        ]

    def _check(self, code: str, part: str) -> None:
        name = f"{code}-{part}"
        text = self.cleaned_data.get(name, "")
        if not text.strip():
            if part not in OPTIONAL:
                self.add_error(name, _("This is needed."))
        elif part not in MANY:
            if len(text) > LIMITS[part]:
                self.add_error(name, _("At most %(value)s characters.") % {"value": LIMITS[part]})
        else:
            self._check_lines(name, text, *MANY[part])

    def _check_lines(self, name: str, text: str, limit: str, most: int) -> None:
        lines = lines_of(text)
        if len(lines) > most:
            self.add_error(name, _("At most %(most)s lines.") % {"most": most})
        for number, line in enumerate(lines, start=1):
            if len(line) > LIMITS[limit]:
                self.add_error(
                    name,
                    _("Line %(number)s is longer than %(value)s characters.")
                    % {"number": number, "value": LIMITS[limit]},
                )

    def _text(self, code: str) -> TextData:
        said = {part: self.cleaned_data[f"{code}-{part}"].strip() for part in PARTS}
        return TextData(
            name=said["name"],
            purpose=said["purpose"],
            start=said["start"],
            steps=lines_of(said["steps"]),
            breathing=said["breathing"],
            cautions=lines_of(said["cautions"]),
            alt=said["alt"],
            also=lines_of(said["also"]),
        )

    def _has_errors(self, code: str) -> bool:
        return any(name.startswith(f"{code}-") for name in self.errors) if self.is_bound else False


def _field(part: str) -> forms.CharField:
    if part in MANY or part == "alt":
        widget: forms.Widget = forms.Textarea(attrs={"rows": 5 if part in MANY else 2})
    else:
        widget = forms.TextInput()
    return forms.CharField(label=LABELS[part], required=False, max_length=4000, widget=widget)
