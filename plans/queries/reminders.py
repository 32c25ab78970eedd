"""Reminders: when the next one is due, whether anything was logged, which days a plan has, how a schedule stands."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Exists, OuterRef, Q, QuerySet

from plans import content
from plans.models import (
    Clinic,
    DayEntry,
    LogEntry,
    MailState,
    Plan,
    Publication,
    Reminder,
    ReminderKind,
    ReminderSchedule,
)

MAX_SHOWN = 5
ONE_DAY, ONE_MINUTE = timedelta(days=1), timedelta(minutes=1)


def moment_of(day: date, hour: int, zone: ZoneInfo) -> datetime:
    """Return when it is this hour on this day.

    Of an hour that comes twice, the first. One that the clock leaves out in spring is as long after midnight as
    ever, and so by the clock an hour later.
    """
    return datetime.combine(day, time(hour), tzinfo=zone).astimezone(ZoneInfo("UTC"))


def next_moment(hour: int, zone: ZoneInfo, *, after: datetime) -> datetime:
    """Return the first such hour that comes after a moment."""
    day = after.astimezone(zone).date()
    while (moment := moment_of(day, hour, zone)) <= after:
        day += ONE_DAY
    return moment


def due_schedules(now: datetime) -> QuerySet[ReminderSchedule]:
    """Schedules whose hour has come, and those whose next hour was counted by a clock that was far ahead."""
    wrong = now + 3 * ONE_DAY
    rows = ReminderSchedule.objects.filter(Q(next_at__lte=now) | Q(next_at__gt=wrong), ended_at=None)
    return rows.select_related("plan__patient__clinic", "link", "consent").order_by("next_at")


def is_logged(schedule: ReminderSchedule, moment: datetime) -> bool:
    """Whether anything was told of the day that a moment belongs to, by the patient's clock or the clinic's.

    Entries stand under the clinic's day. Where that is not the patient's, one of the clinic's day before counts, too,
    if it was told since the patient's midnight; what staff key in of that day does not.
    """
    clinic = schedule.plan.patient.clinic
    midnight = datetime.combine(moment.astimezone(schedule.zone).date(), time(0), tzinfo=schedule.zone)
    told = Q(day=clinic.day_of(moment)) | Q(
        day=clinic.day_of(midnight), created_at__gte=midnight, recorded_by=None
    )
    plan = Q(plan=schedule.plan_id)
    return LogEntry.objects.filter(plan, told).exists() or DayEntry.objects.filter(plan, told).exists()


def days_of_plan(plan: Plan) -> tuple[date, date] | None:
    """Return the first and the last day of what was issued last; None where nothing was."""
    newest = plan.publications.order_by("-number").select_related("content").first()
    return days_of(newest) if newest else None


def days_of(publication: Publication) -> tuple[date, date]:
    """Return the first and the last day: to the review, or to the end of the longest dose.

    Without a review an exercise that says no end goes on, and its plan until it is stopped or its link ends.
    """
    issued = content.from_json(publication.content.json)
    first = max(issued.issued_on, issued.start_date or issued.issued_on)
    ends = [item.dose.until for item in issued.items]
    if issued.review_date is None and not all(ends):
        return first, date.max
    return first, max([first, *(day for day in (issued.review_date, *ends) if day)])


@dataclass(frozen=True, kw_only=True)
class Reminders:
    """How a plan's reminders stand: the schedule that is on or was last, the last mail, those not known, the next."""

    schedule: ReminderSchedule | None = None
    last: Reminder | None = None
    confirming: Reminder | None = None
    unknown: tuple[Reminder, ...] = ()
    next_at: datetime | None = None

    @property
    def is_on(self) -> bool:
        return bool(self.schedule and self.schedule.is_on)

    @property
    def waits_for_answer(self) -> bool:
        return bool(self.schedule and not self.schedule.ended_at and not self.schedule.confirmed_at)


def reminders_of(plan: Plan) -> Reminders:
    """Return how the plan's reminders stand."""
    return reminders_by_plan([plan]).get(plan.pk, Reminders())


def reminders_by_plan(plans: Iterable[Plan]) -> Mapping[UUID, Reminders]:
    """Return how the reminders of these plans stand, for those that ever had any; with a fixed number of questions."""
    newer = ReminderSchedule.objects.filter(plan=OuterRef("plan"), created_at__gt=OuterRef("created_at"))
    rows = ReminderSchedule.objects.filter(~Exists(newer), plan__in=[plan.pk for plan in plans])
    schedules = list(
        rows.select_related("plan__patient__clinic", "consent", "created_by", "ended_by", "link")
    )
    if not schedules:
        return {}
    mails: dict[UUID, list[Reminder]] = {schedule.plan_id: [] for schedule in schedules}
    told = Reminder.objects.filter(schedule__plan__in=mails).select_related("schedule").order_by("-due_at")
    for mail in told[: 40 * len(mails)]:
        mails[mail.schedule.plan_id].append(mail)
    ends = _ends(mails)
    return {
        schedule.plan_id: _stand(schedule, mails[schedule.plan_id], ends.get(schedule.plan_id))
        for schedule in schedules
    }


def _ends(plans: Iterable[UUID]) -> Mapping[UUID, tuple[date, date]]:
    newer = Publication.objects.filter(plan=OuterRef("plan"), number__gt=OuterRef("number"))
    newest = Publication.objects.filter(~Exists(newer), plan__in=list(plans)).select_related("content")
    return {row.plan_id: days_of(row) for row in newest}


def _stand(schedule: ReminderSchedule, mails: list[Reminder], days: tuple[date, date] | None) -> Reminders:
    of_days = [mail for mail in mails if mail.kind == ReminderKind.REMINDER]
    asked = [mail for mail in mails if mail.kind == ReminderKind.CONFIRM and mail.schedule_id == schedule.pk]
    return Reminders(
        schedule=schedule,
        last=of_days[0] if of_days else None,
        confirming=asked[0] if asked else None,
        unknown=tuple(mail for mail in mails if mail.state == MailState.UNKNOWN)[:MAX_SHOWN],
        next_at=_next(schedule, days),
    )


def _next(schedule: ReminderSchedule, days: tuple[date, date] | None) -> datetime | None:
    """Return when the next one goes, unless the plan or its link is over by then."""
    if schedule.next_at is None or days is None:
        return None
    clinic: Clinic = schedule.plan.patient.clinic
    first, last = days
    moment = schedule.next_at
    if clinic.day_of(moment) < first:
        moment = next_moment(
            schedule.hour, schedule.zone, after=moment_of(first, 0, clinic.zone) - ONE_MINUTE
        )
    return moment if clinic.day_of(moment) <= min(last, schedule.link.expires_on) else None
