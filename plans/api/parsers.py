"""Bodies: UTF-8 JSON of bounded size and depth, and nothing else."""

import codecs
import json
import re
from collections.abc import Mapping
from typing import Any, NoReturn

from django.conf import settings
from rest_framework.exceptions import (
    ErrorDetail,
    ParseError,
    UnsupportedMediaType,
    ValidationError,
)
from rest_framework.parsers import BaseParser

from plans.api.exceptions import BodyTooLarge

MAX_DEPTH = 20
_SURROGATE = re.compile("[\ud800-\udfff]")
HALF = "There is half of a character here: a surrogate without its pair."


class StrictJSONParser(BaseParser):
    """Reads one JSON value; names given twice, NaN, and deep nesting are refused."""

    media_type = "application/json"

    def parse(
        self, stream: Any, media_type: str | None = None, parser_context: Mapping[str, Any] | None = None
    ) -> Any:
        _check_charset(media_type or "")
        data = stream.read(settings.API_MAX_BYTES + 1)
        if len(data) > settings.API_MAX_BYTES:
            raise BodyTooLarge
        return read_json(data)


def read_json(data: bytes) -> Any:
    """Read the value. Raises ParseError or ValidationError with where it went wrong, never with what stood there."""
    try:
        text = data.decode("utf-8")
        value = json.loads(text, object_pairs_hook=_once, parse_constant=_no_constant)
    except UnicodeDecodeError:
        raise ParseError("The body is not UTF-8.") from None
    except json.JSONDecodeError as error:
        raise ParseError(f"The body is not JSON: line {error.lineno}, column {error.colno}.") from None
    except (ValueError, RecursionError) as error:
        raise ParseError(_why(error)) from None
    _check_depth(value)
    if "\\ud" in text.lower():
        _check_surrogates(value, ())
    return value


class _GivenTwice(ValueError):
    pass


def _why(error: Exception) -> str:
    if isinstance(error, RecursionError):
        return f"The body is nested too deeply: at most {MAX_DEPTH} levels."
    return (
        str(error) if isinstance(error, _GivenTwice) else "The body holds a number that JSON does not have."
    )


def _check_charset(media_type: str) -> None:
    for part in media_type.split(";")[1:]:
        name, _, value = part.strip().partition("=")
        if name.lower() == "charset":
            try:
                codec = codecs.lookup(value.strip('" ')).name
            except (LookupError, ValueError):
                codec = ""
            if codec not in ("utf-8", "ascii"):
                raise UnsupportedMediaType(media_type)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise _GivenTwice("The body gives a name twice in one object.")
    return found


def _no_constant(_: str) -> NoReturn:
    raise ValueError


def _check_depth(value: Any) -> None:
    level, depth = [value], 0
    while level:
        depth += 1
        if depth > MAX_DEPTH:
            raise ParseError(_why(RecursionError()))
        level = [inner for outer in level if isinstance(outer, dict | list) for inner in _inside(outer)]


def _check_surrogates(value: Any, place: tuple[str | int, ...]) -> None:
    """Refuse half of a character: JSON can write one, as "\\ud800", and no file or database can hold it."""
    if isinstance(value, str) and _SURROGATE.search(value):
        detail: Any = [ErrorDetail(HALF, code="surrogate_characters_not_allowed")]
        for part in reversed(place):
            detail = {part: detail}
        raise ValidationError(detail)
    if isinstance(value, dict):
        for name, inner in value.items():
            _check_surrogates(name, place)  # the name itself can be told to nobody
            _check_surrogates(inner, (*place, name))
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            _check_surrogates(inner, (*place, number))


def _inside(value: dict[str, Any] | list[Any]) -> list[Any]:
    return list(value.values()) if isinstance(value, dict) else value
