"""What a patient reads where no page of ours could answer: too much at once, a fault, no such page."""

import re
from contextlib import suppress
from http import HTTPStatus

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import translation

from plans.content import from_json
from plans.exceptions import PlansError
from plans.languages import Language, get_language
from plans.portal.files import newest_publication
from plans.portal.help_words import say_help
from plans.portal.responses import browser_language, guard, link_path, spoken_language
from plans.portal.session import visit_of

_LINK = re.compile(r"/p/([^/]+)/")


def trouble_page(request: HttpRequest, status: int) -> HttpResponse:
    """Say what went wrong in the plan's language to whom it is open, else the browser's, and how to reach help.

    After a fault of ours nothing more is asked of the database, which may be the fault.
    """
    found = _LINK.match(request.path)
    token = found[1] if found else ""
    language = spoken_language(request)
    if language is None and token and status < HTTPStatus.INTERNAL_SERVER_ERROR:
        language = _language_of_plan(request, token)
    is_open = language is not None
    language = language or browser_language()
    context = {
        "language": language,
        "is_open": is_open,
        "status": status,
        "home": link_path(token) if token else "",
        "help": say_help(),
    }
    with translation.override(language.code):
        words = render_to_string("portal/trouble.html", context)
    answer = HttpResponse(words, status=status)
    answer["Content-Language"] = language.tag
    return guard(answer)


def _language_of_plan(request: HttpRequest, token: str) -> Language | None:
    with suppress(DatabaseError, PlansError):
        visit = visit_of(request, token)
        publication = newest_publication(visit.link.plan) if visit else None
        if publication:
            content = from_json(publication.content.json)
            return get_language(content.language, locale=content.clinic.locale)
    return None
