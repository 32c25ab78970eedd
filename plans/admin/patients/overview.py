"""The top of the patient's page: who they are, what they have since when, and how their plans stand."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from plans.admin.patients.link_lines import LinkLine, link_line
from plans.admin.patients.reminder_lines import ReminderLine, reminder_lines
from plans.admin.publications.presenters.mails import NO_MAILS, consent_context, mails_by_plan
from plans.admin.words.equipment import equipment_name
from plans.admin.words.findings import content_in_words
from plans.content import FindingContent
from plans.contraindications import Level
from plans.models import (
    Handover,
    Operated,
    Patient,
    PatientCondition,
    PatientLimit,
    PatientNote,
    PatientSymptom,
    Plan,
    Reason,
)
from plans.queries.patient_plans import PlanState, plans_of_patient, reasons_of_patient

MAX_NOTES = 30
SHORTLY = 14
MANY_WEEKS = 26 * 7
ASKING = (Level.STOP.value, Level.AVOID.value)


@dataclass(frozen=True, kw_only=True)
class Moment:
    """Something of a condition that has a day: what, when, and how long ago or ahead."""

    what: str
    day: date | None = None
    distance: str = ""


@dataclass(frozen=True, kw_only=True)
class FactLine:
    """A condition or symptom with its days, the newest of which places it in the list."""

    name: str
    moments: Sequence[Moment]
    cleared: str
    red_flag: bool = False
    warns: bool = False
    """Whether no plan can be published before this is cleared."""
    latest: date | None = None


@dataclass(frozen=True, kw_only=True)
class PlanLine:
    """One row of the table of plans."""

    state: PlanState
    word: str
    badge: str
    is_due: bool

    @property
    def plan(self) -> Plan:
        return self.state.plan


@dataclass(frozen=True, kw_only=True)
class IssuedFindings:
    """What a followed version says against itself, with the reasons; the rest is a number."""

    plan: Plan
    number: int
    asked: Sequence[FindingContent]
    cautions: Sequence[FindingContent]


@dataclass(frozen=True, kw_only=True)
class Overview:
    """All of it."""

    age: int
    language: str
    equipment: Sequence[str]
    facts: Sequence[FactLine]
    plans: Sequence[PlanLine]
    links: Sequence[LinkLine]
    reminders: Sequence[ReminderLine]
    mail: Mapping[str, Any]
    """What the patient agreed to, for the form that sends a link by mail."""
    findings: Sequence[IssuedFindings]
    reasons: Sequence[Reason]
    notes: Sequence[PatientNote]
    handovers: Sequence[Handover]

    @property
    def live(self) -> list[Plan]:
        return [line.plan for line in self.plans if line.state.is_live]

    @property
    def giving(self) -> list[LinkLine]:
        return [line for line in self.links if line.gives]

    @property
    def has_warning(self) -> bool:
        return any(fact.warns for fact in self.facts)

    @property
    def older_live(self) -> list[Plan]:
        """Return the plans that are followed besides the one issued last."""
        rows = [line.state for line in self.plans if line.state.is_live and line.state.newest]
        rows.sort(key=lambda state: state.newest.published_at if state.newest else state.plan.created_at)
        return [state.plan for state in rows[:-1]]


def overview_of(patient: Patient) -> Overview:
    today = patient.clinic.today()
    states = plans_of_patient(patient)
    issued = any(state.newest for state in states)
    mails = mails_by_plan(patient) if issued else {}
    born = patient.birth_date
    return Overview(
        age=today.year - born.year - ((today.month, today.day) < (born.month, born.day)),
        language=dict(settings.LANGUAGES).get(patient.language, patient.language),
        equipment=[equipment_name(thing) for thing in patient.equipment],
        facts=_facts(patient, today),
        plans=[_plan_line(state, today) for state in states],
        links=[
            link_line(state, today, mails.get(state.plan.pk, NO_MAILS)) for state in states if state.newest
        ],
        reminders=reminder_lines(states),
        mail=consent_context(patient) if issued else {},
        findings=[_issued(state) for state in states if state.is_live and state.newest],
        reasons=reasons_of_patient(patient),
        handovers=list(
            Handover.objects.filter(patient=patient).select_related("from_person", "to_person")[:MAX_NOTES]
        ),
        notes=list(patient.notes.select_related("created_by")[:MAX_NOTES]),
    )


def distance(day: date, today: date) -> str:
    """Say how far a day is away, as a clinician counts: days, then weeks, then months."""
    days = abs((today - day).days)
    if not days:
        return _("today")
    if days < SHORTLY:
        span = ngettext("%(count)d day", "%(count)d days", days) % {"count": days}
    elif days < MANY_WEEKS:
        weeks = days // 7
        span = ngettext("%(count)d week", "%(count)d weeks", weeks) % {"count": weeks}
    elif days < 2 * 365:
        months = days // 30
        span = ngettext("%(count)d month", "%(count)d months", months) % {"count": months}
    else:
        years = days // 365
        span = ngettext("%(count)d year", "%(count)d years", years) % {"count": years}
    return (_("%(span)s ago") if day < today else _("in %(span)s")) % {"span": span}


def _facts(patient: Patient, today: date) -> list[FactLine]:
    conditions = [_condition(row, today) for row in patient.conditions.select_related("condition")]
    symptoms = [_symptom(row, today) for row in patient.symptoms.select_related("symptom")]
    limits = [_limit(row, today) for row in patient.limits.all()]
    lines = [*symptoms, *conditions, *limits]
    return sorted(
        lines,
        key=lambda line: (bool(line.cleared), not line.red_flag, -(line.latest or date.min).toordinal()),
    )


def _condition(row: PatientCondition, today: date) -> FactLine:
    days = ((_("onset"), row.onset), (_("surgery"), row.surgery_on), (_("due"), row.due_on))
    moments = [Moment(what=what, day=day, distance=distance(day, today)) for what, day in days if day]
    if row.operated and not row.surgery_on:
        moments.append(Moment(what=Operated(row.operated).label))
    return FactLine(
        name=str(row),
        moments=moments
        or [Moment(what=_("recorded"), day=row.recorded_on, distance=distance(row.recorded_on, today))],
        cleared=_cleared(row),
        warns=row.condition.treat_cause_first and not row.is_cleared,
        latest=max((day for _what, day in days if day), default=row.recorded_on),
    )


def _symptom(row: PatientSymptom, today: date) -> FactLine:
    noted = row.noted_on
    return FactLine(
        name=row.symptom.name,
        moments=[Moment(what=_("noted"), day=noted, distance=distance(noted, today))] if noted else [],
        cleared=_cleared(row),
        red_flag=bool(row.symptom.red_flag),
        warns=bool(row.symptom.red_flag) and not row.is_cleared,
        latest=noted,
    )


def _limit(row: PatientLimit, today: date) -> FactLine:
    parts = (row.words.rstrip("."), amount_words(row), row.get_side_display())
    set_by = _("set by %(name)s") % {"name": row.said_by}
    moments = [Moment(what=set_by, day=row.said_on, distance=distance(row.said_on, today))]
    if row.until:
        moments.append(Moment(what=_("until"), day=row.until, distance=distance(row.until, today)))
    told = ", ".join(part for part in parts if part)
    return FactLine(
        name=_("Limit: %(words)s") % {"words": told},
        moments=moments,
        cleared=_cleared(row),
        latest=row.said_on,
    )


def amount_words(row: PatientLimit) -> str:
    if row.at_most is None:
        return ""
    said = {"amount": f"{row.at_most.normalize():f}", "unit": row.get_unit_display()}
    return _("at most %(amount)s %(unit)s") % said


def _cleared(row: PatientCondition | PatientLimit | PatientSymptom) -> str:
    return f"{row.cleared_by}: {row.cleared_how}" if row.is_cleared else ""


def _plan_line(state: PlanState, today: date) -> PlanLine:
    plan = state.plan
    if state.newest is None:
        word, badge = _("Draft"), ""
    elif plan.stopped_on:
        word, badge = _("Stopped"), "stop"
    elif state.paused_at:
        word, badge = _("Paused"), "stop"
    elif state.is_live:
        word, badge = _("Live"), "good"
    else:
        word, badge = _("Over"), ""
    is_due = bool(state.is_live and plan.review_on and plan.review_on <= today)
    return PlanLine(state=state, word=word, badge=badge, is_due=is_due)


def _issued(state: PlanState) -> IssuedFindings:
    return IssuedFindings(
        plan=state.plan,
        number=state.newest.number if state.newest else 0,
        asked=[content_in_words(one) for one in state.findings if one.level in ASKING],
        cautions=[content_in_words(one) for one in state.findings if one.level == Level.CAUTION.value],
    )
