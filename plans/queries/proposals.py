"""What a plan would become with a protocol, or with the next phase of one: said before anything is written."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import UUID

from django.utils import translation
from django.utils.translation import gettext

from plans.contraindications import Finding, Level
from plans.dose import Dose, Frequency, Span
from plans.models import Advice, Exercise, ExerciseRevision, Plan, PlanItem, ProtocolItem
from plans.models.base import FREQUENCY_COLUMNS
from plans.queries.checks import check_plan
from plans.queries.conflicts import OF_PATIENT
from plans.queries.phase_windows import WindowCheck, check_window
from plans.queries.programmes import Programme
from plans.queries.protocols import LeftOutWhy, taken_today

AGAINST = (Level.AVOID, Level.STOP)


@dataclass(frozen=True, kw_only=True)
class Offer:
    """An exercise that would join, and what the rules say against it for this patient."""

    item: PlanItem
    exercise: Exercise
    against: tuple[Finding, ...] = ()


@dataclass(frozen=True, kw_only=True)
class LeftOut:
    """An exercise of the protocol that the plan does not get, and why."""

    exercise: Exercise
    why: LeftOutWhy


@dataclass(frozen=True, kw_only=True)
class DoseChange:
    """An exercise that the next phase goes on with in another dose."""

    item: PlanItem
    before: Dose
    after: Dose


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """The protocol held against the plan and its patient: what joins, what is there, what is against it, what goes."""

    programme: Programme
    window: WindowCheck
    offers: tuple[Offer, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    doses: tuple[DoseChange, ...] = ()
    goes: tuple[PlanItem, ...] = ()
    stays: tuple[PlanItem, ...] = ()
    whole_plan: tuple[Finding, ...] = ()
    """What the rules say against any exercise at all for this patient."""
    fields: Mapping[str, str | int | date | None] = field(default_factory=dict)
    """Columns of the plan that would say something else."""
    therapies: tuple[Advice, ...] = ()

    def taken(self, take: Iterable[UUID] | None) -> tuple[Offer, ...]:
        """Return the exercises that join: the chosen ones, or else those that nothing is against."""
        if take is None:
            return tuple(offer for offer in self.offers if not offer.against)
        wanted = set(take)
        return tuple(offer for offer in self.offers if offer.exercise.pk in wanted)


def propose(plan: Plan, programme: Programme, *, instead_of: Programme | None = None) -> Proposal:
    """Hold a protocol against a plan; `instead_of` is the phase before it, whose exercises make room.

    What somebody chose beside that phase stays.
    """
    held = [] if plan._state.adding else list(plan.items.select_related("revision__exercise"))
    ends = {item.exercise_id for item in instead_of.items} if instead_of else set()
    begins = {item.exercise_id for item in programme.items}
    goes = [item for item in held if item.revision.exercise_id in ends - begins]
    stays = [item for item in held if item not in goes]
    fields = _fields(plan, programme, instead_of, empty=not stays)
    frequency = _frequency(plan, fields)
    taken = taken_today(
        programme.items, clinic=programme.clinic, held={item.revision.exercise_id for item in stays}
    )
    doses = _doses(stays, programme, frequency) if instead_of else ()
    new = [
        _item(each.item, each.revision, _dose(each.item, programme, frequency), order)
        for order, each in enumerate(
            (one for one in taken if one.revision), start=max((item.order for item in stays), default=0) + 1
        )
        if each.revision
    ]
    check = check_plan(plan, [*stays, *new], leaflets=() if plan._state.adding else None)
    first = plan.start_on or plan.patient.clinic.today()
    return Proposal(
        programme=programme,
        window=check_window(programme, plan.patient, on=plan.patient.clinic.today() if instead_of else first),
        offers=tuple(
            Offer(item=item, exercise=item.revision.exercise, against=_against(check.of_item(item)))
            for item in new
        ),
        left_out=tuple(
            LeftOut(exercise=each.item.exercise, why=each.why_not) for each in taken if each.why_not
        ),
        doses=tuple(doses),
        goes=tuple(goes),
        stays=tuple(stays),
        whole_plan=_against(check.of_plan),
        fields=fields,
        therapies=programme.therapies,
    )


def _against(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    return tuple(one for one in findings if one.level in AGAINST and _is_of_patient(one))


def _is_of_patient(finding: Finding) -> bool:
    """Whether it is the patient's facts that speak against it: a rule, a red flag, a cause to treat first."""
    return finding.code == "condition_rule" or finding.code in OF_PATIENT


