"""Reminders on the patient's page, and the two addresses that their mails hold.

A mail program may open any address of a mail before the patient does: a GET only asks, a POST does it. The POST that
ends reminders needs no session (RFC 8058): a mail program sends it for whoever presses its own button.
"""

from django.http import HttpRequest, HttpResponse
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
from plans.models import DownloadLink, Plan
from plans.models.reminders import LAST_HOUR
from plans.portal.calendar_file import CONTENT_TYPE, NAME, calendar_file
from plans.portal.reminders_page import language_of, mail_page, reminders_page
from plans.portal.responses import guard, see_link
from plans.portal.session import session_link
from plans.queries.pauses import open_pause
from plans.queries.reminders import days_of_plan, reminders_of

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
    link = _link(request, token)
    if link is None:
        return see_link(token)
    if request.method != "POST":
        return reminders_page(request, link, token=token)
    names = ("hour", "time_zone", "to", "address")
    typed = {name: request.POST.get(name, "")[:MAX_TYPED] for name in names}
    try:
        _do(request.POST.get("action", ""), link, typed)
    except PlansError as error:
        if error.code not in SHOWN_AGAIN:
            return see_link(token)
        return reminders_page(request, link, token=token, typed=typed, error=error.code)
    answer = see_link(token)
    answer["Location"] += "reminders/"
    return answer


@require_safe
def calendar(request: HttpRequest, token: str) -> HttpResponse:
    """Give the calendar file: at the hour that is asked for, else at that of the reminders."""
    link = _link(request, token)
    days = days_of_plan(link.plan) if link else None
    if link is None or days is None:
        return see_link(token)
    schedule = reminders_of(link.plan).schedule
    clinic = link.plan.patient.clinic
    zone = schedule.zone if schedule and not schedule.ended_at else clinic.zone
    hour = _hour(request.GET.get("hour", ""))
    if not 0 <= hour <= LAST_HOUR:
        return see_link(token)
    first, last = max(days[0], clinic.today()), days[1]
    if first > last:
        return see_link(token)
    with translation.override(language_of(link.plan.patient).code):
        made = calendar_file(plan_id=link.plan.pk, hour=hour, zone=zone, first=first, last=last)
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


def _link(request: HttpRequest, token: str) -> DownloadLink | None:
    """Return the link that this browser opened; none of a plan that is paused or over, of which its own page tells."""
    link = session_link(request, token)
    return link if link and _goes_on(link.plan) else None


def _goes_on(plan: Plan) -> bool:
    return plan.stopped_on is None and open_pause(plan) is None


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
