"""The table of sources: what each is, how much of it was read, how strong it is, and what rests on it."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _lazy

from plans import permissions
from plans.admin.library.base import LibraryAdmin
from plans.models import Source, User
from plans.queries.sources import cited_codes


@admin.register(Source)
class SourceAdmin(LibraryAdmin):
    """Sources are kept in the library files."""

    list_display = ["cite", "title", "kind", "read", "strength"]
    list_filter = ["kind"]
    search_fields = ["code", "cite", "title", "where"]
    fields = ["code", "cite", "title", "kind", "where", "read", "strength", "rests"]
    readonly_fields = ["rests"]

    def rows_of(self, person: User) -> QuerySet[Any]:
        return permissions.entries_of(person, Source)

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Any:
        source: Any = super().get_object(request, object_id, from_field)
        if source is not None:  # The page asks for it several times.
            source.resting = [f"{kind} {code}" for cited, kind, code in cited_codes() if cited == source.code]
        return source

    @admin.display(description=_lazy("What rests on it"))
    def rests(self, obj: Any) -> str:
        return ", ".join(obj.resting) or "nothing"