def _fields(
    plan: Plan, programme: Programme, before: Programme | None, *, empty: bool
) -> dict[str, str | int | date | None]:
    """Fill what is blank; the next phase brings its own title where the plan has that of the phase before."""
    fields: dict[str, str | int | date | None] = {
        "goals": plan.goals or programme.goals,
        "note": plan.note or programme.note,
    }
    if _is_unnamed(plan) or (before and plan.title in before.titles):
        fields["title"] = programme.title
    # A default that comes later would change what the plan's own items mean.
    if empty and plan.frequency == Frequency():
        fields |= _columns(programme.frequency)
    if before:
        fields |= _dates(plan)
    fields["follows"] = plan.following(programme.id, instead_of=before.id if before else None)
    return {name: value for name, value in fields.items() if getattr(plan, name) != value}


def _dates(plan: Plan) -> dict[str, date | None]:
    """Begin today, to be reviewed after as many days as before."""
    today, days = plan.patient.clinic.today(), plan.patient.clinic.review_days
    if plan.start_on and plan.review_on and plan.review_on > plan.start_on:
        days = (plan.review_on - plan.start_on).days
    return {"start_on": today, "review_on": today + timedelta(days=days) if plan.review_on else None}


def _is_unnamed(plan: Plan) -> bool:
    """Whether it is called as each new draft is, until somebody calls it otherwise."""
    with translation.override(plan.patient.language.lower()):
        return plan.title in ("", gettext("Your exercises"))


def _frequency(plan: Plan, fields: Mapping[str, object]) -> Frequency:
    columns = {name: fields.get(name, getattr(plan, name)) for name in FREQUENCY_COLUMNS}
    return Frequency(
        times_per_day=Span.from_columns(columns, "times_per_day"),
        days_per_week=Span.from_columns(columns, "days_per_week"),
    )


def _columns(frequency: Frequency) -> dict[str, int | None]:
    spans = {"times_per_day": frequency.times_per_day, "days_per_week": frequency.days_per_week}
    lows = {f"{name}_min": span.low if span else None for name, span in spans.items()}
    return lows | {f"{name}_max": span.high if span else None for name, span in spans.items()}


def _doses(stays: Sequence[PlanItem], programme: Programme, here: Frequency) -> Iterable[DoseChange]:
    wanted = {row.exercise_id: row for row in programme.items}
    for item in stays:
        if (row := wanted.get(item.revision.exercise_id)) is not None:
            after = _dose(row, programme, here)
            if item.dose != after:
                yield DoseChange(item=item, before=item.dose, after=after)


def _item(row: ProtocolItem, revision: ExerciseRevision, dose: Dose, order: int) -> PlanItem:
    item = PlanItem(
        revision=revision,
        order=order,
        note=row.note,
        extra_caution=row.extra_caution,
        offers_easier=row.offers_easier,
    )
    item.dose = dose
    return item


def _dose(row: ProtocolItem, programme: Programme, here: Frequency) -> Dose:
    """Write down the protocol's frequency where the plan's default would make it another one."""
    own = programme.frequency
    return row.dose.with_frequency(
        Frequency(
            times_per_day=None if own.times_per_day == here.times_per_day else own.times_per_day,
            days_per_week=None if own.days_per_week == here.days_per_week else own.days_per_week,
        )
    )
