"""Reminders switched on, moved to another hour, and switched off: by the clinic, or by the patient on the page.

The clinic switches them on with the patient's agreement to an address. On the page they go to that address, or to one
that is typed there: to that, nothing goes but one mail that asks to confirm it.
"""

from django.db import transaction

from plans import permissions
from plans.actions.clinics import UnknownTimeZone, time_zones
from plans.actions.links import ensure_link
from plans.actions.mail_cancelling import end_reminders
from plans.actions.mails.asking import LinkClosed
from plans.actions.mails.consents import (
    MailAddressFails,
    NoMailConsent,
    check_address,
    consent_for,
    open_consent,
)
from plans.actions.pausing import PlanNotLive
from plans.actions.reminders.bounds import ASK_WINDOW, MAX_ASKED
from plans.actions.reminders.schedules import begin, locked_plan, move, open_schedule
from plans.enqueue import enqueue_reminders
from plans.exceptions import PlansError
from plans.models import (
    DownloadLink,
    Plan,
    Reminder,
    ReminderKind,
    ReminderSchedule,
    User,
)
from plans.models.reminders import LAST_HOUR
from plans.permissions import NotAllowed
from plans.queries.clock import database_now
from plans.queries.pauses import open_pause

SWITCHED_OFF = "switched_off"


class WrongReminderHour(PlansError):
    """A reminder goes at a full hour, from 0 to 23."""

    code = "wrong_reminder_hour"
    attribute = "hour"


class PausedPlanNotReminded(PlansError):
    """The plan is paused: resume it before reminders are switched on."""

    code = "paused_plan_not_reminded"


class RemindersOff(PlansError):
    """There are no reminders that are on, or wait to be confirmed."""

    code = "reminders_off"


class TooManyConfirmations(PlansError):
    """Too many mails that ask to confirm an address went out today. Try again tomorrow."""

    code = "too_many_confirmations"


@transaction.atomic
def switch_on(
    *, plan: Plan, hour: int, time_zone: str = "", address: str, consented: bool = False, by: User
) -> ReminderSchedule:
    """Have the patient reminded each day at this hour, at the address of an agreement; changed, if they are on.

    `consented`: the patient agreed just now, which is recorded. A blank time zone is the clinic's. Raises NotAllowed,
    WrongReminderHour, UnknownTimeZone, WrongMailAddress, PlanNotLive, PausedPlanNotReminded, NoMailConsent,
    MailAddressFails, LinkClosed; then nothing is written.
    """
    _check(hour, time_zone)
    check_address(address)
    plan = locked_plan(plan)
    if not permissions.may_care_for(by, plan.patient):
        raise NotAllowed
    _check_live(plan)
    consent = consent_for(plan.patient, address, consented=consented, by=by)
    link = ensure_link(plan=plan, by=by)
    if link.blocked_at:
        raise LinkClosed
    held = open_schedule(plan)
    if held and held.consent_id == consent.pk and held.link_id == link.pk:
        return move(held, hour, time_zone, by)
    return begin(plan, link, hour, time_zone, consent=consent, by=by)


@transaction.atomic
def ask_on_page(*, link: DownloadLink, hour: int, time_zone: str = "", address: str = "") -> ReminderSchedule:
    """Have the patient reminded, as asked on the page: at a typed address once it is confirmed, or at the clinic's.

    Without an address they go to that of the agreement which the clinic recorded, and begin at once. Raises
    WrongReminderHour, UnknownTimeZone, WrongMailAddress, PlanNotLive, PausedPlanNotReminded, NoMailConsent,
    MailAddressFails, TooManyConfirmations; then nothing is written.
    """
    _check(hour, time_zone)
    if address:
        check_address(address)
    plan = locked_plan(link.plan)
    _check_live(plan)
    if address:
        return _ask_to_confirm(plan, link, hour, time_zone, address)
    consent = open_consent(plan.patient)
    if consent is None:
        raise NoMailConsent
    if consent.failing_since:
        raise MailAddressFails
    held = open_schedule(plan)
    if held and held.consent_id == consent.pk:
        return move(held, hour, time_zone, None)
    return begin(plan, link, hour, time_zone, consent=consent, by=None)


@transaction.atomic
def move_reminders(*, plan: Plan, hour: int, time_zone: str = "", by: User | None) -> ReminderSchedule:
    """Have the reminders go at another hour; `by` is None on the page.

    Raises WrongReminderHour, UnknownTimeZone, NotAllowed, RemindersOff; then nothing is written.
    """
    _check(hour, time_zone)
    held = _held(plan, by)
    return move(held, hour, time_zone, by)


@transaction.atomic
def switch_off(*, plan: Plan, by: User | None) -> None:
    """End the plan's reminders; `by` is None on the page. Raises NotAllowed, RemindersOff."""
    held = _held(plan, by)
    end_reminders(why=SWITCHED_OFF, by=by, pk=held.pk)


def _check(hour: int, time_zone: str) -> None:
    if not 0 <= hour <= LAST_HOUR:
        raise WrongReminderHour
    if time_zone and time_zone not in time_zones():
        raise UnknownTimeZone(time_zone=time_zone[:64])


def _check_live(plan: Plan) -> None:
    if plan.stopped_on or not plan.publications.exists():
        raise PlanNotLive
    if open_pause(plan):
        raise PausedPlanNotReminded


def _held(plan: Plan, by: User | None) -> ReminderSchedule:
    plan = locked_plan(plan)
    if by and not permissions.may_care_for(by, plan.patient):
        raise NotAllowed
    held = open_schedule(plan)
    if held is None:
        raise RemindersOff
    return held


def _ask_to_confirm(
    plan: Plan, link: DownloadLink, hour: int, time_zone: str, address: str
) -> ReminderSchedule:
    now = database_now()
    asked = Reminder.objects.filter(
        schedule__plan=plan, kind=ReminderKind.CONFIRM, due_at__gt=now - ASK_WINDOW
    )
    if asked.count() >= MAX_ASKED:
        raise TooManyConfirmations
    schedule = begin(plan, link, hour, time_zone, typed_address=address, by=None)
    clinic = plan.patient.clinic
    Reminder.objects.create(
        clinic=clinic, schedule=schedule, kind=ReminderKind.CONFIRM, day=clinic.day_of(now), due_at=now
    )
    enqueue_reminders()
    return schedule
