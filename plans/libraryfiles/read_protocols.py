"""Protocols: exercises with their doses for a phase of a condition, and what follows on them."""

from typing import Final

import yaml

from plans.libraryfiles.data import ProtocolData, ProtocolItemData, ProtocolText
from plans.libraryfiles.fields import Fields
from plans.libraryfiles.read_dose import read_dose
from plans.libraryfiles.read_sources import read_citation
from plans.libraryfiles.read_window import read_window
from plans.libraryfiles.values import languages

MAX_ITEMS: Final = 40


def read_protocol(fields: Fields) -> ProtocolData:
    anchor, from_day, to_day = read_window(fields)
    cited = read_citation(fields)
    follows = fields.code("next", required=False) or None
    return ProtocolData(
        code=fields.code(),
        place=fields.place,
        condition=fields.code("condition"),
        phase=fields.text("phase", limit="phase", required=False),
        anchor=anchor,
        from_day=from_day,
        to_day=to_day,
        next=follows,
        note=fields.text("note", limit="note", required=False),
        source=cited.words,
        sources=cited.codes,
        items=_items(fields),
        texts={
            code: _text(fields, code, node, goes_on=bool(follows))
            for code, node in languages(fields, "texts")
        },
    )


def _items(fields: Fields) -> tuple[ProtocolItemData, ...]:
    """Its exercises in their order; each once, as a plan holds one of a kind with one dose."""
    found: dict[str, ProtocolItemData] = {}
    for node in fields.items("items", most=MAX_ITEMS, required=True):
        below = Fields(node, reading=fields.reading, what=f"an item of {fields.what}")
        code = below.code("exercise")
        below.what = f"{code} in {fields.what}"
        item = ProtocolItemData(exercise=code, dose=read_dose(below), place=below.place)
        below.end()
        if (other := found.setdefault(code, item)) is not item:
            fields.problem(node, f"{fields.what} names {code} twice, first at {other.place}")
    return tuple(found.values())


def _text(fields: Fields, language: str, node: yaml.Node, *, goes_on: bool) -> ProtocolText:
    below = Fields(node, reading=fields.reading, what=f"{language} text of {fields.what}")
    text = ProtocolText(
        title=below.text("title", limit="title"),
        go_on_when=below.text("go_on_when", limit="go_on_when", required=goes_on),
    )
    below.end()
    return text
