"""What a patient tells: by a form, with or without scripts, or as a list that waited on a phone without a network."""

import json
from collections.abc import Callable
from datetime import date
from http import HTTPStatus
from typing import Any
from urllib.parse import quote
from uuid import uuid4

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.utils import translation
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from plans.actions import logs
from plans.content import from_json
from plans.exceptions import PlansError
from plans.languages import get_language
from plans.models import DayEntry, Device, LogEntry, LogSource, Publication
from plans.portal.asking import ask_page, asked_before_telling
from plans.portal.files import newest_publication
from plans.portal.kept import is_for_keeping
from plans.portal.log_pages import day_page, exercise_form_page
from plans.portal.opened import OpenedPlan, is_closed, opened_plan, plan_behind
from plans.portal.responses import browser_language, guard, see_link
from plans.portal.session import Visit, visit_of
from plans.portal.tick_lists import MAX_BYTES, answer_list, refuse_list
from plans.portal.told import DAY, ToldDay, asks_for_help, read_told, read_untold
from plans.portal.typed_ticks import form_day, form_exercise, form_id, form_session, read_day, read_id
from plans.queries.logs import version_of_day
from plans.queries.pauses import open_pause

MAX_DIGITS = 4
ON_THE_PAGE: dict[str, Any] = {"source": LogSource.PAGE, "by": None}


# No CSRF token: the page's address is the secret that a forged form lacks.
@csrf_exempt
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def log_page(request: HttpRequest, token: str) -> HttpResponse:
    if request.method == "POST":
        is_list = request.content_type == "application/json"
        return _take_list(request, token) if is_list else _take_form(request, token)
    plan = opened_plan(request, token)
    return day_page(request, _asked_told(request, plan)) if plan else see_link(token)


@require_safe
def log_exercise_page(request: HttpRequest, token: str, number: int) -> HttpResponse:
    """Ask for more about one exercise; `session` in the address is which time of the day."""
    plan = opened_plan(request, token)
    if plan is None:
        return see_link(token)
    told = _asked_told(request, plan)
    item = next((item for item in told.content.items if item.number == number), None)
    if item is None:
        return _see(plan, "log/")
    asked = request.GET.get("session", "")
    session = int(asked) if asked in {str(number) for number in range(1, 11)} else None
    return exercise_form_page(request, told, item, session=session)


def _asked_told(request: HttpRequest, plan: OpenedPlan) -> ToldDay:
    if is_for_keeping(request):
        return read_untold(plan)
    today = plan.link.plan.patient.clinic.today()
    return read_told(plan, today - DAY if "yesterday" in request.GET else today)


# --- A form ---


def _take_form(request: HttpRequest, token: str) -> HttpResponse:
    visit, form = visit_of(request, token), _form(request)
    if visit:
        return take_form(request, visit, form, token=token)
    # The session ended, or the link did, while the page stood open. What was told waits in the page that asks.
    return ask_page(request, asked_before_telling(token, form)) if form else see_link(token)


def take_form(request: HttpRequest, visit: Visit, form: QueryDict | None, *, token: str) -> HttpResponse:
    """Keep what a form tells, also of a plan that was stopped or paused while it stood open: it was done before."""
    plan = plan_behind(request, visit, token=token)
    if plan is None:
        return see_link(token)
    today = plan.link.plan.patient.clinic.today()
    if is_closed(plan.link):
        return _take_of_closed(plan, form, today)
    if form is None:
        return day_page(request, read_told(plan, today), is_too_large=True)
    day = today
    try:
        day = read_day(form.get("day", today.isoformat()))
        publication = _version_of(plan, form, day)
        entry = _tell(publication, form, day, plan.device)
    except PlansError as refused:
        return _show_refused(request, plan, form, refused, day=day if day == today - DAY else today)
    if entry and entry.publication_id != publication.pk:
        publication = entry.publication
    return _after(plan, form, day, publication=publication, entry=entry)


def _take_of_closed(plan: OpenedPlan, form: QueryDict | None, today: date) -> HttpResponse:
    """Keep it if it can be kept; the link's page says that the plan is closed, and whom to call."""
    form = form or QueryDict()
    try:
        day = read_day(form.get("day", today.isoformat()))
        _tell(_version_of(plan, form, day), form, day, plan.device)
    except PlansError:
        return _see(plan, "")
    return _see(plan, "?saved")


def _form(request: HttpRequest) -> QueryDict | None:
    """Return what was sent; None where it is too much, which is known by its length or found by reading it."""
    if int(request.META.get("CONTENT_LENGTH") or 0) > MAX_BYTES:
        return None
    try:
        return request.POST
    except RequestDataTooBig:
        return None


def _version_of(plan: OpenedPlan, form: QueryDict, day: date) -> Publication:
    """Return the version that the page showed; it may have been replaced while the page stood open."""
    number, newest = form.get("version", ""), plan.publication
    if number == str(newest.number) and newest.issued_on <= day:
        return newest
    shown = plan.link.plan.publications.select_related("content", "plan__patient__clinic")
    named = shown.filter(number=int(number), issued_on__lte=day).first() if _is_place(number) else None
    return named or version_of_day(plan.link.plan, day) or newest


