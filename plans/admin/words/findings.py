"""What the rules say, in the language of the desk. They know one language, so their English is read by its patterns.

What they quote of the library (names, why a rule holds) and what a person typed stays as it is written there.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from typing import Any

from django.core.exceptions import ValidationError
from django.forms import DateField
from django.utils.formats import date_format
from django.utils.translation import get_language, gettext

from plans.admin.words.equipment import equipment_list
from plans.admin.words.finding_parts import PARTS
from plans.admin.words.finding_problems import PROBLEMS
from plans.admin.words.finding_sentences import SENTENCES
from plans.content import FindingContent
from plans.contraindications import Finding
from plans.languages import SOURCE

DAY = DateField(input_formats=("%Y-%m-%d", "%d %B %Y"))
PLACE = re.compile(r"%\\?\((\w+)\\?\)s")


def finding_in_words(finding: Finding) -> Finding:
    return finding._replace(message=in_words(finding.message), action=in_words(finding.action))


def content_in_words(finding: FindingContent) -> FindingContent:
    return replace(finding, message=in_words(finding.message))


def in_words(text: str) -> str:
    """Return the sentence as the desk says it; one that it does not know as it is."""
    if get_language() in (None, SOURCE):
        return text
    return _read(text, (*SENTENCES, *PROBLEMS)) or _part(text)


def is_known(text: str) -> bool:
    return any(_pattern(known).fullmatch(text) for known in (*SENTENCES, *PROBLEMS, *PARTS))


def _read(text: str, sentences: Sequence[str]) -> str:
    for known in _longest_first(tuple(sentences)):
        if found := _pattern(known).fullmatch(text):
            parts = {name: _named(name, words) for name, words in found.groupdict().items()}
            said: str = gettext(known) % parts
            return said
    return ""


def _named(name: str, words: str) -> str:
    if name == "things":
        return equipment_list(words)
    if name == "day" and (day := _day(words)):
        return day
    return _part(words)


def _part(words: str) -> str:
    return _read(words, PARTS) or words


def _day(words: str) -> str:
    try:
        return date_format(DAY.clean(words), "DATE_FORMAT")
    except ValidationError:
        return ""


@cache
def _longest_first(sentences: tuple[str, ...]) -> list[str]:
    """Put the pattern that says most itself before those that leave more open."""
    return sorted(sentences, key=lambda known: len(PLACE.sub("", known)), reverse=True)


@cache
def _pattern(known: str) -> re.Pattern[str]:
    return re.compile(PLACE.sub(r"(?P<\1>.+?)", re.escape(known)), re.DOTALL)


def said_together(findings: Sequence[Any]) -> str:
    return " ".join(in_words(finding.message) for finding in findings)
