"""On how many days something was done, of how many that were planned. A day of which nothing was told is unknown."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple
from uuid import UUID

from plans.content import BrokenContent, PlanContent, UnknownSchema, from_json
from plans.models import Clinic, DayEntry, FrozenContent, LogEntry, Outcome, Pause, Plan, Publication
from plans.queries.cache import ImmutableCache
from plans.queries.logs.entries import Told

DAYS = 7
RECENT_DAYS = 14
"""How far the desk looks back."""
DAY = timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class Adherence:
    """`planned_days` by the lower bound of the dose; of `untold_days` nothing is known, so they are not "not done".

    Only planned days that are past can be unknown: no days of rest, and not the day that is not over yet.
    """

    done_days: int
    planned_days: int
    untold_days: int


class _Rhythm(NamedTuple):
    """On how many days of a week a version asks for exercise at least, and when it begins."""

    days_per_week: int
    start: date | None


class _Version(NamedTuple):
    issued_on: date
    content: str


_RHYTHMS: ImmutableCache[str, _Rhythm] = ImmutableCache(max_size=2_000)


def adherence(plan: Plan, *, first: date, last: date) -> Adherence:
    return adherences([plan], first=first, last=last)[plan.pk]


def adherences(
    plans: Collection[Plan], *, first: date, last: date, told: Told | None = None
) -> Mapping[UUID, Adherence]:
    """Return it for each of these plans, whose clinics are read already; the queries do not grow with the plans.

    `told` spares two of them to whoever has read what was told of these days.
    """
    return _adherences(dict.fromkeys(plans, (first, last)), told)


def recent_adherences(plans: Collection[Plan]) -> Mapping[UUID, Adherence]:
    """Return it for the last two weeks, each plan's by the calendar of its clinic; with as many queries."""
    return _adherences({plan: recent_days(plan.patient.clinic) for plan in plans}, None)


def recent_days(clinic: Clinic) -> tuple[date, date]:
    last = clinic.today()
    return last - (RECENT_DAYS - 1) * DAY, last


Spans = Mapping[Plan, tuple[date, date]]
"""Of which days each plan is asked, the first and the last one."""


def _adherences(spans: Spans, rows: Told | None) -> Mapping[UUID, Adherence]:
    if not spans:
        return {}
    done, told = _days_told(spans, rows)
    planned = _days_planned(spans)
    return {
        plan.pk: Adherence(
            done_days=len(done[plan.pk]),
            planned_days=_count(planned[plan.pk].values()),
            untold_days=_count_untold(planned[plan.pk], told[plan.pk], today=plan.patient.clinic.today()),
        )
        for plan in spans
    }


