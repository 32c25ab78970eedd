"""Pages for people who have no account: one language each, scripts of our own alone, kept by nobody on the way."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import TypeVar
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import translation

from plans.languages import SOURCE, Language, UnknownLanguage, get_language

Answer = TypeVar("Answer", bound=HttpResponseBase)

CSP = (
    "default-src 'none'; style-src 'self'; img-src 'self'; script-src 'self'; worker-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_SPOKEN = "plans.portal.language"
HEADERS = {
    "Cache-Control": "no-store, private",
    "Content-Security-Policy": CSP,
    "Referrer-Policy": "no-referrer",
    "X-Frame-Options": "DENY",
    "X-Robots-Tag": "noindex, nofollow, noarchive",
}


def page(
    request: HttpRequest,
    template: str,
    context: Mapping[str, object],
    *,
    language: Language,
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    speak(request, language)
    with translation.override(language.code):
        answer = render(request, f"portal/{template}", {"language": language, **context}, status=status)
    answer["Content-Language"] = language.tag
    return guard(answer)


def speak(request: HttpRequest, language: Language) -> None:
    """Note the language of a plan as soon as it is known: what goes wrong from here on is told in it."""
    request.META[_SPOKEN] = language


def spoken_language(request: HttpRequest) -> Language | None:
    language = request.META.get(_SPOKEN)
    return language if isinstance(language, Language) else None


def link_path(token: str) -> str:
    """Return the path of a link's page; whatever stands in a made-up token, it is one safe segment."""
    return f"/p/{quote(token, safe='')}/"


def see_link(token: str) -> HttpResponse:
    answer = HttpResponse(status=HTTPStatus.SEE_OTHER)
    answer["Location"] = link_path(token)
    return guard(answer)


def guard(answer: Answer) -> Answer:
    """Add the headers that keep a page out of caches, frames, search engines and referrers."""
    for name, value in HEADERS.items():
        answer.headers[name] = value
    return answer


def browser_language() -> Language:
    try:
        return get_language(translation.get_language() or SOURCE)
    except UnknownLanguage:
        return get_language(SOURCE)
