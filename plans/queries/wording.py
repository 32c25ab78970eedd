"""The handout's fixed words in a language, by a name that changes when any of them changes."""

import hashlib
from ast import literal_eval
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from django.conf import settings
from django.utils.translation import to_locale

from plans.languages import SOURCE
from plans.models import Clinic
from plans.queries.approvals import standing, wording_approved

COMPLETE = "es"
"""English has no catalogue of its own; its words are what another, complete one translates."""
PRINTED_FROM = ("templates/handout/", "plans/handout/", "plans/dose/")


def language_ready(clinic: Clinic, language: str) -> bool:
    """Whether a reviewer of the clinic vouches for the fixed words of this language as they stand."""
    return wording_approved(clinic, wording_name(language))


def any_wording_approved(clinic: Clinic, language: str) -> bool:
    return standing(clinic).filter(wording__startswith=f"{language}:").exists()


@cache
def wording_name(language: str) -> str:
    """Name the fixed words of handouts: the language, and a digest of the words alone."""
    digest = hashlib.sha256("\n".join(handout_words(language)).encode())
    return f"{language}:{digest.hexdigest()[:16]}"


def handout_words(language: str) -> Iterator[str]:
    """The catalogue's entries that handouts print, without their comments; English without translations."""
    english = language == SOURCE
    for entry in _catalogue(COMPLETE if english else language).split("\n\n"):
        if any(f"#: {source}" in entry for source in PRINTED_FROM):
            yield "\n".join(_lines(entry, translated=not english))


def words_to_read(language: str) -> list[tuple[str, str]]:
    """The same words for a reviewer to read: English, and the translation; a slash stands before a plural."""
    return [_read(entry) for entry in handout_words(language)]


def _read(entry: str) -> tuple[str, str]:
    said: dict[str, str] = {}
    key = ""
    for line in entry.splitlines():
        if not line.startswith('"'):
            key, _, line = line.partition(" ")
        said[key] = said.get(key, "") + literal_eval(line)
    english, translated = (
        " / ".join(dict.fromkeys(words for key, words in said.items() if key.startswith(kind)))
        for kind in ("msgid", "msgstr")
    )
    return english, translated


def _catalogue(language: str) -> str:
    file = Path(settings.BASE_DIR) / "locale" / to_locale(language) / "LC_MESSAGES" / "django.po"
    return file.read_text(encoding="utf-8") if file.is_file() else ""


def _lines(entry: str, *, translated: bool) -> Iterator[str]:
    for line in entry.splitlines():
        if line.startswith("msgstr") and not translated:
            return
        if not line.startswith("#"):
            yield line
