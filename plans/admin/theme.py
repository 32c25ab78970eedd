"""The theme's classes under typed names: the theme itself carries no types."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from django.contrib.admin import ModelAdmin, StackedInline
    from django.contrib.admin.options import BaseModelAdmin

    AnyPage = BaseModelAdmin[Any]
    ThemedAdmin = ModelAdmin[Any]
    ThemedInline = StackedInline[Any, Any]
else:
    AnyPage = object
    from unfold.admin import ModelAdmin as ThemedAdmin
    from unfold.admin import StackedInline as ThemedInline

__all__ = ["AnyPage", "ThemedAdmin", "ThemedInline"]
