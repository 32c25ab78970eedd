"""Keys whose values are more than text: a word of a closed list, a number, a day, a span, a language."""

import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from enum import StrEnum
from typing import Final, TypeVar

import yaml

from plans.dose import Span
from plans.exceptions import PlansError
from plans.languages import is_tag, known_tags
from plans.libraryfiles.fields import Fields

E = TypeVar("E", bound=StrEnum)
NUMBER: Final = re.compile(r"-?[0-9]{1,6}")
DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def choice(fields: Fields, key: str, kind: type[E]) -> E:
    return maybe(fields, key, kind, required=True) or next(iter(kind))


def maybe(fields: Fields, key: str, kind: type[E], *, required: bool = False) -> E | None:
    node = fields.get(key, required=required)
    return None if node is None else _member(fields, node, key=key, kind=kind)


def choices(fields: Fields, key: str, kind: type[E], *, required: bool = False) -> tuple[E, ...]:
    nodes = fields.items(key, most=len(kind), required=required)
    return tuple(_member(fields, node, key=key, kind=kind) for node in nodes)


def _member(fields: Fields, node: yaml.Node, *, key: str, kind: type[E]) -> E:
    value = scalar(node)
    for member in kind:
        if member.value == value:
            return member
    fields.problem(node, f"{key} of {fields.what} is {value!r}, must be one of {', '.join(kind)}")
    return next(iter(kind))


def flag(fields: Fields, key: str) -> bool:
    node = fields.get(key)
    value = "false" if node is None else scalar(node)
    if node is not None and value not in ("true", "false"):
        fields.problem(node, f"{key} of {fields.what} must be true or false")
    return value == "true"


def number(fields: Fields, key: str) -> int | None:
    node = fields.get(key)
    if node is None:
        return None
    value = scalar(node)
    if NUMBER.fullmatch(value):
        return int(value)
    fields.problem(node, f"{key} of {fields.what} must be a whole number")
    return None


def day(fields: Fields, key: str) -> date:
    node = fields.get(key, required=True)
    value = "" if node is None else scalar(node)
    if DAY.fullmatch(value):
        with suppress(ValueError):
            return date.fromisoformat(value)
    if node is not None:
        fields.problem(node, f"{key} of {fields.what} must be a day such as 2027-01-31")
    return date.min


def span(fields: Fields, key: str) -> Span | None:
    node = fields.get(key)
    if node is None:
        return None
    try:
        return Span.parse(scalar(node))
    except PlansError:
        fields.problem(node, f"{key} of {fields.what} must be a whole number or a range such as 10-15")
        return None


def section(fields: Fields, key: str, *, what: str, required: bool = False) -> Fields | None:
    node = fields.get(key, required=required)
    return None if node is None else Fields(node, reading=fields.reading, what=what)


def languages(fields: Fields, key: str, *, required: bool = True) -> Iterator[tuple[str, yaml.Node]]:
    """The language codes of a mapping with what stands under each; unknown codes are problems."""
    below = section(fields, key, what=f"{key} of {fields.what}", required=required)
    if below is None:
        return
    codes = below.keys()
    for code in codes:
        node = below.get(code)
        if not is_tag(code):
            below.problem(
                code, f"{code} in {below.what} is no language of this service, which has {known_tags()}"
            )
        elif node is not None:
            yield code, node
    if not codes:
        below.problem(below.node, f"{below.what} is empty")


def translations(fields: Fields, key: str, *, limit: str, required: bool = True) -> dict[str, str]:
    found = languages(fields, key, required=required)
    return {code: fields.words(node, key=f"{code} of {key}", limit=limit) for code, node in found}


def scalar(node: yaml.Node) -> str:
    return str(node.value) if isinstance(node, yaml.ScalarNode) else ""
