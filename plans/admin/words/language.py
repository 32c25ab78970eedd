"""The desk's language: the one that the person chose, else the browser's, else English."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase
from django.utils import translation
from django.utils.translation import get_language_from_request

from plans.languages import DESK, SOURCE


def desk_language(answer: Callable[[HttpRequest], HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    def middleware(request: HttpRequest) -> HttpResponseBase:
        if not request.path.startswith("/admin/"):
            return answer(request)
        with translation.override(language_of(request)):
            response = answer(request)
            response.headers.setdefault("Content-Language", translation.get_language() or SOURCE)
        return response

    return middleware


def language_of(request: HttpRequest) -> str:
    chosen: str = getattr(request.user, "desk_language", "") or get_language_from_request(request)
    return chosen if chosen in DESK else SOURCE
