"""The handout's fixed words in a language, by a name that changes when any of them changes."""

import hashlib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from django.conf import settings
from django.utils.translation import to_locale

from plans.models import Clinic
from plans.queries.approvals import wording_approved

SOURCE_LANGUAGE = "en"
COMPLETE = "es"
"""English has no catalogue of its own; its words are what another, complete one translates."""
PRINTED_FROM = ("templates/handout/", "plans/rendering/", "plans/dose/")


def language_ready(clinic: Clinic, language: str) -> bool:
    """Whether a reviewer of the clinic vouches for the fixed words of this language as they stand."""
    return wording_approved(clinic, wording_name(language))


@cache
def wording_name(language: str) -> str:
    """Name the fixed words of handouts: the language, and a digest of the words alone."""
    digest = hashlib.sha256("\n".join(handout_words(language)).encode())
    return f"{language}:{digest.hexdigest()[:16]}"


def handout_words(language: str) -> Iterator[str]:
    """The catalogue's entries that handouts print, without their comments; English without translations."""
    english = language == SOURCE_LANGUAGE
    folder = Path(settings.BASE_DIR) / "locale" / to_locale(COMPLETE if english else language)
    catalogue = folder / "LC_MESSAGES" / "django.po"
    if not catalogue.is_file():
        return
    for entry in catalogue.read_text(encoding="utf-8").split("\n\n"):
        if any(f"#: {source}" in entry for source in PRINTED_FROM):
            yield "\n".join(_lines(entry, translated=not english))


def _lines(entry: str, *, translated: bool) -> Iterator[str]:
    for line in entry.splitlines():
        if line.startswith("msgstr") and not translated:
            return
        if not line.startswith("#"):
            yield line
