"""Reading, as most resources do it: a page of rows, one row."""

from uuid import UUID

from rest_framework.request import Request
from rest_framework.response import Response

from plans.api.viewsets.base import ApiViewSet

# The methods have no docstrings: the description would tell them of every resource instead of its own.


class ListMixin(ApiViewSet):
    """Answers with a page of the rows that fit."""

    def list(self, request: Request) -> Response:
        page = self.paginate_queryset(self.filter_queryset(self.get_queryset())) or []
        return self.get_paginated_response(self.serialize(page))


class RetrieveMixin(ApiViewSet):
    """Answers with one row."""

    def retrieve(self, request: Request, pk: UUID) -> Response:
        return self.answer_row(self.get_object())
