"""Reminders switched on, moved to another hour, and switched off: by the clinic, or by the patient on the page.

The clinic switches them on with the patient's agreement to an address. On the page they go to that address, or to one
that is typed there: to that, nothing goes but one mail that asks to confirm it.
"""

import uuid
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from plans import audit, permissions, tokens
from plans.actions.clinics import UnknownTimeZone, time_zones
from plans.actions.links import ensure_link
from plans.actions.mail_cancelling import end_reminders, why_no_link
from plans.actions.mails.asking import LinkClosed
from plans.actions.mails.consents import (
    MailAddressFails,
    NoMailConsent,
    check_address,
    consent_for,
    open_consent,
)
from plans.actions.pausing import PlanNotLive
from plans.actions.reminders.bounds import ASK_WINDOW, CONFIRM_TIME, MAX_ASKED
from plans.enqueue import enqueue_reminders
from plans.exceptions import PlansError
from plans.models import (
    AuditVerb,
    DownloadLink,
    MailConsent,
    MailState,
    Plan,
    Reminder,
    ReminderKind,
    ReminderSchedule,
    User,
)
from plans.models.reminders import LAST_HOUR
from plans.permissions import NotAllowed
from plans.queries.clock import database_now
from plans.queries.locks import lock_patient_of
from plans.queries.pauses import open_pause
from plans.queries.reminders import next_moment
from plans.tokens import Opens

REPLACED = "replaced"
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


class ConfirmationEnded(PlansError):
    """This address cannot be confirmed any more. Ask for reminders again on the page."""

    code = "confirmation_ended"


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
    plan = _locked(plan)
    if not permissions.may_care_for(by, plan.patient):
        raise NotAllowed
    _check_live(plan)
    consent = consent_for(plan.patient, address, consented=consented, by=by)
    link = ensure_link(plan=plan, by=by)
    if link.blocked_at:
        raise LinkClosed
    held = _open(plan)
    if held and held.consent_id == consent.pk and held.link_id == link.pk:
        return _move(held, hour, time_zone, by)
    return _begin(plan, link, hour, time_zone, consent=consent, by=by)


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
    plan = _locked(link.plan)
    _check_live(plan)
    if address:
        return _ask_to_confirm(plan, link, hour, time_zone, address)
    consent = open_consent(plan.patient)
    if consent is None:
        raise NoMailConsent
    if consent.failing_since:
        raise MailAddressFails
    held = _open(plan)
    if held and held.consent_id == consent.pk:
        return _move(held, hour, time_zone, None)
    return _begin(plan, link, hour, time_zone, consent=consent, by=None)


@transaction.atomic
def move_reminders(*, plan: Plan, hour: int, time_zone: str = "", by: User | None) -> ReminderSchedule:
    """Have the reminders go at another hour; `by` is None on the page.

    Raises WrongReminderHour, UnknownTimeZone, NotAllowed, RemindersOff; then nothing is written.
    """
    _check(hour, time_zone)
    held = _held(plan, by)
    return _move(held, hour, time_zone, by)


@transaction.atomic
def switch_off(*, plan: Plan, by: User | None) -> None:
    """End the plan's reminders; `by` is None on the page. Raises NotAllowed, RemindersOff."""
    held = _held(plan, by)
    end_reminders(why=SWITCHED_OFF, by=by, pk=held.pk)


@transaction.atomic
def confirm_address(*, token: str) -> ReminderSchedule:
    """Let the reminders begin that were asked for at a typed address; confirmed again, they stay as they are.

    Raises ConfirmationEnded, also for a token that confirms nothing.
    """
    found = schedule_to_confirm(token)
    if found is None:
        raise ConfirmationEnded
    plan = _locked(found.plan)
    schedule = ReminderSchedule.objects.select_for_update(of=("self",)).get(pk=found.pk)
    if schedule.is_on:
        return schedule
    now = database_now()
    today = plan.patient.clinic.day_of(now)
    if why_no_link(schedule.link, plan=plan, today=today, consent=None):
        raise ConfirmationEnded
    if schedule.ended_at or schedule.created_at + CONFIRM_TIME < now:
        raise ConfirmationEnded
    schedule.plan = plan
    schedule.confirmed_at, schedule.next_at = now, _first(schedule, now)
    schedule.save(update_fields=["confirmed_at", "next_at"])
    _note(AuditVerb.REMINDERS_ON, schedule, None)
    return schedule


@transaction.atomic
def stop_by_mail(*, token: str) -> ReminderSchedule | None:
    """End the reminders whose mail holds this token; None if no mail does. Ended ones stay as they are."""
    schedule = schedule_to_stop(token)
    if schedule:
        end_reminders(why=SWITCHED_OFF, by=None, pk=schedule.pk)
    return schedule


