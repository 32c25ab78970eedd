"""Lists that are searched by what may name a patient: in a body, so that no address holds it."""

from typing import Any, ClassVar

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from plans.api.exceptions import refuse
from plans.api.pagination import CURSOR, HIDDEN, NOT_FITTING, PAGE_SIZE, open_cursor
from plans.api.serializers.search import SearchInputSerializer
from plans.api.viewsets.mixins import ListMixin


class SearchableViewSet(ListMixin):
    """A list that can be asked by POST. Its pages follow by addresses that hold a sealed cursor and nothing else."""

    search_body: ClassVar[type[SearchInputSerializer]]
    paged_actions = ("list", "search_page")
    filtered_actions = frozenset({"list"}) | HIDDEN
    reading_posts = frozenset({"search"})

    @action(detail=False, methods=["post"])
    def search(self, request: Request) -> Response:
        """Find rows by words that may name a patient. Nothing is stored, and no address holds them."""
        asked = self.search_body(data=request.data)
        asked.is_valid(raise_exception=True)
        self.hidden_query = {name: _word(request.data[name]) for name in asked.validated_data}
        return self.list(request)

    @extend_schema(
        summary="Follow a search",
        parameters=[
            OpenApiParameter(CURSOR, str, required=True, description="The value from `next` or `previous`.")
        ],
    )
    @search.mapping.get
    def search_page(self, request: Request) -> Response:
        """Give another page of a search: what was asked stands in the cursor, where nobody can read it."""
        if PAGE_SIZE in request.query_params:
            refuse(PAGE_SIZE, "A search keeps the size of page that it began with.")
        given = request.query_params.get(CURSOR)
        if given is None:
            refuse(CURSOR, "A search begins with a POST.", "required")
        cursor = open_cursor(given)
        if not cursor.fits.startswith(f"{request.path}|"):
            refuse(CURSOR, NOT_FITTING)
        self.hidden_query = cursor.query
        return self.list(request)


def _word(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
