"""Lists: pages by a sealed cursor, ordering by named fields only, search."""

import json
from collections.abc import Sequence
from typing import Any, NamedTuple, cast

from django.core.exceptions import FieldDoesNotExist
from django.db.models import Field, IntegerField, Model, Q
from rest_framework.exceptions import ValidationError
from rest_framework.pagination import BasePagination
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.utils.urls import replace_query_param

from plans.actions.encryption import NotDecryptable, decrypt, encrypt
from plans.api.filters import StrictOrderingFilter, query_parameter
from plans.api.serializers.search import MAX_PAGE_SIZE

CURSOR, PAGE_SIZE = "cursor", "page_size"
PURPOSE = "cursor "
"""What is sealed for something else is no cursor."""

HIDDEN = frozenset({"search", "search_page"})
"""The actions that are asked elsewhere than in the address, and say themselves how."""


class Cursor(NamedTuple):
    """Where a page begins: behind the row with these values, or before it. Sealed, as the values may name a patient."""

    fits: str
    backwards: bool
    values: list[str]
    query: dict[str, str]

    def sealed(self) -> str:
        return encrypt(PURPOSE + json.dumps(self))


def open_cursor(given: str) -> Cursor:
    """Read a cursor. Raises ValidationError."""
    try:
        words = decrypt(given)
    except NotDecryptable:
        words = ""
    if not words.startswith(PURPOSE):
        raise ValidationError({CURSOR: [NOT_FITTING]})
    return Cursor(*json.loads(words.removeprefix(PURPOSE)))


NOT_FITTING = "This cursor was not made for this list."


class SealedCursorPagination(BasePagination):
    """Pages that stay whole while rows come and go, also where many rows have the same value.

    A page begins behind the last row that was told, by its value and its id together: the framework's own pages count
    rows with equal values, and skip or double them when one of those comes or goes. A cursor fits the list and the
    order it was made for.
    """

    page_size = 50
    page_size_query_description = "How many results on a page, 1 to 200; 50 when not given."
    cursor_query_description = "Where a page begins: the value from `next` or `previous`, as it stands."

    def paginate_queryset(self, queryset: Any, request: Request, view: Any = None) -> list[Any]:
        self.request, self.view = request, view
        self.keys = _keys(StrictOrderingFilter().get_ordering(request, queryset, view))
        self.fits = f"{request.path}|{','.join(self.keys)}"
        cursor, size = self._cursor(), self._size()
        backwards = cursor is not None and cursor.backwards
        keys = [_turned(key) for key in self.keys] if backwards else self.keys
        rows = queryset.order_by(*keys)
        if cursor is not None:
            rows = rows.filter(_behind(keys, cursor.values, rows.model))
        found = list(rows[: size + 1])
        more, page = len(found) > size, found[:size]
        if backwards:
            page.reverse()
        self.next = self._link(page[-1], backwards=False) if page and (more or backwards) else None
        self.previous = (
            self._link(page[0], backwards=True) if page and self._has_before(more, cursor) else None
        )
        return page

    def get_paginated_response(self, data: Any) -> Response:
        return Response({"next": self.next, "previous": self.previous, "results": data})

    def _has_before(self, more: bool, cursor: Cursor | None) -> bool:
        return cursor is not None and (more or not cursor.backwards)

    def _cursor(self) -> Cursor | None:
        given = self.request.query_params.get(CURSOR)
        cursor = open_cursor(given) if given is not None else None
        if cursor is not None and cursor.fits != self.fits:
            raise ValidationError({CURSOR: [NOT_FITTING]})
        return cursor

    def _size(self) -> int:
        given = self.view.query.get(PAGE_SIZE)
        if given is None:
            return self.page_size
        if not (
            given.isascii() and given.isdecimal() and len(given) < 4 and 1 <= int(given) <= MAX_PAGE_SIZE
        ):
            raise ValidationError({PAGE_SIZE: [f"A whole number from 1 to {MAX_PAGE_SIZE}."]})
        return int(given)

    def _link(self, row: Any, *, backwards: bool) -> str:
        values = [_column(type(row), key.lstrip("-")).value_to_string(row) for key in self.keys]
        cursor = Cursor(self.fits, backwards, values, dict(self.view.hidden_query))
        return replace_query_param(self.request.build_absolute_uri(), CURSOR, cursor.sealed())

    def get_schema_operation_parameters(self, view: Any) -> list[dict[str, Any]]:
        if view.action in HIDDEN:
            return []
        size = {"type": "integer", "minimum": 1, "maximum": MAX_PAGE_SIZE, "default": self.page_size}
        return [
            query_parameter(CURSOR, self.cursor_query_description, {"type": "string"}),
            query_parameter(PAGE_SIZE, self.page_size_query_description, size),
        ]

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        link = {"type": ["string", "null"], "format": "uri", "examples": [None]}
        return {
            "type": "object",
            "required": ["results", "next", "previous"],
            "properties": {
                "next": {**link, "description": "The next page; null on the last."},
                "previous": {**link, "description": "The page before; null on the first."},
                "results": {**schema, "description": "The rows of this page.", "examples": [[]]},
            },
        }


def _keys(ordering: Sequence[str]) -> list[str]:
    """Return what rows are ordered by: at most one column, and the id, which no two rows share."""
    return [*ordering, "id"] if "id" not in {name.lstrip("-") for name in ordering} else list(ordering)


def _turned(key: str) -> str:
    return key.removeprefix("-") if key.startswith("-") else f"-{key}"


def _behind(keys: Sequence[str], values: Sequence[str], model: type[Model]) -> Q:
    """Return what comes after the row with these values in the order of these keys."""
    steps = []
    for key, value in zip(keys, values, strict=True):
        name = key.lstrip("-")
        steps.append((f"{name}__{'gt' if key == name else 'lt'}", _column(model, name).to_python(value)))
    after = Q(steps[-1])
    for name, value in reversed(steps[:-1]):
        # As "not before" and not as "equal or after", so that an index serves the first half.
        after = Q((f"{name}e", value)) & (Q((name, value)) | after)
    return after


def _column(model: type[Model], name: str) -> "Field[Any, Any]":
    """Return a column of the model, or a number that the query adds to it, such as how well a row fits a search."""
    try:
        return cast("Field[Any, Any]", model._meta.get_field(name))
    except FieldDoesNotExist:
        number: Field[Any, Any] = IntegerField()
        number.set_attributes_from_name(name)
        return number
