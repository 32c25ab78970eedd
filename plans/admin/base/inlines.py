"""Rows that a form shows and writes together with its object."""

from typing import Any

from django.forms import BaseModelFormSet
from django.http import HttpRequest

from plans.admin.base.related import OwnRows
from plans.admin.base.theme import ThemedInline


class DeskInline(OwnRows, ThemedInline):
    """Rows of a form; who may see the form may see them, who may change it may change them."""

    template = "desk/rows.html"
    extra = 0

    def has_view_permission(self, request: HttpRequest, obj: Any | None = None) -> bool:
        return bool(self._page().has_view_permission(request, obj))

    def has_add_permission(self, request: HttpRequest, obj: Any | None = None) -> bool:
        return self._writes(request, obj)

    def has_change_permission(self, request: HttpRequest, obj: Any | None = None) -> bool:
        return self._writes(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any | None = None) -> bool:
        return self._writes(request, obj)

    def _writes(self, request: HttpRequest, obj: Any | None) -> bool:
        page = self._page()
        allowed = page.has_change_permission(request, obj) if obj else page.has_add_permission(request)
        return bool(allowed)

    def _page(self) -> Any:
        return self.admin_site._registry[self.parent_model]


def changed_rows(formset: "BaseModelFormSet[Any, Any]") -> list[Any]:
    """Return the new and changed rows of a formset that was saved without commit."""
    changed: list[Any] = [row for row, _ in formset.changed_objects]
    return [*formset.new_objects, *changed]


def removed_rows(formset: "BaseModelFormSet[Any, Any]") -> list[Any]:
    return [row.pk for row in formset.deleted_objects]