def _is_place(typed: str) -> bool:
    return typed.isdecimal() and len(typed) <= MAX_DIGITS


def _tell(
    publication: Publication, form: QueryDict, day: date, device: Device | None
) -> LogEntry | DayEntry | None:
    common: dict[str, Any] = {"publication": publication, "day": day, **ON_THE_PAGE}
    about = form.get("about")
    if about == "mistake":
        key = read_id(form.get("item"), attribute="item")
        logs.take_back(**common, item_key=key, session=form_session(form), client_id=form_id(form))
        return None
    common["device"] = device
    tell: Callable[..., Any] = logs.tell_exercise
    if about == "everything":
        tell = logs.tell_all_done
    elif about == "day":
        tell, common = logs.tell_day, common | form_day(form)
    else:
        common |= {"item_key": read_id(form.get("item"), attribute="item"), **form_exercise(form)}
    try:
        told = tell(**common, client_id=form_id(form))
    except (logs.TickIdReused, logs.TakenBack):
        # The page was gone back to and filled in anew: what is new is told under another id.
        told = tell(**common, client_id=uuid4())
    return told if isinstance(told, LogEntry | DayEntry) else None


def _after(
    plan: OpenedPlan,
    form: QueryDict,
    day: date,
    *,
    publication: Publication,
    entry: LogEntry | DayEntry | None,
) -> HttpResponse:
    today = plan.link.plan.patient.clinic.today()
    query = "saved" if day == today else "yesterday&saved"
    is_replaced = day == today and publication.number < plan.publication.number
    if is_replaced:
        query += f"&version={publication.number}"
    back = form.get("back", "")
    if asks_for_help(plan.content, entry):
        return _see(plan, f"log/?{query}#alarm")
    if _is_place(back) and not is_replaced:
        return _see(plan, f"exercise/{int(back)}/")
    return _see(plan, f"log/?{query}#{_place_of(form, entry)}")


def _place_of(form: QueryDict, entry: LogEntry | DayEntry | None) -> str:
    """Return where the page goes on: at the exercise that was told of."""
    if isinstance(entry, LogEntry):
        return f"e{entry.item_key}"
    return f"e{read_id(form.get('item'), attribute='item')}" if form.get("about") == "mistake" else "saved"


def _show_refused(
    request: HttpRequest, plan: OpenedPlan, form: QueryDict, refused: PlansError, *, day: date
) -> HttpResponse:
    told = read_told(plan, day)
    item = next((item for item in told.content.items if item.key == form.get("item")), None)
    if item is None or "whole" not in form:
        return day_page(request, told, refused=refused, typed=form)
    session = form.get("session", "")
    number = int(session) if session in {str(number) for number in range(1, 11)} else None
    return exercise_form_page(request, told, item, session=number, refused=refused, typed=form)


def _see(plan: OpenedPlan, rest: str) -> HttpResponse:
    answer = HttpResponse(status=HTTPStatus.SEE_OTHER)
    answer["Location"] = plan.home + quote(rest, safe="/?&#=")
    return guard(answer)


# --- A list that waited ---


def _take_list(request: HttpRequest, token: str) -> HttpResponse:
    """Keep what a phone tells, also of a plan that was stopped or paused since: it was done before."""
    visit = visit_of(request, token)
    publication = newest_publication(visit.link.plan) if visit else None
    if visit is None or publication is None:
        with translation.override(browser_language().code):
            return _json(refuse_list(HTTPStatus.FORBIDDEN), status=HTTPStatus.FORBIDDEN)
    content = from_json(publication.content.json)
    language = get_language(content.language, locale=content.clinic.locale)
    with translation.override(language.code):
        given = _listed(request)
        if isinstance(given, HTTPStatus):
            return _json(refuse_list(given), status=given)
        plan = visit.link.plan
        answers = answer_list(given, plan=plan, content=content, language=language, device=visit.device)
    state = "stopped" if plan.stopped_on else "paused" if open_pause(plan) else "open"
    return _json({"plan": state, "answers": answers})


def _listed(request: HttpRequest) -> list[Any] | HTTPStatus:
    """Return the list, or with which status it is refused."""
    try:
        if int(request.META.get("CONTENT_LENGTH") or 0) > MAX_BYTES or len(request.body) > MAX_BYTES:
            return HTTPStatus.REQUEST_ENTITY_TOO_LARGE
        given = json.loads(request.body)
    except RequestDataTooBig:
        return HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    except (ValueError, RecursionError):
        return HTTPStatus.BAD_REQUEST
    return given if isinstance(given, list) else HTTPStatus.BAD_REQUEST


def _json(data: dict[str, Any], *, status: int = HTTPStatus.OK) -> HttpResponse:
    return guard(JsonResponse(data, status=status))
