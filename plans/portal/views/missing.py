"""What is nothing below a link's address, in the language of the plan to whom it is open."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt

from plans.content import from_json
from plans.languages import get_language
from plans.portal.files import newest_publication
from plans.portal.help_words import say_help
from plans.portal.responses import browser_language, link_path, page
from plans.portal.session import visit_of


@csrf_exempt
def missing_page(request: HttpRequest, token: str, rest: str) -> HttpResponse:
    visit = visit_of(request, token)
    publication = newest_publication(visit.link.plan) if visit else None
    language = browser_language()
    if publication:
        content = from_json(publication.content.json)
        language = get_language(content.language, locale=content.clinic.locale)
    context = {"home": link_path(token), "help": say_help(), "is_open": publication is not None}
    return page(request, "missing.html", context, language=language, status=HTTPStatus.NOT_FOUND)
