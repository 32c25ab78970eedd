"""From a follow-up to the draft of the next version, with an easier or a harder exercise in the place of the one."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final
from uuid import UUID, uuid4

from django.db import transaction

from plans import permissions
from plans.actions.draft_fields import read_all
from plans.actions.drafts.changes import Accepted, Change, SetField
from plans.actions.drafts.save import save_draft_changes
from plans.actions.follow_ups import note_seen
from plans.content import from_json
from plans.contraindications import Level
from plans.models import FollowUp, FollowUpKind, Plan, PlanItem, User
from plans.permissions import NotAllowed
from plans.queries.follow_ups import items_of
from plans.queries.replacements import Relation, Replacement, replacements

OFFERS: Final = {
    FollowUpKind.PAIN: Relation.EASIER,
    FollowUpKind.HURTS: Relation.EASIER,
    FollowUpKind.EASY: Relation.HARDER,
}


@dataclass(frozen=True, kw_only=True)
class NextDraft:
    """The draft, which relation was looked for, and how many exercises were replaced by such a one."""

    plan: Plan
    relation: Relation | None = None
    replaced: int = 0


@transaction.atomic
def open_next_draft(*, follow_up: FollowUp, by: User) -> NextDraft:
    """Put what the library and the rules offer into the draft; issuing it stays a click of its own.

    An exercise is replaced only where it stands in the draft as it was issued, so a second click changes nothing.
    Raises NotAllowed.
    """
    # In this order: whoever publishes or saves a draft holds the plan.
    plan = (
        Plan.objects.select_for_update(of=("self",))
        .select_related("patient__clinic")
        .get(pk=follow_up.plan_id)
    )
    if not permissions.may_care_for(by, plan.patient):
        raise NotAllowed
    note_seen(follow_up=follow_up, by=by)
    relation = OFFERS.get(FollowUpKind(follow_up.kind))
    items = _as_issued(plan, follow_up) if relation else []
    if relation is None or not items:
        return NextDraft(plan=plan)
    replaced = 0
    for item in items:
        if offer := _offer(plan, item, relation):
            replaced += _replace(plan, item, offer, by)
    return NextDraft(plan=plan, relation=relation, replaced=replaced)


def _as_issued(plan: Plan, follow_up: FollowUp) -> list[PlanItem]:
    """Return the items that it is about, where the draft has the exercise still that was issued."""
    keys = items_of(follow_up)
    content = from_json(follow_up.publication.content.json)
    issued = {UUID(item.key): item.exercise_code for item in content.items}
    rows = plan.items.filter(pk__in=keys).select_related("revision__exercise")
    return [row for row in rows if issued.get(row.pk) == row.revision.exercise.code]


def _offer(plan: Plan, item: PlanItem, relation: Relation) -> Replacement | None:
    """Return the first that nothing speaks against: no rule, no missing thing, no text that nobody approved."""
    listed = set(plan.items.values_list("revision__exercise_id", flat=True))
    return next(
        (
            one
            for one in replacements(plan, item)
            if one.relation is relation
            and one.chosen.is_offered
            and one.chosen.revision.exercise_id not in listed
            and _fits(one)
        ),
        None,
    )


def _fits(offer: Replacement) -> bool:
    return not any(
        finding.level in (Level.STOP, Level.AVOID)
        or finding.needs_reason
        or finding.code == "equipment_missing"
        for finding in offer.findings
    )


def _replace(plan: Plan, item: PlanItem, offer: Replacement, by: User) -> bool:
    saved = save_draft_changes(plan=plan, changes=list(_changes(item, offer)), seen=plan.draft_number, by=by)
    return all(isinstance(outcome, Accepted) for outcome in saved.outcomes.values())


def _changes(item: PlanItem, offer: Replacement) -> Iterator[Change]:
    """Return what makes the row the offered exercise with the dose that it would have there."""
    fresh = PlanItem(pk=item.pk, revision=offer.chosen.revision)
    fresh.dose = offer.dose
    now, then = read_all(item), read_all(fresh)
    kept = ("note", "extra_caution", "offers_easier")
    for field in now:
        if field not in kept and now[field] != then[field]:
            yield SetField(id=uuid4(), item=item.pk, field=field, base=now[field], value=then[field])
