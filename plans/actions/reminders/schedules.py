"""The schedule of a plan's reminders as a row: read and held, begun, moved to another hour."""

import uuid
from datetime import datetime

from plans import audit, tokens
from plans.actions.mail_cancelling import end_reminders
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
from plans.queries.clock import database_now
from plans.queries.locks import lock_patient_of
from plans.queries.reminders import next_moment
from plans.tokens import Opens

REPLACED = "replaced"


def locked_plan(plan: Plan) -> Plan:
    # The patient first, like who saves facts and then looks at the plans; and like a sender, before it hands over.
    lock_patient_of(plan.pk)
    return Plan.objects.select_for_update(of=("self",)).select_related("patient__clinic").get(pk=plan.pk)


def open_schedule(plan: Plan) -> ReminderSchedule | None:
    rows = ReminderSchedule.objects.select_for_update(of=("self",)).filter(plan=plan, ended_at=None)
    held = rows.first()
    if held:
        held.plan = plan
    return held


def begin(
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
        schedule.next_at = first_moment(schedule, now)
    schedule.save()
    note(AuditVerb.REMINDERS_ON if consent else AuditVerb.REMINDERS_ASKED, schedule, by)
    return schedule


def move(schedule: ReminderSchedule, hour: int, time_zone: str, by: User | None) -> ReminderSchedule:
    time_zone = _unless_clinics(time_zone, schedule.plan)
    if (schedule.hour, schedule.time_zone) == (hour, time_zone):
        return schedule
    schedule.hour, schedule.time_zone = hour, time_zone
    if schedule.confirmed_at:
        schedule.next_at = first_moment(schedule, database_now())
    schedule.save(update_fields=["hour", "time_zone", "next_at"])
    note(AuditVerb.REMINDERS_CHANGED, schedule, by)
    return schedule


def first_moment(schedule: ReminderSchedule, now: datetime) -> datetime:
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


def note(verb: AuditVerb, schedule: ReminderSchedule, by: User | None) -> None:
    audit.append(verb=verb, by=by, what=schedule, **audit.place_of(schedule.plan.patient))
