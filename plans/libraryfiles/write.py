"""A Library as one YAML file that `read_library` reads back to the same entries."""

from collections.abc import Mapping
from dataclasses import fields
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

import yaml

from plans.contraindications import Disagreement
from plans.dose import Dose, Span
from plans.libraryfiles.audience import Audience
from plans.libraryfiles.data import (
    ExerciseText,
    Help,
    LeafletSection,
    LeafletText,
    Library,
    ProtocolItemData,
    ProtocolText,
)
from plans.libraryfiles.entry import Entry
from plans.libraryfiles.measure_data import DifferenceData, MeasureText
from plans.libraryfiles.read_names import EVERYBODY
from plans.libraryfiles.read_rules import WHOLE_PLAN

_UNWRITTEN = frozenset(["place", "name_places", "whole_plan"])
Written = (
    Entry
    | DifferenceData
    | ExerciseText
    | Help
    | LeafletSection
    | LeafletText
    | MeasureText
    | ProtocolItemData
    | ProtocolText
)
_KEYS = {"audience": "for"}
"""Names of fields that a file calls by a word that Python keeps for itself."""


class _Dumper(yaml.SafeDumper):
    """Writes a value again where it stands again: the reader refuses aliases."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def library_yaml(library: Library) -> str:
    sections = {section.name: getattr(library, section.name) for section in fields(library)}
    written = {name: [_plain(entry) for entry in entries] for name, entries in sections.items() if entries}
    return yaml.dump(written, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=110)


def _plain(value: Written) -> dict[str, object]:
    names = [field.name for field in fields(value) if field.name not in _UNWRITTEN]
    written = {name: _value(getattr(value, name)) for name in names}
    if getattr(value, "whole_plan", False):
        written["movements"] = WHOLE_PLAN
    return {_KEYS.get(name, name): plain for name, plain in written.items() if _says(name, plain)}


def _says(name: str, plain: object) -> bool:
    """An empty dose is a statement (the therapist decides), and so is 0 as a day or an end, which equals False."""
    if name in ("dose", "safe", "from_day", "to_day", "lowest"):
        return plain is not None
    return plain not in (None, "", [], {}, False)


def _value(value: object) -> object:
    match value:
        case Span(low, high) if low == high:
            return low
        case StrEnum() | Span():
            return str(value)
        case Dose():
            given = {**value.spans(), "side": value.side, "load": value.load or None}
            return {name: _value(part) for name, part in given.items() if part is not None}
        case Disagreement():
            said = [{"source": side.source, "says": side.words} for side in value.sides]
            words = {"positions": said, "go_on_when": value.go_on_when}
            return {**words, "both_allow": True} if value.both_allow else words
        case Audience(everybody=True):
            return EVERYBODY
        case Audience():
            return value.to_dict()
        case Help() | LeafletSection() | LeafletText() | ExerciseText() | ProtocolItemData() | ProtocolText():
            return _plain(value)
        case DifferenceData() | MeasureText():
            return _plain(value)
        case Decimal():
            return int(value) if value == int(value) else float(value)
        case Mapping():
            return {str(key): _value(part) for key, part in value.items()}
        case tuple():
            return [_value(part) for part in value]
        case str() | int() | date() | None:
            return value
        case _:
            raise TypeError(f"no entry holds a {type(value).__name__}")
