"""The patient's link: a birth date opens it, a button downloads the newest version of the plan.

Whatever is wrong (no such link, an old one, another date or code, too many tries) gets one and the same answer. What is
no date or no code, or may be two days, is asked again before any link is looked for, so it tells nothing either.

Before it is opened a page depends on the address and on what was typed alone. So a code is asked where the address says
that the sheet has one (`tokens.CODE_MARK`), whatever link that may be; and "Remember this device" can be ticked
everywhere, while the page that opens says whether the clinic has it so.
"""

from contextlib import suppress

import structlog
from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from clinic.addresses import address_of
from plans.actions.devices import DevicesNotRemembered
from plans.actions.downloads import record_download
from plans.actions.links import LinkRefused, open_link
from plans.handout.formats import Format
from plans.portal.asking import LOG, WAITING, ask_page, asked_by
from plans.portal.birthdate import FIELDS, LINE, read_birth_date
from plans.portal.code import CODE, read_code
from plans.portal.files import newest_publication, ready_file
from plans.portal.labels import file_name
from plans.portal.pages import plan_page
from plans.portal.responses import browser_language, guard, see_link
from plans.portal.session import Visit, end_session, remember, start_session, visit_of
from plans.portal.views import measures, progress, reminders
from plans.portal.views.log import take_form
from plans.portal.waiting import Take
from plans.queries.links import is_code_asked_anywhere
from plans.queries.pauses import open_pause
from plans.rendering.download import FileGone, open_pdf, pdf_answer
from plans.rendering.storage import StorageFailed

log = structlog.get_logger(__name__)
TAKES: dict[str, Take] = {
    LOG: take_form,
    progress.PAGE: progress.take_intention,
    measures.PAGE: measures.take_measures,
    reminders.PAGE: reminders.take_wish,
}
"""What takes a form that waited for the birth date, by the page that it is for."""


# No CSRF token: the page sets no cookie before it is opened, and its address is the secret that a forged form lacks.
@csrf_exempt
@sensitive_post_parameters(LINE, *FIELDS, CODE, WAITING)
@require_http_methods(["GET", "HEAD", "POST"])
def patient_page(request: HttpRequest, token: str) -> HttpResponse:
    if request.method == "POST":
        return _open(request, token)
    visit = visit_of(request, token)
    publication = newest_publication(visit.link.plan) if visit else None
    if visit is None or publication is None:
        return ask_page(request, asked_by(request, token))
    return plan_page(request, publication, token=token, visit=visit)


@require_safe
def patient_file(request: HttpRequest, token: str, number: int, key: str) -> HttpResponseBase:
    visit = visit_of(request, token)
    publication = newest_publication(visit.link.plan) if visit else None
    rendering = ready_file(publication, key) if publication and publication.number == number else None
    if visit is None or publication is None or rendering is None:
        return see_link(token)
    link = visit.link
    if link.plan.stopped_on or open_pause(link.plan):
        return see_link(token)  # the page says that it ended, or whom to call
    try:
        pdf = open_pdf(rendering)
    except FileGone:
        return see_link(token)  # the page says that it is being prepared
    except StorageFailed:
        log.exception("file_lost", rendering=str(rendering.pk))
        return plan_page(request, publication, token=token, visit=visit, file_lost=True)
    name = file_name(number, Format.from_key(key))
    is_download = "look" not in request.GET
    answer = pdf_answer(
        request,
        pdf,
        name=name,
        sha256=rendering.sha256,
        attachment=is_download,
        record=lambda part: record_download(
            link=link, rendering=rendering, address=address_of(request), part=part
        ),
    )
    return guard(answer)


@csrf_exempt
@require_POST
def close(request: HttpRequest, token: str) -> HttpResponse:
    answer = see_link(token)
    end_session(request, answer, token=token)
    return answer


def _open(request: HttpRequest, token: str) -> HttpResponse:
    asked = asked_by(request, token)
    days = read_birth_date(asked.typed, language=browser_language())
    code = read_code(asked.code) if asked.asks_code else ""
    if not days:
        return ask_page(request, asked, no_date=True)  # a slip of the hand is no try
    if code is None:
        return ask_page(request, asked, no_code=True)
    if len(days) > 1:
        return ask_page(request, asked, days=days)  # nor is what two countries read as two days
    try:
        link = open_link(token=token, birth_date=days[0], code=code, address=address_of(request))
    except LinkRefused:
        return ask_page(request, asked, refused=True, names_code=is_code_asked_anywhere())
    told, take = QueryDict(asked.waiting), TAKES.get(asked.waiting_for)
    answer = take(request, Visit(link=link), told, token=token) if told and take else see_link(token)
    start_session(request, answer, token=token, link=link)
    if asked.remember:
        with suppress(DevicesNotRemembered):
            remember(request, answer, token=token, link=link)
    return answer
