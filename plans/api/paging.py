"""Lists: pages by a signed cursor, ordering by named fields only, search."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django.core import signing
from django.db.models import QuerySet
from rest_framework.exceptions import ValidationError
from rest_framework.filters import OrderingFilter, SearchFilter
from rest_framework.pagination import Cursor, CursorPagination
from rest_framework.request import Request
from rest_framework.utils.urls import replace_query_param

if TYPE_CHECKING:
    from rest_framework.views import APIView


class Pages(CursorPagination):
    """Pages that stay whole while rows come and go. A cursor fits the list and the order it was made for."""

    page_size = 50
    page_size_query_param = "page_size"
    max_page_size = 200
    page_size_query_description = "How many results on a page, 1 to 200; 50 when not given."
    cursor_query_description = "Where a page begins: the value from `next` or `previous`, as it stands."
    ordering = "id"

    def paginate_queryset(
        self, queryset: Any, request: Request, view: "APIView | None" = None
    ) -> list[Any] | None:
        ordering = self.get_ordering(request, queryset, view)
        self.salt = f"{request.path}|{','.join(ordering)}"
        return super().paginate_queryset(queryset, request, view)

    def get_page_size(self, request: Request) -> int | None:
        given = request.query_params.get(self.page_size_query_param)
        if given is None:
            return self.page_size
        if not (given.isascii() and given.isdecimal() and len(given) < 4 and 1 <= int(given) <= 200):
            raise ValidationError({"page_size": ["A whole number from 1 to 200."]})
        return int(given)

    def get_ordering(self, request: Request, queryset: QuerySet[Any], view: Any) -> tuple[str, ...]:
        ordering = super().get_ordering(request, queryset, view)
        return (*ordering, "id") if "id" not in {name.lstrip("-") for name in ordering} else tuple(ordering)

    def decode_cursor(self, request: Request) -> Cursor | None:
        given = request.query_params.get(self.cursor_query_param)
        if given is None:
            return None
        try:
            offset, reverse, position = signing.loads(given, salt=self.salt)
        except signing.BadSignature:
            raise ValidationError({"cursor": ["This cursor was not made for this list."]}) from None
        return Cursor(offset=offset, reverse=reverse, position=position)

    def encode_cursor(self, cursor: Cursor) -> str:
        word = signing.dumps((cursor.offset, cursor.reverse, cursor.position), salt=self.salt)
        return replace_query_param(self.base_url or "", self.cursor_query_param, word)

    def get_schema_operation_parameters(self, view: Any) -> list[dict[str, Any]]:
        size = {"type": "integer", "minimum": 1, "maximum": self.max_page_size, "default": self.page_size}
        return [
            _parameter("cursor", self.cursor_query_description, {"type": "string"}),
            _parameter("page_size", self.page_size_query_description, size),
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


class Ordering(OrderingFilter):
    """`ordering=name` or `ordering=-changed_at`; a field that is not offered is an error."""

    ordering_description = "The field to order by; a minus sign in front turns the order round."

    def get_ordering(self, request: Request, queryset: QuerySet[Any], view: Any) -> Sequence[str] | None:
        offered = getattr(view, "ordering_fields", None)
        given = request.query_params.get(self.ordering_param)
        if given is not None and given not in _both_ways(offered or ()):
            raise ValidationError({"ordering": [f"One of: {', '.join(_both_ways(offered or ()))}."]})
        return [given] if given else view.ordering

    def get_schema_operation_parameters(self, view: Any) -> list[dict[str, Any]]:
        offered = _both_ways(getattr(view, "ordering_fields", None) or ())
        if not offered:
            return []
        schema = {"type": "string", "enum": list(offered)}
        return [_parameter("ordering", self.ordering_description, schema)]


class Search(SearchFilter):
    """`search=...`: every word must occur."""

    search_description = "Words that must all occur, each in one of: {fields}."
    longest = 200

    def get_search_terms(self, request: Request) -> list[str]:
        if len(request.query_params.get(self.search_param, "")) > self.longest:
            raise ValidationError({"search": [f"At most {self.longest} characters."]})
        return super().get_search_terms(request)

    def get_schema_operation_parameters(self, view: Any) -> list[dict[str, Any]]:
        fields = getattr(view, "search_fields", ())
        if not fields:
            return []
        said = self.search_description.format(fields=", ".join(fields))
        schema = {"type": "string", "maxLength": self.longest}
        return [_parameter("search", said, schema)]


def _both_ways(fields: Sequence[str]) -> tuple[str, ...]:
    return tuple(name for field in fields for name in (field, f"-{field}"))


def _parameter(name: str, description: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {"name": name, "in": "query", "required": False, "description": description, "schema": schema}
