"""Words for the scripts, and one's own choice of the desk's language."""

from http import HTTPStatus
from typing import cast

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import cache_control
from django.views.decorators.http import conditional_page, require_POST
from django.views.i18n import JavaScriptCatalog

from plans.actions import people
from plans.admin.base.requests import person_of
from plans.languages import DESK, UnknownLanguage


@require_POST
def choose_language(request: HttpRequest) -> HttpResponse:
    try:
        people.choose_desk_language(person=person_of(request), language=request.POST.get("language", ""))
    except UnknownLanguage as error:
        return HttpResponse(
            str(error), status=HTTPStatus.BAD_REQUEST, content_type="text/plain; charset=utf-8"
        )
    back = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(
        back, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return HttpResponseRedirect(back if is_ours else reverse("admin:index"))


@conditional_page
@cache_control(private=True, no_cache=True)
def words_of_scripts(request: HttpRequest) -> HttpResponse:
    """Give what the scripts' gettext reads; no secret. A browser keeps it, and asks whether it is still so."""
    answer = JavaScriptCatalog.as_view(packages=["django.contrib.admin"])(request)
    return cast(HttpResponse, answer)


def offered_languages(request: HttpRequest) -> list[dict[str, str]]:
    """Return the desk's languages for the menu of a person who is signed in."""
    names = dict(settings.LANGUAGES)
    return [{"code": code, "name_local": names[code]} for code in DESK]


def language_action(request: HttpRequest) -> str:
    return reverse("desk_language")
