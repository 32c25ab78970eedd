"""The page of a row that is only shown: what may be done to it stands in buttons, not in a form."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse

from plans.admin.base.admin import DeskAdmin


class ReadPage(DeskAdmin):
    """Shows a row in its own way."""

    show: Callable[..., HttpResponse]
    """Give the page of a row; each kind defines it. Declared, as the framework's metaclass bars an abstract class."""

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Show the row, or say that it is not there."""
        row = self.get_object(request, object_id)
        if row is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        return self.show(request, row)
