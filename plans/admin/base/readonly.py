"""Pages that show a row in their own way, and offer what may be done to it in buttons."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse

from plans.admin.base.admin import DeskAdmin


class ReadFirstAdmin(DeskAdmin):
    """Shows a row; `?edit` shows its form to those who may write it."""

    show: Callable[..., HttpResponse]
    """Takes the request and the row. Declared only, as the framework's metaclass bars an abstract class."""

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        row = self.get_object(request, object_id) if request.method != "POST" else None
        if row is None or ("edit" in request.GET and self.has_change_permission(request, row)):
            return super().change_view(request, object_id, form_url, extra_context)
        return self.show(request, row)


class ReadOnlyAdmin(DeskAdmin):
    """Shows a row that has no form."""

    show: Callable[..., HttpResponse]
    """As above."""

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        row = self.get_object(request, object_id)
        if row is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        return self.show(request, row)
