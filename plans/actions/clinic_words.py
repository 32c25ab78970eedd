"""What a clinic says on its handouts in each language: its disclaimer, and titles of plans and of people."""

from collections.abc import Mapping
from typing import Final

from plans.actions.texts import LooksBlank, TextRefused, TextTooLong, clean_text
from plans.exceptions import PlansError
from plans.languages import Language, get_language
from plans.models import Clinic

MAX_DISCLAIMER: Final = 2000
MAX_LINES: Final = 40
"""Of a disclaimer: its lines end on paper where they are typed, so that it would take pages."""
MAX_TITLE: Final = 120
MAX_TITLES: Final = 100


class TooManyTitles(PlansError):
    """{language}: there are more than {most} titles."""

    code = "too_many_titles"
    attribute = "titles"


class TooManyLines(TextRefused):
    """{field}: there are more than {most} lines, blank ones too. Join some of them."""

    code = "too_many_lines"


def clean_words(clinic: Clinic) -> None:
    """Bring the words of a clinic that is not stored yet into their one form; what is blank is left out.

    Raises TextRefused, UnknownLanguage, TooManyTitles.
    """
    clinic.disclaimers = _clean_disclaimers(clinic.disclaimers)
    clinic.titles = _clean_titles(clinic.titles)


def _clean_disclaimers(said: Mapping[str, str]) -> dict[str, str]:
    cleaned = {}
    for code, words in said.items():
        language = get_language(code)
        field, attribute = f"Disclaimer ({language.name})", "disclaimers"
        if text := clean_text(words, field=field, attribute=attribute, lines=True).strip():
            if len(text) > MAX_DISCLAIMER:
                raise TextTooLong(field=field, attribute=attribute, most=MAX_DISCLAIMER)
            if text.count("\n") >= MAX_LINES:
                raise TooManyLines(field=field, attribute=attribute, most=MAX_LINES)
            cleaned[language.code] = text
    return cleaned


def _clean_titles(said: Mapping[str, Mapping[str, str]]) -> dict[str, dict[str, str]]:
    cleaned = {}
    for code, titles in said.items():
        language = get_language(code)
        if len(titles) > MAX_TITLES:
            raise TooManyTitles(language=language.name, most=MAX_TITLES)
        if pairs := [(_title(title, language), _title(words, language)) for title, words in titles.items()]:
            cleaned[language.code] = dict(pairs)
    return cleaned


def _title(words: str, language: Language) -> str:
    field, attribute = f"Titles ({language.name})", "titles"
    text = clean_text(words, field=field, attribute=attribute)
    if not text:
        raise LooksBlank(field=field, attribute=attribute)
    if len(text) > MAX_TITLE:
        raise TextTooLong(field=field, attribute=attribute, most=MAX_TITLE)
    return text
