"""Write figure.schema.json anew from the reader's own tables: `python -m plans.figures.schema.build`.

The schema tells an editor what may stand where. What it cannot see is left to the reader: two names for one joint,
letting go of what has no contact, a part that touches itself, a pair where one side is needed, an arrow or a ghost
that looks back from the first panel, how a number or a word is written, and the size of a file.
"""

import json
from pathlib import Path

from plans.figures.read.angles import MAX_JOINTS
from plans.figures.read.contacts import MAX_CONTACTS
from plans.figures.read.figure import (
    CODE,
    EVERYTHING,
    FEET,
    KEYS,
    MAX_ALT,
    MAX_CODE,
    MAX_FREED,
    MAX_PANELS,
    NEEDED,
    PANEL_KEYS,
)
from plans.figures.read.names import JOINTS, MUSCLES
from plans.figures.read.props import MAX_PROPS
from plans.figures.read.signs import GHOSTS, MAX_SIGNS
from plans.figures.schema.patterns import MARK
from plans.figures.schema.pieces import Schema, closed, definitions, enum, number, phrase, ref
from plans.figures.words import Effect, StartPose
from plans.languages import LANGUAGES

FILE = Path(__file__).with_name("figure.schema.json")


def schema() -> Schema:
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A figure in the pose language",
        **closed({name: _figure()[name] for name in KEYS}, *NEEDED),
        "$defs": {
            "joints": closed(
                {name: number(0, written.most) for name, written in JOINTS.items()}, maxProperties=MAX_JOINTS
            ),
            "panel": closed({name: _panel()[name] for name in PANEL_KEYS}),
            **definitions(),
        },
    }


def _figure() -> Schema:
    text = {"type": "string", "pattern": r"\S", "maxLength": MAX_ALT}
    tags = [language.tag for language in LANGUAGES.values()]
    return {
        "figure": {**phrase(CODE), "maxLength": MAX_CODE},
        "start": enum(StartPose),
        "feet": enum(FEET),
        "keep_sides": {"type": "boolean"},
        "alt": closed(dict.fromkeys(tags, text), minProperties=1),
        **_pose(),
        "panels": {**_list(ref("panel"), MAX_PANELS), "minItems": 1},
    }


def _panel() -> Schema:
    tint = closed({name: enum(Effect) for name in MUSCLES}, maxProperties=MAX_SIGNS)
    return {
        **_pose(),
        "arrows": _list(ref("arrow"), MAX_SIGNS),
        "tint": tint,
        "marks": _list({"anyOf": [phrase(MARK), ref("writing")]}, MAX_SIGNS),
        "ghost": enum(GHOSTS),
        "inset": ref("inset"),
    }


def _pose() -> Schema:
    return {
        "free": _list({"anyOf": [enum((EVERYTHING,)), ref("parts")]}, MAX_FREED),
        "joints": ref("joints"),
        "contacts": _list(ref("contact"), MAX_CONTACTS),
        "props": _list(ref("prop"), MAX_PROPS),
        "camera": ref("camera"),
    }


def _list(items: Schema, most: int) -> Schema:
    return {"type": "array", "items": items, "maxItems": most}


def written() -> str:
    """Return the schema as text, a definition to a line: one change changes one line."""
    whole = schema()
    definitions = ",\n".join(_line(*definition) for definition in whole.pop("$defs").items())
    head = ",\n".join(_line(*entry) for entry in whole.items())
    return f'{{\n{head},\n"$defs": {{\n{definitions}\n}}\n}}\n'


def _line(name: str, value: object) -> str:
    return f"{json.dumps(name)}: {json.dumps(value)}"


if __name__ == "__main__":
    FILE.write_text(written(), "utf-8")
