"""The admin's site: lists of choices are asked for by POST, and no typed word travels along to the sign-in.

Beside `plans.admin` and not in it: the framework makes the site before it reads the pages that register there.
"""

from collections.abc import Callable
from functools import update_wrapper
from http import HTTPStatus
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect, JsonResponse
from django.middleware.csrf import get_token
from django.urls import path, reverse
from django.views.decorators.cache import never_cache

if TYPE_CHECKING:
    from django.contrib.admin import AdminSite as ThemedSite
else:
    from unfold.sites import UnfoldAdminSite as ThemedSite


class PostedAutocomplete(AutocompleteJsonView):
    """Choices for typed words that come in the body, not in the address."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        request.GET = request.POST
        return super().get(request, *args, **kwargs)


class DeskSite(ThemedSite):
    """The theme's site with the desk's own ways."""

    def get_urls(self) -> list[Any]:
        return [path("session/", never_cache(self.session_view), name="session"), *super().get_urls()]

    def session_view(self, request: HttpRequest) -> HttpResponse:
        if not self.has_permission(request):
            return JsonResponse({}, status=HTTPStatus.UNAUTHORIZED)
        return JsonResponse({"person": str(request.user.pk), "token": get_token(request)})

    def search(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        """Answer nothing: the theme's own search would put what is typed into an address. The palette is posted."""
        return HttpResponseNotAllowed([])

    def autocomplete_view(self, request: HttpRequest) -> Any:
        return PostedAutocomplete.as_view(admin_site=self)(request)

    def admin_view(self, view: Callable[..., Any], cacheable: bool = False) -> Any:
        """Guard a page; the sign-in remembers where a visitor was going by ids alone, not by words in the address."""
        guarded = super().admin_view(view, cacheable)

        def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
            if request.GET and not self.has_permission(request) and request.path != reverse("admin:login"):
                kept = {name: value for name, value in request.GET.items() if is_id(value)}
                if len(kept) < len(request.GET):
                    return HttpResponseRedirect(f"{request.path}?{urlencode(kept)}" if kept else request.path)
            return guarded(request, *args, **kwargs)

        return update_wrapper(inner, view)


def is_id(value: Any) -> bool:
    try:
        UUID(str(value))
    except ValueError:
        return False
    return True
