"""What the patient told in the last two weeks: done of how many days, pain, and what is unknown."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from plans.languages import SOURCE
from plans.models import DayEntry, Intention, LogEntry, Outcome, Patient, Plan
from plans.queries.exercise_names import exercise_names
from plans.queries.logs import RECENT_DAYS, Adherence, adherences, read_told, worst_pains
from plans.queries.logs.adherence import recent_days
from plans.queries.patient_plans import PlanState

DAY = timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class ToldOfDay:
    """One day: None where nothing was told, which is not the same as nothing done."""

    day: date
    done: int | None
    skipped: int
    pain: int | None
    signs: Sequence[str]
    remarks: Sequence[tuple[str, str, str]]
    """What it is about, how it was, and the patient's words."""


@dataclass(frozen=True, kw_only=True)
class ToldOfPlan:
    """Two weeks of one plan, the newest day first, and what the patient means to do."""

    plan: Plan
    intention: Intention | None
    """None where nothing is written, or no more."""
    adherence: Adherence
    worst_pain: int | None
    last_pain: tuple[date, int] | None
    days: Sequence[ToldOfDay]


def told_of(patient: Patient, states: Sequence[PlanState]) -> list[ToldOfPlan]:
    """Return it for the plans that the patient follows. The queries do not grow with plans or rows."""
    plans = [state.plan for state in states if state.is_live]
    if not plans:
        return []
    for plan in plans:
        plan.patient = patient
    first, last = recent_days(patient.clinic)
    told = read_told(plans, first=first, last=last)
    kept, pains = adherences(plans, first=first, last=last, told=told), worst_pains(told)
    entries: dict[UUID, list[LogEntry]] = defaultdict(list)
    for entry in told.entries:
        entries[entry.plan_id].append(entry)
    wholes = {(row.plan_id, row.day): row for row in told.wholes}
    records = [state.record for state in states if state.record]
    names = exercise_names(records, language=get_language() or SOURCE)
    return [
        _told_of_plan(plan, kept[plan.pk], pains.get(plan.pk, {}), entries[plan.pk], wholes, names, last)
        for plan in plans
    ]


def _told_of_plan(
    plan: Plan,
    done: Adherence,
    pain: Mapping[date, int],
    entries: Sequence[LogEntry],
    wholes: Mapping[tuple[UUID, date], DayEntry],
    names: Mapping[UUID, str],
    last: date,
) -> ToldOfPlan:
    days = [last - number * DAY for number in range(RECENT_DAYS)]
    own = getattr(plan, "intention", None)
    return ToldOfPlan(
        plan=plan,
        intention=own if own and (own.goal or own.when_and_where) else None,
        adherence=done,
        worst_pain=max(pain.values(), default=None),
        last_pain=max(pain.items(), default=None),
        days=[
            _told_of_day(
                day,
                [row for row in entries if row.day == day],
                wholes.get((plan.pk, day)),
                pain.get(day),
                names,
            )
            for day in days
        ],
    )


def _told_of_day(
    day: date,
    entries: Sequence[LogEntry],
    whole: DayEntry | None,
    pain: int | None,
    names: Mapping[UUID, str],
) -> ToldOfDay:
    skipped = sum(row.outcome == Outcome.SKIPPED for row in entries)
    said = [(names.get(row.item_key, _("an exercise that left the plan")), row) for row in entries]
    remarks = [(name, _how(row), row.words) for name, row in said]
    if whole:
        remarks.append((_("the day"), _how(whole), whole.words))
    return ToldOfDay(
        day=day,
        done=len(entries) - skipped if entries else None,
        skipped=skipped,
        pain=pain,
        signs=[code.replace("_", " ") for code in whole.signs] if whole else [],
        remarks=[remark for remark in remarks if remark[1] or remark[2]],
    )


def _how(row: LogEntry | DayEntry) -> str:
    words = [str(row.get_feel_display())] if row.feel else []
    if isinstance(row, LogEntry) and row.reason:
        words.append(str(row.get_reason_display()))
    return ", ".join(words)
