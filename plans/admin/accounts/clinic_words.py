"""The form's fields for what a clinic says in each language: a disclaimer, and titles, one on a line."""

from typing import Any

from django import forms
from django.conf import settings

from plans.actions.clinic_words import MAX_DISCLAIMER, MAX_LINES, MAX_TITLE
from plans.models import Clinic

BETWEEN = "="
LINE = f"Write: the title as it was typed {BETWEEN} what is printed"
ABOUT_TITLES = (
    "One on a line, of plans, protocols or people, as: Physical therapist = Fisioterapeuta. "
    "Handouts in this language print what stands behind the sign."
)


def disclaimer_fields() -> list[str]:
    return [f"disclaimer-{code}" for code, _ in settings.LANGUAGES]


def title_fields() -> list[str]:
    return [f"titles-{code}" for code, _ in settings.LANGUAGES]


def make_fields() -> dict[str, forms.Field]:
    fields: dict[str, forms.Field] = {}
    for code, name in settings.LANGUAGES:
        fields[f"disclaimer-{code}"] = forms.CharField(
            label=f"Disclaimer ({name})",
            required=False,
            max_length=MAX_DISCLAIMER,
            help_text=f"At most {MAX_DISCLAIMER} characters, {MAX_LINES} lines. At the end of its language's handouts.",
            widget=_area(code),
        )
        fields[f"titles-{code}"] = forms.CharField(
            label=f"Titles ({name})", required=False, help_text=ABOUT_TITLES, widget=_area(code)
        )
    return fields


def _area(code: str) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": 3, "lang": code, "dir": "auto"})


def initial_of(clinic: Clinic) -> dict[str, str]:
    said = {f"disclaimer-{code}": words for code, words in clinic.disclaimers.items()}
    for code, titles in clinic.titles.items():
        said[f"titles-{code}"] = "\n".join(f"{title} {BETWEEN} {words}" for title, words in titles.items())
    return said


def disclaimers_of(cleaned: dict[str, Any]) -> dict[str, str]:
    said = {code: cleaned.get(f"disclaimer-{code}", "") for code, _ in settings.LANGUAGES}
    return {code: words for code, words in said.items() if words}


def read_titles(text: str) -> dict[str, str]:
    """Return the titles of a field by the title as it was typed. Raises ValidationError that names the line."""
    titles: dict[str, str] = {}
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        title, sign, words = (part.strip() for part in line.partition(BETWEEN))
        if not (title and sign and words):
            raise forms.ValidationError(f"Line {number}: {LINE}.")
        if max(len(title), len(words)) > MAX_TITLE:
            raise forms.ValidationError(f"Line {number}: a title has at most {MAX_TITLE} characters.")
        if title in titles:
            raise forms.ValidationError(f"Line {number}: {title} stands there twice.")
        titles[title] = words
    return titles
