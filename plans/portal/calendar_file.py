"""A file for the patient's own calendar: the same hour each day to the plan's end, under a title that tells nothing."""

from datetime import date, datetime, time, timedelta
from urllib.parse import urlsplit
from uuid import NAMESPACE_URL, UUID, uuid5
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext
from icalendar import Alarm, Calendar, Event

from plans.models import DownloadLink, Publication
from plans.queries.reminders import days_of, moment_of

NAME = "reminders.ics"
CONTENT_TYPE = "text/calendar; charset=utf-8"
LENGTH = timedelta(minutes=15)
LONGEST = timedelta(days=90)
"""So far ahead it goes where a plan has no end."""


def calendar_days(link: DownloadLink, publication: Publication) -> tuple[date, date] | None:
    """Return the first and the last day of the file; None once the plan is over."""
    begins, last = days_of(publication)
    first = max(begins, link.plan.patient.clinic.today())
    if last == date.max:
        last = min(link.expires_on, first + LONGEST)
    return (first, last) if first <= last else None


def calendar_file(*, plan_id: UUID, hour: int, zone: ZoneInfo, first: date, last: date) -> bytes:
    """Return the file. Calendars are shared and shown on locked screens, so it holds no address, clinic or plan.

    Its id stays the same for a plan: who takes the file again moves the hour, and has no second row.
    """
    begins = datetime.combine(first, time(hour), tzinfo=zone)
    event = Event()
    event.add(
        "uid", f"{uuid5(NAMESPACE_URL, f'reminders:{plan_id}')}@{urlsplit(settings.PUBLIC_URL).hostname}"
    )
    event.add("dtstamp", timezone.now())
    event.add("dtstart", begins)
    event.add("duration", LENGTH)
    event.add("rrule", {"freq": "daily", "until": moment_of(last, hour, zone)})
    event.add("summary", gettext("Time for me"))
    event.add("class", "PRIVATE")
    event.add("transp", "TRANSPARENT")
    event.add_component(_alarm())
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", "-//Reminders//EN")
    calendar.add_component(event)
    calendar.add_missing_timezones(first_date=first, last_date=last + timedelta(days=1))
    made: bytes = calendar.to_ical()
    return made


def _alarm() -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", gettext("Time for me"))
    alarm.add("trigger", timedelta(0))
    return alarm
