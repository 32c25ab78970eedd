"""The weeks of a plan as the log on paper has them, and at which one keying in goes on."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Max, Min

from plans.content import PlanContent
from plans.handout.log import DAYS, count_weeks
from plans.models import Clinic, DayEntry, LogEntry, LogSource, Plan, Publication

WEEK = timedelta(days=DAYS)


@dataclass(frozen=True, kw_only=True)
class LogWeek:
    """Seven days; `number` is the one printed on the sheet, none where its log has no such week."""

    first: date
    number: int | None = None

    @property
    def days(self) -> tuple[date, ...]:
        return tuple(self.first + timedelta(days=place) for place in range(DAYS))

    @property
    def last(self) -> date:
        return self.days[-1]


@dataclass(frozen=True, kw_only=True)
class LogWeeks:
    """All weeks that may be keyed in: those with a day from `earliest` to `latest`."""

    weeks: tuple[LogWeek, ...]
    earliest: date
    latest: date
    next: LogWeek

    def may_have(self, day: date) -> bool:
        """Return whether something can have been done on this day: the plan was issued, and the day has come."""
        return self.earliest <= day <= self.latest

    def at(self, day: date | None) -> LogWeek:
        """Return the week with this day; the next to be keyed in for none, or for one of another time."""
        found = (week for week in self.weeks if day is not None and week.first <= day <= week.last)
        return next(found, self.next)

    def after(self, week: LogWeek) -> LogWeek:
        """Return the week that follows; the last one is followed by none, so it returns itself."""
        return self.at(min(week.first + WEEK, self.weeks[-1].first))


def log_weeks(publication: Publication, content: PlanContent) -> LogWeeks:
    """Return the weeks of this sheet's log. Three questions to the database."""
    clinic, starts_on = publication.plan.patient.clinic, content.clinic.week_starts_on
    issued = Publication.objects.filter(plan=publication.plan_id).aggregate(first=Min("issued_on"))["first"]
    stopped = publication.plan.stopped_on
    latest = min(clinic.today(), stopped) if stopped else clinic.today()
    earliest = min(issued, latest)
    begun = first_of_week(max(content.start_date or publication.issued_on, publication.issued_on), starts_on)
    printed = count_weeks(content)
    first, weeks = first_of_week(earliest, starts_on), []
    while first <= latest:
        number = (first - begun) // WEEK + 1
        weeks.append(LogWeek(first=first, number=number if 1 <= number <= printed else None))
        first += WEEK
    wanted = _next_week(publication.plan, clinic, starts_on) or begun
    found = [week for week in weeks if week.first <= wanted]
    return LogWeeks(
        weeks=tuple(weeks), earliest=earliest, latest=latest, next=found[-1] if found else weeks[0]
    )


def first_of_week(day: date, starts_on: int) -> date:
    """Return the first day of the day's week; weeks begin on `starts_on`, 0 for Monday."""
    return day - timedelta(days=(day.weekday() - starts_on) % DAYS)


def _next_week(plan: Plan, clinic: Clinic, starts_on: int) -> date | None:
    """Return the first day of the week after the last one that was keyed in; None if none was.

    A week that was keyed in before it was over is not: the sheet is brought again with its other days.
    """
    keyed: dict[date, date] = {}
    for model in (LogEntry, DayEntry):
        rows = model._default_manager.filter(plan=plan, source=LogSource.PAPER).order_by("-day")
        for day, moment in rows.values_list("day").annotate(Max("changed_at"))[:DAYS]:
            keyed[day] = max(keyed.get(day, day), clinic.day_of(moment))
    if not keyed:
        return None
    first = first_of_week(max(keyed), starts_on)
    last = first + WEEK - timedelta(days=1)
    is_over = any(keyed_on > last or day == last for day, keyed_on in keyed.items() if day >= first)
    return first + WEEK if is_over else first
