"""On how many days something was done, of how many that were planned. A day of which nothing was told is unknown."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple
from uuid import UUID

from plans.content import PlanContent, from_json
from plans.models import DayEntry, FrozenContent, LogEntry, Outcome, Pause, Plan, Publication
from plans.queries.cache import ImmutableCache

DAYS = 7
DAY = timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class Adherence:
    """`planned_days` by the lower bound of the dose; of `untold_days` nothing is known, so they are not "not done"."""

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


def adherences(plans: Collection[Plan], *, first: date, last: date) -> Mapping[UUID, Adherence]:
    """Return it for each of these plans, whose clinics are read already; the queries do not grow with the plans."""
    done, told = _days_told(plans, first, last)
    planned = _days_planned(plans, first, last)
    return {
        plan.pk: Adherence(
            done_days=len(done[plan.pk]),
            planned_days=_count(planned[plan.pk].values()),
            untold_days=len(planned[plan.pk].keys() - told[plan.pk]),
        )
        for plan in plans
    }


def _count(weekly: Collection[int]) -> int:
    total = sum(weekly)
    return max(total // DAYS, 1) if total else 0


Days = Mapping[UUID, set[date]]


def _days_told(plans: Collection[Plan], first: date, last: date) -> tuple[Days, Days]:
    """Return the days on which something was done, and those of which anything was told."""
    done: dict[UUID, set[date]] = defaultdict(set)
    told: dict[UUID, set[date]] = defaultdict(set)
    within = {"plan__in": plans, "day__range": (first, last)}
    rows = LogEntry.objects.filter(**within).order_by().values_list("plan", "day", "outcome").distinct()
    for plan, day, outcome in rows:
        told[plan].add(day)
        if outcome != Outcome.SKIPPED:
            done[plan].add(day)
    for plan, day in DayEntry.objects.filter(**within).order_by().values_list("plan", "day"):
        told[plan].add(day)
    return done, told


def _days_planned(plans: Collection[Plan], first: date, last: date) -> Mapping[UUID, Mapping[date, int]]:
    """Return each day on which a version was in force and not paused, with its days of exercise in a week."""
    versions, paused = _versions(plans, first, last), _paused(plans)
    rhythms = _RHYTHMS.get({row.content for rows in versions.values() for row in rows}, _read_rhythms)
    found: dict[UUID, dict[date, int]] = {plan.pk: {} for plan in plans}
    for plan in plans:
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


def _versions(plans: Collection[Plan], first: date, last: date) -> Mapping[UUID, list[_Version]]:
    """Return the version in force on the first day and those issued after it, in their order."""
    rows = Publication.objects.filter(plan__in=plans, issued_on__lte=last).order_by("number")
    found: dict[UUID, list[_Version]] = defaultdict(list)
    for plan, issued_on, content in rows.values_list("plan", "issued_on", "content"):
        if issued_on <= first:
            found[plan].clear()
        found[plan].append(_Version(issued_on, content))
    return found


def _paused(plans: Collection[Plan]) -> Mapping[UUID, list[tuple[date, date]]]:
    """Return from which day to before which one each plan was paused."""
    clinics = {plan.pk: plan.patient.clinic for plan in plans}
    found: dict[UUID, list[tuple[date, date]]] = defaultdict(list)
    for pause in Pause.objects.filter(plan__in=plans):
        clinic = clinics[pause.plan_id]
        resumed = clinic.day_of(pause.resumed_at) if pause.resumed_at else date.max
        found[pause.plan_id].append((clinic.day_of(pause.paused_at), resumed))
    return found


def _read_rhythms(contents: Collection[str]) -> Mapping[str, _Rhythm]:
    rows = FrozenContent.objects.filter(pk__in=contents).values_list("pk", "json")
    return {pk: _rhythm_of(from_json(json)) for pk, json in rows}


def _rhythm_of(content: PlanContent) -> _Rhythm:
    # Of an exercise that does not say on how many days it is done, the log on paper has a box for each day.
    lows = [item.dose.days_per_week.low if item.dose.days_per_week else DAYS for item in content.items]
    return _Rhythm(max(lows, default=0), content.start_date)
