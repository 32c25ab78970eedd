"""The theme's classes under typed names: the theme itself carries no types."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from django.contrib.admin import ModelAdmin, StackedInline
    from django.contrib.admin.options import BaseModelAdmin
    from django.db.models.options import Options
    from django.http import HttpRequest, HttpResponseRedirect

    AnyPage = BaseModelAdmin[Any]

    class ThemedAdmin(ModelAdmin[Any]):
        """With the framework's two helpers that its type hints leave out, being private; nothing else gives them."""

        def _get_obj_does_not_exist_redirect(
            self, request: HttpRequest, opts: Options[Any], object_id: str
        ) -> HttpResponseRedirect: ...

        def _create_formsets(
            self, request: HttpRequest, obj: Any, change: bool
        ) -> tuple[list[Any], list[Any]]: ...

    ThemedInline = StackedInline[Any, Any]
else:
    AnyPage = object
    from unfold.admin import ModelAdmin as ThemedAdmin
    from unfold.admin import StackedInline as ThemedInline

__all__ = ["AnyPage", "ThemedAdmin", "ThemedInline"]
