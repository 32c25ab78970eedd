"""A plan as its page sends it: written whole, with the reasons typed beside findings and a protocol that joins it."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from plans.actions.apply_protocol import Joined, add_protocol
from plans.actions.plans import save_plan
from plans.actions.reasons import give_reasons
from plans.models import Advice, Leaflet, Plan, PlanItem, Protocol, User


@dataclass(frozen=True, kw_only=True)
class EditedPlan:
    """The plan as it is stored, and what it got of the protocol, if one joined."""

    plan: Plan
    joined: Joined | None


@transaction.atomic
def edit_plan(
    *,
    plan: Plan,
    items: Sequence[PlanItem],
    removed: Collection[UUID],
    therapies: Iterable[Advice],
    leaflets: Iterable[Leaflet],
    reasons: Mapping[str, str],
    protocol: Protocol | None = None,
    by: User,
) -> EditedPlan:
    """Write the plan, then the reasons, then let the protocol join.

    A reason whose finding the change has ended is dropped. Raises as save_plan and add_protocol do; then nothing is
    written.
    """
    plan = save_plan(plan=plan, items=items, removed=removed, therapies=therapies, leaflets=leaflets, by=by)
    if reasons:
        give_reasons(plan=plan, reasons=reasons, by=by, strict=False)
    joined = add_protocol(plan=plan, protocol=protocol, by=by) if protocol else None
    return EditedPlan(plan=plan, joined=joined)
