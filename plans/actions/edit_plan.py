"""A plan as its page sends it: written whole, with the reasons typed beside findings."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from uuid import UUID

from django.db import transaction

from plans.actions.plans import save_plan
from plans.actions.reasons import give_reasons
from plans.models import Advice, Leaflet, Plan, PlanItem, User


@transaction.atomic
def edit_plan(
    *,
    plan: Plan,
    items: Sequence[PlanItem],
    removed: Collection[UUID],
    therapies: Iterable[Advice],
    leaflets: Iterable[Leaflet],
    reasons: Mapping[str, str],
    by: User,
) -> Plan:
    """Write the plan, then the reasons.

    A reason whose finding the change has ended is dropped. Raises as save_plan does; then nothing is written.
    """
    plan = save_plan(plan=plan, items=items, removed=removed, therapies=therapies, leaflets=leaflets, by=by)
    if reasons:
        give_reasons(plan=plan, reasons=reasons, by=by, strict=False)
    return plan
