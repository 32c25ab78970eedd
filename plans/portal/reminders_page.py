"""The page of a plan's reminders: whether they are on, the last and the next, and how to change it.

An address that is recorded is never shown in full: whoever holds the link and the birth date may be somebody else.
"""

from collections.abc import Mapping
from datetime import datetime, time
from functools import cache
from http import HTTPStatus
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.formats import time_format
from django.utils.translation import gettext

from plans.actions.clinics import time_zones
from plans.actions.mails.consents import open_consent
from plans.actions.outgoing.handing import has_server
from plans.actions.reminders.bounds import CONFIRM_DAYS
from plans.actions.reminders.letter import confirm_subject
from plans.handout.phrases import write_date
from plans.languages import SOURCE, Language, get_language
from plans.models import MailConsent, MailState, Patient, ReminderSchedule
from plans.portal.calendar_file import calendar_days
from plans.portal.help_words import say_help
from plans.portal.opened import OpenedPlan
from plans.portal.responses import browser_language, page
from plans.queries.reminders import Reminders, reminders_of

FIRST_OFFERED = 17
"""The hour that the list begins with for who has chosen none."""
REGIONS = "Africa America Antarctica Asia Atlantic Australia Europe Indian Pacific"


def reminders_page(
    request: HttpRequest,
    opened: OpenedPlan,
    *,
    typed: Mapping[str, str] | None = None,
    error: str = "",
) -> HttpResponse:
    """Show how the reminders stand; again with what was typed, where `error` is the code of what is wrong with it."""
    plan, language = opened.link.plan, opened.language
    stand = reminders_of(plan)
    consent = open_consent(plan.patient)
    schedule = stand.schedule if stand.schedule and not stand.schedule.ended_at else None
    with translation.override(language.code):
        context = {
            "home": opened.home,
            "clinic": plan.patient.clinic.name,
            "stand": stand,
            "schedule": schedule,
            "masked": mask(schedule.address) if schedule else "",
            "consented": _offered(consent),
            "hour": _say_time(time(schedule.hour)) if schedule else "",
            "hours": _hours(typed or {}, schedule),
            "zones": _zones(typed or {}, schedule, plan.patient.clinic.zone),
            "clinic_zone": plan.patient.clinic.time_zone,
            "zone": say_zone(schedule.time_zone) if schedule and schedule.time_zone else "",
            "last": _say_last(stand, language),
            "next": _say_moment(stand.next_at, schedule.zone, language) if schedule else "",
            "confirming": stand.confirming.state if stand.confirming else "",
            "confirm_subject": confirm_subject(),
            "confirm_days": CONFIRM_DAYS,
            "typed": (typed or {}).get("address", ""),
            "error": error,
            "no_server": not has_server(),
            "has_calendar": calendar_days(opened.link, opened.publication) is not None,
        }
    status = HTTPStatus.BAD_REQUEST if error else HTTPStatus.OK
    return page(request, "reminders.html", context, language=language, status=status)


def mail_page(
    request: HttpRequest,
    template: str,
    schedule: ReminderSchedule | None,
    *,
    done: bool = False,
    refused: bool = False,
) -> HttpResponse:
    """Show a page that a mail leads to, without a session: it names nobody, no clinic and no plan."""
    language = language_of(schedule.plan.patient) if schedule else browser_language()
    with translation.override(language.code):
        hour = _say_time(time(schedule.hour)) if schedule else ""
    context = {
        "done": done,
        "refused": refused or schedule is None,
        "hour": hour,
        "help": say_help(),
    }
    status = HTTPStatus.NOT_FOUND if context["refused"] else HTTPStatus.OK
    return page(request, template, context, language=language, status=status)


def language_of(patient: Patient) -> Language:
    return get_language(patient.language, locale=patient.clinic.locale)


def mask(address: str) -> str:
    """Return so much of an address that its owner knows it, and nobody else: r…@e….org."""
    name, _, host = address.rpartition("@")
    label, _, top = host.rpartition(".")
    return f"{name[:1]}…@{label[:1]}….{top}"


@cache
def zones_of_regions() -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return the names of time zones that say a city, by region."""
    names = sorted(time_zones())
    return tuple(
        (region, tuple(name for name in names if name.startswith(f"{region}/"))) for region in REGIONS.split()
    )


def say_zone(name: str) -> str:
    """Name a time zone by its city, as zones are known."""
    return name.rpartition("/")[2].replace("_", " ")


def _offered(consent: MailConsent | None) -> str:
    return mask(consent.address) if consent and not consent.failing_since else ""


def _hours(typed: Mapping[str, str], schedule: ReminderSchedule | None) -> list[tuple[int, str, bool]]:
    chosen = str(schedule.hour if schedule else FIRST_OFFERED)
    chosen = typed.get("hour", chosen)
    return [(hour, _say_time(time(hour)), str(hour) == chosen) for hour in range(24)]


def _zones(
    typed: Mapping[str, str], schedule: ReminderSchedule | None, clinics: ZoneInfo
) -> list[tuple[str, list[tuple[str, str, bool]]]]:
    chosen = typed.get("time_zone", schedule.time_zone if schedule else "") or clinics.key
    return [
        (region, [(name, say_zone(name), name == chosen) for name in names])
        for region, names in zones_of_regions()
    ]


def _say_time(moment: time) -> str:
    """Write a time as a patient reads it: 5 p.m. in English, where the desk has 17:00."""
    return str(time_format(moment, "P" if translation.get_language() == SOURCE else "TIME_FORMAT"))


def _say_moment(moment: datetime | None, zone: ZoneInfo, language: Language) -> str:
    if moment is None:
        return ""
    local = moment.astimezone(zone)
    words = {"date": write_date(local.date(), language), "time": _say_time(local.time())}
    return gettext("%(date)s, %(time)s") % words


def _say_last(stand: Reminders, language: Language) -> str:
    """Say when the last one was due, and what became of it."""
    last, schedule = stand.last, stand.schedule
    if last is None or schedule is None:
        return ""
    words = {"moment": _say_moment(last.due_at, schedule.zone, language)}
    if last.written_to_file:
        return gettext("%(moment)s: not sent. Mails cannot be sent from here right now.") % words
    match last.state:
        case MailState.SENT:
            return gettext("%(moment)s: sent") % words
        case MailState.UNKNOWN:
            return gettext("%(moment)s: we do not know if it was sent") % words
        case MailState.QUEUED | MailState.RUNNING:
            return gettext("%(moment)s: on its way") % words
        case _:
            return gettext("%(moment)s: not sent") % words
