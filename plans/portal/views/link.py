"""The patient's link: a birth date opens it, a button downloads the newest version of the plan.

Whatever is wrong (no such link, an old one, another date, too many tries) gets one and the same answer. What is no
date, or may be two, is asked again before any link is looked for, so it tells nothing either.
"""

import structlog
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from clinic.addresses import address_of
from plans.actions.downloads import record_download
from plans.actions.links import LinkRefused, open_link
from plans.handout.formats import Format
from plans.portal.birthdate import FIELDS, LINE, MAX_LENGTH, read_birth_date
from plans.portal.files import newest_publication, ready_file
from plans.portal.labels import file_name
from plans.portal.pages import ask_page, plan_page
from plans.portal.responses import browser_language, guard, see_link
from plans.portal.session import end_session, session_link, start_session
from plans.queries.pauses import open_pause
from plans.rendering.download import FileGone, open_pdf, pdf_answer
from plans.rendering.storage import StorageFailed

log = structlog.get_logger(__name__)


# No CSRF token: the page sets no cookie before it is opened, and its address is the secret that a forged form lacks.
@csrf_exempt
@sensitive_post_parameters(LINE, *FIELDS)
@require_http_methods(["GET", "HEAD", "POST"])
def patient_page(request: HttpRequest, token: str) -> HttpResponse:
    if request.method == "POST":
        return _open(request, token)
    link = session_link(request, token)
    publication = newest_publication(link.plan) if link else None
    return plan_page(request, publication, token=token) if publication else ask_page(request, {})


@require_safe
def patient_file(request: HttpRequest, token: str, number: int, key: str) -> HttpResponseBase:
    link = session_link(request, token)
    publication = newest_publication(link.plan) if link else None
    rendering = ready_file(publication, key) if publication and publication.number == number else None
    if link is None or publication is None or rendering is None:
        return see_link(token)
    if link.plan.stopped_on or open_pause(link.plan):
        return see_link(token)  # the page says that it ended, or whom to call
    try:
        pdf = open_pdf(rendering)
    except FileGone:
        return see_link(token)  # the page says that it is being prepared
    except StorageFailed:
        log.exception("file_lost", rendering=str(rendering.pk))
        return plan_page(request, publication, token=token, file_lost=True)
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
    sent = [field for field in (LINE, *FIELDS) if field in request.POST]
    typed = {field: request.POST.get(field, "")[:MAX_LENGTH] for field in sent}
    days = read_birth_date(typed, language=browser_language())
    if not days:
        return ask_page(request, typed, no_date=True)  # a slip of the hand is no try
    if len(days) > 1:
        return ask_page(request, typed, days=days)  # nor is what two countries read as two days
    try:
        link = open_link(token=token, birth_date=days[0], address=address_of(request))
    except LinkRefused:
        return ask_page(request, typed, refused=True)
    answer = see_link(token)
    start_session(answer, token=token, link=link)
    return answer
