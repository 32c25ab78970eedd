"""A protocol used: its exercises join a plan, in the revisions that the clinic approves today."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction

from plans import audit, permissions
from plans.actions.plans import save_plan
from plans.dose import Frequency
from plans.exceptions import PlansError
from plans.models import AuditVerb, Patient, PhaseBegan, Plan, PlanItem, Protocol, User
from plans.permissions import NotAllowed
from plans.queries.programmes import AnyProtocol, Programme, find_programme, programme_of
from plans.queries.proposals import LeftOut, Offer, Proposal, propose
from plans.queries.protocols import LeftOutWhy


class ProtocolRetired(PlansError):
    """This protocol is retired. Choose another one."""

    code = "protocol_retired"


class ProtocolNotYours(PlansError):
    """This protocol belongs to another clinic than the patient."""

    code = "protocol_not_yours"


class ProtocolNotApproved(PlansError):
    """No reviewer of the clinic has approved this protocol of the library."""

    code = "protocol_not_approved"


class NoNextPhase(PlansError):
    """This plan goes by no protocol that has a next phase."""

    code = "no_next_phase"


class PlanIsStopped(PlansError):
    """This plan was stopped. Resume it before it goes on to another phase."""

    code = "plan_is_stopped"


@dataclass(frozen=True, kw_only=True)
class Joined:
    """The plan as it is now, the items that are new in it, what was proposed, and what was left out."""

    plan: Plan
    added: tuple[PlanItem, ...]
    left_out: tuple[LeftOut, ...]
    proposal: Proposal


@transaction.atomic
def start_plan(
    *,
    protocol: AnyProtocol,
    patient: Patient,
    title: str = "",
    start_on: date | None = None,
    review_on: date | None = None,
    take: Collection[UUID] | None = None,
    by: User,
) -> Joined:
    """Make a draft for this patient from a protocol, with the protocol's title where none is given.

    Raises as add_protocol does; then there is no plan.
    """
    plan = Plan(patient=patient, title=title, start_on=start_on, review_on=review_on)
    return _join(plan, protocol, take, by)


@transaction.atomic
def add_protocol(
    *, plan: Plan, protocol: AnyProtocol, take: Collection[UUID] | None = None, by: User
) -> Joined:
    """Append a protocol's items to a plan; what the plan says already stays.

    Blank goals and a blank note are filled, therapies are added. An item that names no frequency keeps the
    protocol's. An exercise is left out, and named, when the plan has it already, when it is retired, when the clinic
    approves none of its revisions, or when the rules are against it for this patient; `take` names the exercises that
    join, whatever the rules say.

    Raises NotAllowed, ProtocolRetired, ProtocolNotYours, ProtocolNotApproved, TooManyItems.
    """
    # Two who add at once wait for each other: the second one finds the exercises there.
    return _join(_locked(plan), protocol, take, by)


@transaction.atomic
def next_phase(
    *,
    plan: Plan,
    because: PhaseBegan,
    of: UUID | None = None,
    take: Collection[UUID] | None = None,
    by: User,
) -> Joined:
    """Go on to the phase that follows on the plan's newest, or on protocol `of`: the draft of the next version.

    Exercises of the phase before that the next one has not go, doses become those of the next one, what somebody chose
    beside the protocol stays. The plan begins today, and is reviewed after as many days as before. Raises NotAllowed,
    NoNextPhase, PlanIsStopped, TooManyItems; then nothing is written.
    """
    stored = _locked(plan)
    if not permissions.may_care_for(by, stored.patient):
        raise NotAllowed
    if stored.stopped_on is not None:
        raise PlanIsStopped
    before, after = following_phase(stored, of=of)
    proposal = propose(stored, after, instead_of=before)
    offers = proposal.taken(take)
    for change in proposal.doses:
        change.item.dose = change.after
    for name, value in proposal.fields.items():
        setattr(stored, name, value)
    stored.follows = stored.following(after.id, because=because.value)
    joined = _write(stored, proposal, offers, by, removed={item.pk for item in proposal.goes})
    detail: dict[str, audit.Detail] = {
        "from": str(before.id), "to": str(after.id), "because": because.value
    }  # fmt: skip
    audit.append(
        verb=AuditVerb.PLAN_PHASE_ENTERED, by=by, what=stored, detail=detail, **audit.place_of(stored.patient)
    )
    return joined


def following_phase(plan: Plan, *, of: UUID | None = None) -> tuple[Programme, Programme]:
    """Return the phase that the plan is in and the one that follows. Raises NoNextPhase."""
    clinic, language = plan.patient.clinic, plan.patient.language
    for phase in reversed(plan.phases):
        if of is not None and phase.protocol != of:
            continue
        before = find_programme(phase.protocol, clinic=clinic, language=language)
        if before is not None and before.follows is not None:
            after = find_programme(before.follows, clinic=clinic, language=language)
            if after is not None:
                return before, after
    raise NoNextPhase


def _locked(plan: Plan) -> Plan:
    return Plan.objects.select_for_update(of=("self",)).select_related("patient__clinic").get(pk=plan.pk)


def _join(plan: Plan, protocol: AnyProtocol, take: Collection[UUID] | None, by: User) -> Joined:
    proposal = propose(plan, _usable(plan, protocol, by))
    for name, value in proposal.fields.items():
        setattr(plan, name, value)
    if plan._state.adding and plan.frequency == Frequency():
        _do_as_usual(plan)
    joined = _write(plan, proposal, proposal.taken(take), by)
    left: list[str] = [f"{each.why} {each.exercise.code}" for each in joined.left_out]
    detail: dict[str, audit.Detail] = {
        "protocol": str(protocol.pk), "added": len(joined.added), "left_out": left
    }  # fmt: skip
    audit.append(
        verb=AuditVerb.PLAN_PROTOCOL_ADDED, by=by, what=plan, detail=detail, **audit.place_of(plan.patient)
    )
    return joined


def _do_as_usual(plan: Plan) -> None:
    clinic = plan.patient.clinic
    plan.times_per_day_min = plan.times_per_day_max = clinic.usual_times_per_day
    plan.days_per_week_min = plan.days_per_week_max = clinic.usual_days_per_week


def _usable(plan: Plan, protocol: AnyProtocol, by: User) -> Programme:
    if not permissions.may_care_for(by, plan.patient):
        raise NotAllowed
    protocol = type(protocol)._default_manager.get(pk=protocol.pk)
    clinic = plan.patient.clinic
    if protocol.clinic_id not in ((clinic.pk,) if isinstance(protocol, Protocol) else (None, clinic.pk)):
        raise ProtocolNotYours
    if protocol.retired_on is not None:
        raise ProtocolRetired
    programme = programme_of(protocol, clinic=clinic, language=plan.patient.language)
    if programme is None:
        raise ProtocolNotApproved
    return programme


def _write(
    plan: Plan,
    proposal: Proposal,
    offers: Collection[Offer],
    by: User,
    *,
    removed: Collection[UUID] = (),
) -> Joined:
    taken = [offer for offer in proposal.offers if offer in offers]
    rest = [offer for offer in proposal.offers if offer not in offers]
    items = [offer.item for offer in taken]
    last = max((item.order for item in proposal.stays), default=0)
    for order, item in enumerate(items, start=last + 1):
        item.order = order
    held = () if plan._state.adding else plan.therapies.all()
    changed = [change.item for change in proposal.doses]
    save_plan(
        plan=plan, items=[*changed, *items], removed=removed, therapies={*held, *proposal.therapies}, by=by
    )
    left = [
        LeftOut(
            exercise=offer.exercise,
            why=LeftOutWhy.AGAINST_RULES if offer.against else LeftOutWhy.NOT_CHOSEN,
        )
        for offer in rest
    ]
    return Joined(plan=plan, added=tuple(items), left_out=(*proposal.left_out, *left), proposal=proposal)