def _count(weekly: Collection[int]) -> int:
    total = sum(weekly)
    return max(total // DAYS, 1) if total else 0


def _count_untold(planned: Mapping[date, int], told: set[date], *, today: date) -> int:
    """Count the planned days of the past of which nothing was told.

    Which days of a week are those of exercise is the patient's choice: what was told on any day is one of them.
    """
    past = {day: weekly for day, weekly in planned.items() if day < today}
    due = sum(past.values()) // DAYS
    left = min(due - len(told & past.keys()), _count(planned.values()) - len(told & planned.keys()))
    return max(0, min(left, len(past.keys() - told)))


Days = Mapping[UUID, set[date]]


def _days_told(spans: Spans, rows: Told | None) -> tuple[Days, Days]:
    """Return the days on which something was done, and those of which anything was told."""
    done: dict[UUID, set[date]] = defaultdict(set)
    told: dict[UUID, set[date]] = defaultdict(set)
    days = {plan.pk: span for plan, span in spans.items()}
    for plan, day, is_done in _told_of(rows) if rows else _read_told(spans):
        first, last = days[plan]
        if first <= day <= last:
            told[plan].add(day)
            if is_done:
                done[plan].add(day)
    return done, told


def _told_of(rows: Told) -> Iterator[tuple[UUID, date, bool]]:
    for entry in rows.entries:
        yield entry.plan_id, entry.day, entry.outcome != Outcome.SKIPPED
    for whole in rows.wholes:
        yield whole.plan_id, whole.day, False


def _read_told(spans: Spans) -> Iterator[tuple[UUID, date, bool]]:
    first, last = _widest(spans)
    within = {"plan__in": list(spans), "day__range": (first, last)}
    entries = LogEntry.objects.filter(**within).order_by().values_list("plan", "day", "outcome").distinct()
    for plan, day, outcome in entries:
        yield plan, day, outcome != Outcome.SKIPPED
    for plan, day in DayEntry.objects.filter(**within).order_by().values_list("plan", "day"):
        yield plan, day, False


def _widest(spans: Spans) -> tuple[date, date]:
    return min(first for first, _ in spans.values()), max(last for _, last in spans.values())


def _days_planned(spans: Spans) -> Mapping[UUID, Mapping[date, int]]:
    """Return each day on which a version was in force and not paused, with its days of exercise in a week."""
    versions, paused = _versions(spans), _paused(spans)
    rhythms = _RHYTHMS.get({row.content for rows in versions.values() for row in rows}, _read_rhythms)
    found: dict[UUID, dict[date, int]] = {plan.pk: {} for plan in spans}
    for plan, (first, last) in spans.items():
        end = min(last, plan.stopped_on) if plan.stopped_on else last
        for day, version in _in_force(versions[plan.pk], first, end):
            rhythm = rhythms[version.content]
            is_paused = any(begin <= day < resume for begin, resume in paused[plan.pk])
            if not is_paused and (rhythm.start is None or day >= rhythm.start):
                found[plan.pk][day] = rhythm.days_per_week
    return found


def _in_force(versions: Sequence[_Version], first: date, last: date) -> Iterator[tuple[date, _Version]]:
    day = first
    while day <= last:
        if issued := [row for row in versions if row.issued_on <= day]:
            yield day, issued[-1]
        day += DAY


def _versions(spans: Spans) -> Mapping[UUID, list[_Version]]:
    """Return the version in force on the first day and those issued after it, in their order."""
    first, last = _widest(spans)
    rows = Publication.objects.filter(plan__in=list(spans), issued_on__lte=last).order_by("number")
    found: dict[UUID, list[_Version]] = defaultdict(list)
    for plan, issued_on, content in rows.values_list("plan", "issued_on", "content"):
        if issued_on <= first:
            found[plan].clear()
        found[plan].append(_Version(issued_on, content))
    return found


def _paused(plans: Iterable[Plan]) -> Mapping[UUID, list[tuple[date, date]]]:
    """Return from which day to before which one each plan was paused."""
    clinics = {plan.pk: plan.patient.clinic for plan in plans}
    found: dict[UUID, list[tuple[date, date]]] = defaultdict(list)
    for pause in Pause.objects.filter(plan__in=list(clinics)):
        clinic = clinics[pause.plan_id]
        resumed = clinic.day_of(pause.resumed_at) if pause.resumed_at else date.max
        found[pause.plan_id].append((clinic.day_of(pause.paused_at), resumed))
    return found


def _read_rhythms(contents: Collection[str]) -> Mapping[str, _Rhythm]:
    # Of a version that cannot be read nobody knows what was planned; whoever opens it is told so.
    found = dict.fromkeys(contents, _Rhythm(0, None))
    for pk, json in FrozenContent.objects.filter(pk__in=contents).values_list("pk", "json"):
        with suppress(BrokenContent, UnknownSchema):
            found[pk] = _rhythm_of(from_json(json))
    return found


def _rhythm_of(content: PlanContent) -> _Rhythm:
    # Of an exercise that does not say on how many days it is done, the log on paper has a box for each day.
    lows = [item.dose.days_per_week.low if item.dose.days_per_week else DAYS for item in content.items]
    return _Rhythm(max(lows, default=0), content.start_date)