def schedule_to_stop(token: str) -> ReminderSchedule | None:
    return _schedules().filter(stop_digest=tokens.token_digest(token)).first()


def schedule_to_confirm(token: str) -> ReminderSchedule | None:
    return _schedules().filter(confirm_digest=tokens.token_digest(token)).first()


def _schedules() -> QuerySet[ReminderSchedule]:
    return ReminderSchedule.objects.select_related("plan__patient__clinic", "link")


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


def _locked(plan: Plan) -> Plan:
    # The patient first, like who saves facts and then looks at the plans; and like a sender, before it hands over.
    lock_patient_of(plan.pk)
    return Plan.objects.select_for_update(of=("self",)).select_related("patient__clinic").get(pk=plan.pk)


def _open(plan: Plan) -> ReminderSchedule | None:
    rows = ReminderSchedule.objects.select_for_update(of=("self",)).filter(plan=plan, ended_at=None)
    held = rows.first()
    if held:
        held.plan = plan
    return held


def _held(plan: Plan, by: User | None) -> ReminderSchedule:
    plan = _locked(plan)
    if by and not permissions.may_care_for(by, plan.patient):
        raise NotAllowed
    held = _open(plan)
    if held is None:
        raise RemindersOff
    return held


def _begin(
    plan: Plan,
    link: DownloadLink,
    hour: int,
    time_zone: str,
    *,
    consent: MailConsent | None = None,
    typed_address: str = "",
    by: User | None,
) -> ReminderSchedule:
    end_reminders(why=REPLACED, by=by, plan=plan)
    schedule_id, now = uuid.uuid4(), database_now()
    schedule = ReminderSchedule(
        id=schedule_id,
        plan=plan,
        link=link,
        consent=consent,
        typed_address=typed_address,
        hour=hour,
        time_zone=_unless_clinics(time_zone, plan),
        stop_digest=_digest(Opens.STOP_REMINDERS, schedule_id),
        confirm_digest=_digest(Opens.CONFIRM_REMINDERS, schedule_id),
        created_by=by,
        confirmed_at=now if consent else None,
    )
    if consent:
        schedule.next_at = _first(schedule, now)
    schedule.save()
    _note(AuditVerb.REMINDERS_ON if consent else AuditVerb.REMINDERS_ASKED, schedule, by)
    return schedule


def _ask_to_confirm(
    plan: Plan, link: DownloadLink, hour: int, time_zone: str, address: str
) -> ReminderSchedule:
    now = database_now()
    asked = Reminder.objects.filter(
        schedule__plan=plan, kind=ReminderKind.CONFIRM, due_at__gt=now - ASK_WINDOW
    )
    if asked.count() >= MAX_ASKED:
        raise TooManyConfirmations
    schedule = _begin(plan, link, hour, time_zone, typed_address=address, by=None)
    clinic = plan.patient.clinic
    Reminder.objects.create(
        clinic=clinic, schedule=schedule, kind=ReminderKind.CONFIRM, day=clinic.day_of(now), due_at=now
    )
    enqueue_reminders()
    return schedule


def _move(schedule: ReminderSchedule, hour: int, time_zone: str, by: User | None) -> ReminderSchedule:
    time_zone = _unless_clinics(time_zone, schedule.plan)
    if (schedule.hour, schedule.time_zone) == (hour, time_zone):
        return schedule
    schedule.hour, schedule.time_zone = hour, time_zone
    if schedule.confirmed_at:
        schedule.next_at = _first(schedule, database_now())
    schedule.save(update_fields=["hour", "time_zone", "next_at"])
    _note(AuditVerb.REMINDERS_CHANGED, schedule, by)
    return schedule


def _first(schedule: ReminderSchedule, now: datetime) -> datetime:
    """Return when the next one goes: not today, if the plan had one today at another hour."""
    moment = next_moment(schedule.hour, schedule.zone, after=now)
    had = Reminder.objects.filter(
        schedule__plan=schedule.plan,
        kind=ReminderKind.REMINDER,
        day__gte=moment.astimezone(schedule.zone).date(),
    )
    if had.exclude(state=MailState.CANCELLED).exists():
        return next_moment(schedule.hour, schedule.zone, after=moment)
    return moment


def _unless_clinics(time_zone: str, plan: Plan) -> str:
    return "" if time_zone == plan.patient.clinic.time_zone else time_zone


def _digest(what: Opens, schedule_id: uuid.UUID) -> str:
    return tokens.token_digest(tokens.new_token_for(what, schedule_id))


def _note(verb: AuditVerb, schedule: ReminderSchedule, by: User | None) -> None:
    audit.append(verb=verb, by=by, what=schedule, **audit.place_of(schedule.plan.patient))
