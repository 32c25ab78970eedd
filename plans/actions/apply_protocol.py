"""A protocol used: its exercises join a plan, in the revisions that the clinic approves today."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from plans import audit, permissions
from plans.actions.plans import save_plan
from plans.dose import Dose, Frequency
from plans.exceptions import PlansError
from plans.models import AuditVerb, Exercise, Patient, Plan, PlanItem, Protocol, ProtocolItem, User
from plans.models.base import FREQUENCY_COLUMNS
from plans.permissions import NotAllowed
from plans.queries.protocols import LeftOutWhy, Taken, taken_today


class ProtocolRetired(PlansError):
    """This protocol is retired. Choose another one."""

    code = "protocol_retired"


class ProtocolNotYours(PlansError):
    """This protocol belongs to another clinic than the patient."""

    code = "protocol_not_yours"


@dataclass(frozen=True, kw_only=True)
class LeftOut:
    """An exercise of the protocol that the plan did not get, and why."""

    exercise: Exercise
    why: LeftOutWhy


@dataclass(frozen=True, kw_only=True)
class Joined:
    """The plan as it is now, the items that are new in it, and the exercises that were left out."""

    plan: Plan
    added: tuple[PlanItem, ...]
    left_out: tuple[LeftOut, ...]


@transaction.atomic
def start_plan(
    *,
    protocol: Protocol,
    patient: Patient,
    title: str = "",
    start_on: date | None = None,
    review_on: date | None = None,
    by: User,
) -> Joined:
    """Make a draft for this patient from a protocol, with the protocol's title where none is given.

    Raises as add_protocol does; then there is no plan.
    """
    plan = Plan(patient=patient, title=title or protocol.title, start_on=start_on, review_on=review_on)
    return _join(plan, protocol, by)


@transaction.atomic
def add_protocol(*, plan: Plan, protocol: Protocol, by: User) -> Joined:
    """Append a protocol's items to a plan; what the plan says already stays.

    Blank goals and a blank note are filled, therapies are added. An item that names no frequency keeps the
    protocol's. An exercise is left out, and named, when the plan has it already, when it is retired, or when the
    clinic approves none of its revisions. Raises NotAllowed, ProtocolRetired, ProtocolNotYours, TooManyItems.
    """
    # Two who add at once wait for each other: the second one finds the exercises there.
    stored = Plan.objects.select_for_update(of=("self",)).select_related("patient__clinic").get(pk=plan.pk)
    return _join(stored, protocol, by)


def _join(plan: Plan, protocol: Protocol, by: User) -> Joined:
    protocol = Protocol.objects.select_related("clinic").get(pk=protocol.pk)
    _check_allowed(plan, protocol, by)
    held = list(_held(plan))
    taken = taken_today(protocol, held={item.revision.exercise_id for item in held})
    _fill_blanks(plan, protocol, empty=not held)
    items = _items(plan, protocol, taken, after=len(held))
    left_out = tuple(LeftOut(exercise=each.item.exercise, why=each.why_not) for each in taken if each.why_not)
    held_therapies = () if plan._state.adding else plan.therapies.all()
    save_plan(plan=plan, items=items, therapies={*held_therapies, *protocol.therapies.all()}, by=by)
    _append_audit(plan, protocol, len(items), left_out, by)
    return Joined(plan=plan, added=tuple(items), left_out=left_out)


def _check_allowed(plan: Plan, protocol: Protocol, by: User) -> None:
    if not permissions.may_care_for(by, plan.patient):
        raise NotAllowed
    if protocol.clinic_id != plan.patient.clinic_id:
        raise ProtocolNotYours
    if protocol.retired_on is not None:
        raise ProtocolRetired


def _held(plan: Plan) -> Iterable[PlanItem]:
    return () if plan._state.adding else plan.items.select_related("revision")


def _fill_blanks(plan: Plan, protocol: Protocol, *, empty: bool) -> None:
    plan.goals = plan.goals or protocol.goals
    plan.note = plan.note or protocol.note
    # A default that comes later would change what the plan's own items mean.
    if empty and plan.frequency == Frequency():
        for name in FREQUENCY_COLUMNS:
            setattr(plan, name, getattr(protocol, name))


def _items(plan: Plan, protocol: Protocol, taken: Sequence[Taken], *, after: int) -> list[PlanItem]:
    found = [(each.item, each.revision) for each in taken if each.revision is not None]
    items = []
    for order, (row, revision) in enumerate(found, start=after + 1):
        item = PlanItem(
            revision=revision,
            order=order,
            note=row.note,
            extra_caution=row.extra_caution,
            offers_easier=row.offers_easier,
        )
        item.dose = _dose(row, plan, protocol)
        items.append(item)
    return items


def _dose(row: ProtocolItem, plan: Plan, protocol: Protocol) -> Dose:
    """Write down the protocol's frequency where the plan's default would make it another one."""
    own, here = protocol.frequency, plan.frequency
    return row.dose.with_frequency(
        Frequency(
            times_per_day=None if own.times_per_day == here.times_per_day else own.times_per_day,
            days_per_week=None if own.days_per_week == here.days_per_week else own.days_per_week,
        )
    )


def _append_audit(
    plan: Plan, protocol: Protocol, count: int, left_out: Collection[LeftOut], by: User
) -> None:
    left: list[str] = [f"{each.why} {each.exercise.code}" for each in left_out]
    detail: dict[str, audit.Detail] = {"protocol": str(protocol.pk), "added": count, "left_out": left}
    audit.append(
        verb=AuditVerb.PLAN_PROTOCOL_ADDED, by=by, what=plan, detail=detail, **audit.place_of(plan.patient)
    )
