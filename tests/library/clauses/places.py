"""Opens the places of the library and the page that a clause names, and tells what of it is not found there."""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from plans.dose import Side, Span
from plans.handout.formats import Format
from plans.handout.html import handout_html
from plans.languages import LANGUAGES
from plans.libraryfiles import Library
from tests.handout.samples import make_plan_in
from tests.library.conftest import STARTER

LANGUAGES_OF_LIBRARY = ("en", "es")
KINDS = {
    "exercise": "exercises",
    "rule": "rules",
    "advice": "advice",
    "symptom": "symptoms",
    "condition": "conditions",
    "leaflet": "leaflets",
}
PAGE = "page"
HEARD_BY_THERAPISTS = ("rationale", "source_note", "disagreement")
"""Places that only therapists read, in English."""


@dataclass(frozen=True, kw_only=True)
class Found:
    """An entry of the library, and its words by language at the place that is asked for."""

    entry: Any
    words: dict[str, str]


def missing(place: dict[str, Any], library: Library) -> Iterator[str]:
    """Yield what the place does not hold: words, names, facts, numbers of the dose."""
    kind, _, code = place["in"].partition(" ")
    found = _page() if kind == PAGE else _entry(library, kind, code, place.get("at", ""))
    asked = {language: place[language] for language in LANGUAGES_OF_LIBRARY if language in place}
    for language, words in asked.items():
        if _plain(words) not in _plain(found.words.get(language, "")):
            yield f"{place['in']}: no {words!r} ({language})"
    for name in place.get("names", ()):
        if name not in (found.entry.name, *getattr(found.entry, "also", ())):
            yield f"{place['in']}: no name {name!r}"
    for field, value in place.get("facts", {}).items():
        if not _holds(getattr(found.entry, field), value):
            yield f"{place['in']}: {field} is not {value}"
    for field, value in place.get("dose", {}).items():
        wanted = Side(value) if field == "side" else Span.parse(value)
        if getattr(found.entry.dose, field) != wanted:
            yield f"{place['in']}: {field} is not {value}"
    if (begins := place.get("figure_begins")) and begins not in _beginning(found.entry.figure):
        yield f"{place['in']}: its figure does not begin with {begins}"


def is_opened(place: dict[str, Any]) -> bool:
    """Whether it asks for a fact, not only for a code; words for a patient in each language."""
    languages = [language for language in LANGUAGES_OF_LIBRARY if place.get(language)]
    if languages == ["en"]:
        return place.get("at") in HEARD_BY_THERAPISTS
    facts = ("names", "facts", "dose", "figure_begins")
    return languages == list(LANGUAGES_OF_LIBRARY) or (not languages and any(place.get(key) for key in facts))


def read_by_patients(library: Library, language: str) -> dict[str, str]:
    """Return every text of the library that a patient may read in this language, by the place where it stands."""
    said = {f"exercise {one.code}": _lines_of_exercise(one, language) for one in library.exercises}
    said |= {f"rule {one.code}": one.sentences.get(language, "") for one in library.rules}
    said |= {f"advice {one.code}": one.texts.get(language, "") for one in library.advice}
    said |= {f"symptom {one.code}": one.sentences.get(language, "") for one in library.symptoms}
    said |= {f"leaflet {one.code}": _leaflet(one, language) for one in library.leaflets}
    return {place: _plain(text) for place, text in said.items()} | {PAGE: _plain(_page().words[language])}


def _entry(library: Library, kind: str, code: str, at: str) -> Found:
    entries = {entry.code: entry for entry in getattr(library, KINDS[kind])}
    entry = entries[code]
    return Found(entry=entry, words={tag: _words(entry, kind, at, tag) for tag in LANGUAGES_OF_LIBRARY})


def _words(entry: Any, kind: str, at: str, language: str) -> str:
    if at in ("rationale", "source_note"):
        return str(getattr(entry, at))
    if at == "disagreement":
        return " ".join(side.words for side in entry.disagreement.sides)
    match kind:
        case "exercise":
            value = getattr(entry.texts[language], at) if at else ""
            return value if isinstance(value, str) else " ".join(value)
        case "rule" | "symptom":
            return str(entry.sentences.get(language, ""))
        case "advice":
            return str(entry.texts.get(language, ""))
        case "leaflet":
            return _leaflet(entry, language)
    return ""


def _beginning(figure: str) -> str:
    """Return the start pose of a figure, and what its first panel says of it."""
    drawn = yaml.safe_load((STARTER / "figures" / f"{figure}.yaml").read_text(encoding="utf-8"))
    return f"{drawn['start']} {drawn['panels'][0]}"


def _lines_of_exercise(entry: Any, language: str) -> str:
    text = entry.texts[language]
    return " ".join((text.name, text.purpose, text.start, *text.steps, *text.cautions, text.alt))


def _leaflet(entry: Any, language: str) -> str:
    text = entry.texts[language]
    lines = [line for section in text.sections for line in (section.heading, *section.lines)]
    return " ".join((text.title, *lines))


@cache
def _page() -> Found:
    return Found(entry=None, words={language: _print_page(language) for language in LANGUAGES_OF_LIBRARY})


def _print_page(language: str) -> str:
    content = replace(make_plan_in(language), therapies=("Massage",))
    page = handout_html(content, Format(), LANGUAGES[language], link_url="", sheet_url="")
    return html.unescape(re.sub(r"<[^>]*>", " ", page.partition("<body")[2]))


def _holds(value: Any, wanted: Any) -> bool:
    if not isinstance(wanted, list):
        return bool(value == wanted)
    held = {getattr(one, "condition", one) for one in value}
    return set(wanted) <= held


def _plain(text: str) -> str:
    return " ".join(text.replace("\u00ad", "").replace("\u00a0", " ").split()).casefold()


def read_clauses(file: Path) -> dict[str, dict[str, Any]]:
    return dict(yaml.safe_load(file.read_text(encoding="utf-8")))
