"""What the patient told in the last two weeks: done of how many days, pain, and what is unknown."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from plans.content import PlanContent
from plans.languages import SOURCE
from plans.models import DayEntry, Intention, LogEntry, Outcome, Patient, Plan
from plans.queries.exercise_names import apart, exercise_names
from plans.queries.logs import RECENT_DAYS, Adherence, adherences, read_told, worst_pains
from plans.queries.logs.adherence import recent_days
from plans.queries.patient_plans import PlanState
from plans.queries.sign_names import sign_names

DAY = timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class ToldOfDay:
    """One day: None where nothing was told, which is not the same as nothing done."""

    day: date
    exercises: str | None
    """How many were done, done in part, and skipped."""
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


@dataclass(frozen=True, kw_only=True)
class _Names:
    """Of exercises by their keys, and of warning signs by their codes."""

    exercises: Mapping[UUID, str]
    signs: Mapping[str, str]


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
    codes = {code for row in told.wholes for code in row.signs}
    names = _Names(
        exercises=exercise_names(records, language=get_language() or SOURCE),
        signs={**_words_of_signs(records), **sign_names(codes, clinics={patient.clinic_id})},
    )
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
    names: _Names,
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
    names: _Names,
) -> ToldOfDay:
    remarks = _remarks(entries, names.exercises)
    if whole and (whole.feel or whole.words):
        remarks.append((_("the day"), _feel(whole), whole.words))
    return ToldOfDay(
        day=day,
        exercises=_counted(entries) if entries else None,
        pain=pain,
        signs=[names.signs.get(code) or code.replace("_", " ") for code in whole.signs] if whole else [],
        remarks=remarks,
    )


def _words_of_signs(records: Iterable[PlanContent]) -> dict[str, str]:
    """Return what the sheets say of signs, for those that the library no longer has."""
    return {sign.code: apart(sign.words) for record in records for sign in record.signs}


def _counted(entries: Sequence[LogEntry]) -> str:
    count = Counter(row.outcome for row in entries)
    done, part, skipped = (count[outcome] for outcome in (Outcome.ALL, Outcome.PART, Outcome.SKIPPED))
    said = [
        ngettext("%(count)s done", "%(count)s done", done) % {"count": done} if done else "",
        ngettext("%(count)s in part", "%(count)s in part", part) % {"count": part} if part else "",
        ngettext("%(count)s skipped", "%(count)s skipped", skipped) % {"count": skipped} if skipped else "",
    ]
    return ", ".join(filter(None, said))


def _remarks(entries: Sequence[LogEntry], names: Mapping[UUID, str]) -> list[tuple[str, str, str]]:
    """Return a line for each exercise of which more is known than that it was done; those that are alike share one."""
    alike: dict[tuple[str, str, UUID | None], dict[str, None]] = defaultdict(dict)
    for row in entries:
        how = ", ".join(filter(None, [_left_out(row), _feel(row), _pain(row)]))
        if how or row.words:
            name = names.get(row.item_key, _("an exercise that left the plan"))
            alike[how, row.words, row.pk if row.words else None][name] = None
    return [(", ".join(about), how, words) for (how, words, _row), about in alike.items()]


def _left_out(row: LogEntry) -> str:
    if row.outcome == Outcome.PART:
        return _("in part")
    if row.outcome != Outcome.SKIPPED:
        return ""
    return _("skipped (%(reason)s)") % {"reason": row.get_reason_display()} if row.reason else _("skipped")


def _feel(row: LogEntry | DayEntry) -> str:
    return str(row.get_feel_display()) if row.feel else ""


def _pain(row: LogEntry) -> str:
    said = {"before": row.pain_before, "after": row.pain_after}
    match row.pain_before, row.pain_after:
        case None, None:
            return ""
        case _, None:
            return _("pain %(before)s before") % said
        case None, _:
            return _("pain %(after)s after") % said
    return _("pain %(before)s before and %(after)s after") % said
