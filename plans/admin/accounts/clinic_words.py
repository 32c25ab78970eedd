"""The form's fields for what a clinic says in each language: a disclaimer, and titles, one on a line."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from plans.actions.clinic_words import MAX_DISCLAIMER, MAX_LINES, MAX_TITLE
from plans.models import Clinic

BETWEEN = "="
LINE = _lazy("Write: the title as it was typed = what is printed")
ABOUT_TITLES = _lazy(
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
            label=_("Disclaimer (%(name)s)") % {"name": name},
            required=False,
            max_length=MAX_DISCLAIMER,
            help_text=_(
                "At most %(max_disclaimer)s characters, %(max_lines)s lines. At the end of its language's handouts."
            )
            % {"max_disclaimer": MAX_DISCLAIMER, "max_lines": MAX_LINES},
            widget=_area(code),
        )
        fields[f"titles-{code}"] = forms.CharField(
            label=_("Titles (%(name)s)") % {"name": name},
            required=False,
            help_text=ABOUT_TITLES,
            widget=_area(code),
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
            raise forms.ValidationError(_("Line %(number)s: %(line)s.") % {"number": number, "line": LINE})
        if max(len(title), len(words)) > MAX_TITLE:
            raise forms.ValidationError(
                _("Line %(number)s: a title has at most %(max_title)s characters.")
                % {"number": number, "max_title": MAX_TITLE}
            )
        if title in titles:
            raise forms.ValidationError(
                _("Line %(number)s: %(title)s stands there twice.") % {"number": number, "title": title}
            )
        titles[title] = words
    return titles
