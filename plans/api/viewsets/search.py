"""Lists that are searched by what may name a patient: in a body, so that no address holds it."""

from typing import Any, ClassVar, cast

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from plans.api.pagination import CURSOR, HIDDEN, MAX_PAGE_SIZE, NOT_FITTING, PAGE_SIZE, open_cursor
from plans.api.serializers.base import Body
from plans.api.serializers.fields import Choice, Text, Whole
from plans.api.viewsets.base import ApiViewSet, refuse


class SearchBody(Body):
    """What every search may say."""

    page_size = Whole(
        required=False,
        min_value=1,
        max_value=MAX_PAGE_SIZE,
        help_text="How many results on a page; 50 when not given.",
        example=50,
    )


def ordering_field(*names: str) -> Choice:
    """Return the field that says in which order."""
    choices = [name for field in names for name in (field, f"-{field}")]
    return Choice(
        required=False,
        choices=choices,
        help_text="The field to order by; a minus sign in front turns the order round.",
        example=names[0],
    )


def words_field(*names: str) -> Text:
    """Return the field for words."""
    return Text(
        required=False,
        max_length=200,
        help_text=f"Words that must all occur, each in one of: {', '.join(names)}.",
        example="ann",
    )


class Searchable(ApiViewSet):
    """A list that can be asked by POST. Its pages follow by addresses that hold a sealed cursor and nothing else."""

    search_body: ClassVar[type[SearchBody]]
    paged = ("list", "search_page")
    lists = frozenset({"list"}) | HIDDEN
    reads_by_post = frozenset({"search"})

    @action(detail=False, methods=["post"])
    def search(self, request: Request) -> Response:
        """Find rows by words that may name a patient. Nothing is stored, and no address holds them."""
        asked = self.search_body(data=request.data)
        asked.is_valid(raise_exception=True)
        self.hidden_query = {name: _word(request.data[name]) for name in asked.validated_data}
        return self._page(request)

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
        return self._page(request)

    def _page(self, request: Request) -> Response:
        # The same page as that of the resource's list.
        answer: Response = cast(Any, self).list(request)
        return answer


def _word(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
