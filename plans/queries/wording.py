"""The handout's fixed words in a language, by a name that changes when any of them changes."""

import hashlib
from functools import cache
from pathlib import Path

from django.conf import settings
from django.utils.translation import to_locale

from plans.models import Clinic
from plans.queries.approvals import wording_approved


def language_ready(clinic: Clinic, language: str) -> bool:
    """Whether a reviewer of the clinic vouches for the fixed words of this language as they stand."""
    return wording_approved(clinic, wording_name(language))


@cache
def wording_name(language: str) -> str:
    """Name the fixed words: the language, and a digest of its catalogue and of the templates they stand in."""
    digest = hashlib.sha256()
    for path in _sources(language):
        digest.update(path.read_bytes())
    return f"{language}:{digest.hexdigest()[:16]}"


def _sources(language: str) -> list[Path]:
    root = Path(settings.BASE_DIR)
    catalogue = root / "locale" / to_locale(language) / "LC_MESSAGES" / "django.po"
    templates = sorted((root / "templates" / "handout").rglob("*.html"))
    return [path for path in (catalogue, *templates) if path.is_file()]
