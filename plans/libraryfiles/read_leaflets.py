"""Leaflets: a page about a condition, in sections."""

import unicodedata

import yaml

from plans.libraryfiles.data import LeafletData, LeafletSection, LeafletText
from plans.libraryfiles.fields import Fields
from plans.libraryfiles.values import languages
from plans.libraryfiles.vocabulary import MAX_LEAFLET, MAX_LINES, MAX_NAMES, MAX_SECTIONS


def read_leaflet(fields: Fields) -> LeafletData:
    return LeafletData(
        code=fields.code(),
        place=fields.place,
        conditions=fields.codes("conditions", most=MAX_NAMES, required=True),
        source=fields.text("source", limit="source"),
        texts={code: _text(node, code, fields) for code, node in languages(fields, "texts")},
    )


def _text(node: yaml.Node, language: str, leaflet: Fields) -> LeafletText:
    """A leaflet in one language; all of it must fit on a page."""
    fields = Fields(node, reading=leaflet.reading, what=f"{language} of {leaflet.what}")
    text = LeafletText(
        title=fields.text("title", limit="name"),
        sections=tuple(
            _section(part, fields) for part in fields.items("sections", most=MAX_SECTIONS, required=True)
        ),
    )
    fields.end()
    letters = _width(text)
    if letters > MAX_LEAFLET:
        fields.problem(node, f"{fields.what} has {letters} letters, one page holds at most {MAX_LEAFLET}")
    return text


def _section(node: yaml.Node, text: Fields) -> LeafletSection:
    fields = Fields(node, reading=text.reading, what=f"a section of {text.what}")
    section = LeafletSection(
        heading=fields.text("heading", limit="heading"),
        lines=fields.texts("lines", limit="line", most=MAX_LINES, required=True),
    )
    fields.end()
    return section


def _width(text: LeafletText) -> int:
    words = (text.title, *(line for part in text.sections for line in (part.heading, *part.lines)))
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in "".join(words))
