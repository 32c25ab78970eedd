"""Help while an admin types: how easily a text reads."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings

from plans import readability
from plans.readability import Readability

MAX_READ = 20_000
"""Characters of a language that are measured: far more than its fields may hold."""
PARTS = ("purpose", "start", "steps", "cautions")


@dataclass(frozen=True)
class TextReading:
    """How a language's text reads."""

    language: str
    reading: Readability


def reading_of(data: Mapping[str, Any]) -> list[TextReading]:
    """Read the form's texts; languages without a measure are left out."""
    found = []
    for code, name in settings.LANGUAGES:
        text = "\n".join(str(data.get(f"{code}-{part}", "")) for part in PARTS).strip()[:MAX_READ]
        reading = readability.read(text, language=code) if text else None
        if reading is not None:
            found.append(TextReading(str(name), reading))
    return found
