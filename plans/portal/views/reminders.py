"""Reminders on the patient's page, and the two addresses that their mails hold.

A mail program may open any address of a mail before the patient does: a GET only asks, a POST does it. The POST that
ends reminders needs no session (RFC 8058): a mail program sends it for whoever presses its own button.
"""

from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils import translation
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from plans.actions.reminders.by_mail import (
    ConfirmationEnded,
    confirm_address,
    schedule_to_confirm,
    schedule_to_stop,
    stop_by_mail,
)
from plans.actions.reminders.switching import ask_on_page, move_reminders, switch_off
from plans.exceptions import PlansError
from plans.models import DownloadLink
from plans.models.reminders import LAST_HOUR
from plans.portal.calendar_file import CONTENT_TYPE, NAME, calendar_days, calendar_file
from plans.portal.opened import open_plan_behind, opened_plan
from plans.portal.reminders_page import mail_page, reminders_page
from plans.portal.responses import guard, see_link
from plans.portal.session import Visit
from plans.portal.waiting import take_or_ask
from plans.queries.reminders import reminders_of

PAGE = "reminders"
MAX_TYPED = 300
SHOWN_AGAIN = {
    "wrong_mail_address",
    "too_many_confirmations",
    "no_mail_consent",
    "mail_address_fails",
    "wrong_reminder_hour",
    "unknown_time_zone",
}
"""What the page says beside the form. Of all else, such as a plan that was stopped meanwhile, the plan's page tells."""


@csrf_exempt
@sensitive_post_parameters("address")
@require_http_methods(["GET", "HEAD", "POST"])
def reminders(request: HttpRequest, token: str) -> HttpResponse:
    if request.method == "POST":
        return take_or_ask(request, token, take=take_wish, page=PAGE)
    plan = opened_plan(request, token)
    return reminders_page(request, plan) if plan else see_link(token)


def take_wish(request: HttpRequest, visit: Visit, form: QueryDict, *, token: str) -> HttpResponse:
    plan = open_plan_behind(request, visit, token=token)
    if plan is None:
        return see_link(token)
    names = ("hour", "time_zone", "to", "address")
    typed = {name: form.get(name, "")[:MAX_TYPED] for name in names}
    try:
        _do(form.get("action", ""), plan.link, typed)
    except PlansError as error:
        if error.code not in SHOWN_AGAIN:
            return see_link(token)
        return reminders_page(request, plan, typed=typed, error=error.code)
    answer = see_link(token)
    answer["Location"] += "reminders/"
    return answer


@require_safe
def calendar(request: HttpRequest, token: str) -> HttpResponse:
    """Give the calendar file: at the hour that is asked for, else at that of the reminders."""
    opened = opened_plan(request, token)
    if opened is None:
        return see_link(token)
    plan = opened.link.plan
    schedule, clinic = reminders_of(plan).schedule, plan.patient.clinic
    zone = schedule.zone if schedule and not schedule.ended_at else clinic.zone
    hour = _hour(request.GET.get("hour", ""))
    if not 0 <= hour <= LAST_HOUR:
        return see_link(token)
    days = calendar_days(opened.link, opened.publication)
    if days is None:
        return see_link(token)
    first, last = days
    with translation.override(opened.language.code):
        made = calendar_file(plan_id=plan.pk, hour=hour, zone=zone, first=first, last=last)
    answer = HttpResponse(made, content_type=CONTENT_TYPE)
    answer["Content-Disposition"] = f'attachment; filename="{NAME}"'
    return guard(answer)


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, token: str) -> HttpResponse:
    if request.method != "POST":
        return mail_page(request, "reminders_stop.html", schedule_to_stop(token))
    return mail_page(request, "reminders_stop.html", stop_by_mail(token=token), done=True)


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    schedule = schedule_to_confirm(token)
    if request.method != "POST":
        ended = bool(schedule and schedule.ended_at)
        return mail_page(request, "reminders_confirm.html", schedule, refused=ended)
    try:
        schedule = confirm_address(token=token)
    except ConfirmationEnded:
        return mail_page(request, "reminders_confirm.html", schedule, refused=True)
    return mail_page(request, "reminders_confirm.html", schedule, done=True)


def _do(action: str, link: DownloadLink, typed: dict[str, str]) -> None:
    hour, time_zone = _hour(typed["hour"]), typed["time_zone"]
    match action:
        case "off":
            switch_off(plan=link.plan, by=None)
        case "move":
            move_reminders(plan=link.plan, hour=hour, time_zone=time_zone, by=None)
        case _:
            address = "" if typed["to"] == "clinic" else typed["address"].strip(" ") or " "
            ask_on_page(link=link, hour=hour, time_zone=time_zone, address=address)


def _hour(typed: str) -> int:
    return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) <= 2 else -1
