"""Leaflets: a page about a condition, in sections."""

import unicodedata
from math import ceil
from typing import Final

import yaml

from plans.libraryfiles.data import LeafletData, LeafletSection, LeafletText
from plans.libraryfiles.fields import Fields
from plans.libraryfiles.read_sources import read_citation
from plans.libraryfiles.values import languages
from plans.libraryfiles.vocabulary import MAX_LEAFLET, MAX_LINES, MAX_NAMES, MAX_SECTION, MAX_SECTIONS

LETTERS: Final = 55
"""Letters of usual width in a line, and of a heading, which is bold and stands in a quarter of the page."""
HEADING: Final = 20


def read_leaflet(fields: Fields) -> LeafletData:
    cited = read_citation(fields)
    return LeafletData(
        code=fields.code(),
        place=fields.place,
        conditions=fields.codes("conditions", most=MAX_NAMES, required=True),
        source=cited.words,
        sources=cited.codes,
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
    printed = printed_lines(text)
    if printed > MAX_LEAFLET:
        fields.problem(node, f"{fields.what} fills {printed} lines, one page holds at most {MAX_LEAFLET}")
    return text


def _section(node: yaml.Node, text: Fields) -> LeafletSection:
    fields = Fields(node, reading=text.reading, what=f"a section of {text.what}")
    section = LeafletSection(
        heading=fields.text("heading", limit="heading"),
        lines=fields.texts("lines", limit="line", most=MAX_LINES, required=True),
    )
    fields.end()
    printed = _lines_of(section)
    if printed > MAX_SECTION:
        fields.problem(node, f"{fields.what} fills {printed} lines, at most {MAX_SECTION}")
    return section


def printed_lines(text: LeafletText) -> int:
    """Return about how many lines it fills in print, a heading standing beside its words."""
    return sum(1 + max(_lines(part.heading, HEADING), _lines_of(part)) for part in text.sections)


def _lines_of(part: LeafletSection) -> int:
    return sum(_lines(line, LETTERS) for line in part.lines)


def _lines(words: str, room: int) -> int:
    letters = sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in words)
    return ceil(letters / room)
