"""Is this sheet current? Answered by the code printed on it, to anyone, without any patient data."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.views.decorators.http import require_safe

from clinic.addresses import address_of
from plans.handout.phrases import write_date
from plans.languages import Language, in_country
from plans.portal.help_words import say_help
from plans.portal.labels import dial
from plans.portal.responses import browser_language, page
from plans.portal.throttle import WINDOW_SECONDS, is_slowed
from plans.queries.sheets import SheetAnswer, find_sheet

MAX_LENGTH = 40


@require_safe
def sheet_page(request: HttpRequest, code: str = "") -> HttpResponse:
    language = browser_language()
    code = (code or request.GET.get("code", "")).strip()[:MAX_LENGTH]
    if not code:
        return page(request, "sheet.html", {"max_length": MAX_LENGTH}, language=language)
    if is_slowed(address_of(request)):
        status = HTTPStatus.TOO_MANY_REQUESTS
        answer = page(
            request,
            "sheet.html",
            {"slowed": True, "help": say_help()},
            language=language,
            status=status,
        )
        answer["Retry-After"] = str(WINDOW_SECONDS)
        return answer
    found = find_sheet(code)
    context = {"code": code, "max_length": MAX_LENGTH, **_say(found, language)}
    status = HTTPStatus.OK if found else HTTPStatus.NOT_FOUND
    return page(request, "sheet.html", context, language=language, status=status)


def _say(found: SheetAnswer | None, language: Language) -> dict[str, object]:
    if found is None:
        return {"state": "unknown", "help": say_help()}
    language = in_country(language, found.locale)
    with translation.override(language.code):
        return {
            "state": found.state.value,
            "number": found.number,
            "newest": found.newest,
            "issued_on": write_date(found.issued_on, language),
            "since": write_date(found.since, language) if found.since else "",
            "clinic": found.clinic,
            "phone": found.phone,
            "clinic_number": dial(found.phone),
        }
