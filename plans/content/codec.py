"""Content to canonical JSON and back. What does not fit the records is an error, never a guess."""

import dataclasses
import hashlib
import json
import types
import typing
from collections.abc import Mapping
from datetime import date
from functools import cache

from plans.content.records import SCHEMA, PlanContent
from plans.content.upgrades import upgrade
from plans.dose import Dose
from plans.exceptions import PlansError

IDENTITY = ("publication_id", "version", "issued_on", "sheet_code", "link_id", "changes")
"""Fields that name an issue of a plan; two issues that differ in nothing else say the same."""


class UnknownSchema(PlansError):
    """This was issued by a newer release of the service: it has schema {schema}, which this release does not read."""

    code = "unknown_schema"


class BrokenContent(PlansError):
    """The stored content does not fit its schema at {where}: {problem}."""

    code = "broken_content"


def to_json(content: PlanContent) -> str:
    """The canonical form: sorted keys, no spaces, text as written; equal contents give equal strings."""
    return _canonical({"schema": SCHEMA} | _encode_record(content))


def from_json(text: str) -> PlanContent:
    """Read content of this schema or an older one.

    Raises UnknownSchema for a number that is not known and BrokenContent for anything that does not fit.
    """
    try:
        data = json.loads(text)
    except ValueError as error:
        raise BrokenContent(where="the start", problem=str(error)) from error
    if not isinstance(data, dict):
        raise BrokenContent(where="the start", problem="not an object")
    schema = data.pop("schema", None)
    if type(schema) is not int or not 1 <= schema <= SCHEMA:
        raise UnknownSchema(schema=schema)
    return typing.cast(PlanContent, _decode_record(PlanContent, upgrade(data, schema=schema), "content"))


def content_hash(content: PlanContent) -> str:
    """The sha256 of the canonical JSON, in hex: the content's name."""
    return hashlib.sha256(to_json(content).encode()).hexdigest()


def substance_hash(content: PlanContent) -> str:
    """Like content_hash without version, dates and codes: equal when a new issue would say nothing new."""
    data = {"schema": SCHEMA} | _encode_record(content)
    kept = {key: value for key, value in data.items() if key not in IDENTITY}
    return hashlib.sha256(_canonical(kept).encode()).hexdigest()


def _canonical(data: Mapping[str, object]) -> str:
    return json.dumps(data, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)


def _encode(value: object) -> object:
    if isinstance(value, Dose):
        return value.to_dict()
    if dataclasses.is_dataclass(value):
        return _encode_record(value)
    if isinstance(value, tuple):
        return [_encode(one) for one in value]
    return value.isoformat() if isinstance(value, date) else value


def _encode_record(record: object) -> dict[str, object]:
    kind: type = record.__class__
    return {name: _encode(getattr(record, name)) for name in _fields(kind)}


@cache
def _fields(record: type) -> dict[str, object]:
    hints = typing.get_type_hints(record)
    return {field.name: hints[field.name] for field in dataclasses.fields(record)}


def _decode_record(record: type, data: object, where: str) -> object:
    if not isinstance(data, dict):
        raise BrokenContent(where=where, problem="not an object")
    fields = _fields(record)
    if odd := sorted(fields.keys() ^ data.keys()):
        raise BrokenContent(where=where, problem="missing or unknown " + ", ".join(odd))
    return record(**{name: _decode(kind, data[name], f"{where}.{name}") for name, kind in fields.items()})


def _decode(kind: object, data: object, where: str) -> object:
    origin, args = typing.get_origin(kind), typing.get_args(kind)
    if origin is types.UnionType:
        return None if data is None else _decode(args[0], data, where)
    if origin is tuple:
        if not isinstance(data, list):
            raise BrokenContent(where=where, problem="not a list")
        return tuple(_decode(args[0], one, f"{where}[{index}]") for index, one in enumerate(data))
    if dataclasses.is_dataclass(kind) and kind is not Dose:
        return _decode_record(typing.cast(type, kind), data, where)
    return _decode_plain(typing.cast(type, kind), data, where)


def _decode_plain(kind: type, data: object, where: str) -> object:
    # A bool is an int to Python, but "version": true is a fault of the file.
    if kind in (str, int, bool) and type(data) is kind:
        return data
    try:
        if kind is date and isinstance(data, str):
            return date.fromisoformat(data)
        if kind is Dose and isinstance(data, dict):
            return Dose.from_dict(data)
    except (ValueError, TypeError, KeyError, PlansError) as error:
        raise BrokenContent(where=where, problem=str(error)) from error
    raise BrokenContent(where=where, problem=f"not a {kind.__name__}")
