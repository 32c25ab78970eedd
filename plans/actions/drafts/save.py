"""The one way in which a page writes a draft: change by change, each against what it was made on."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from plans import permissions
from plans.actions.draft_fields import TICKS
from plans.actions.draft_log import log_changes, note_in_trail
from plans.actions.drafts.changes import Accepted, AddItem, Change, Outcome, Refused, SetField
from plans.actions.drafts.judge import ItemElsewhere, Judge
from plans.actions.drafts.open_draft import OpenDraft
from plans.actions.items import store_items
from plans.actions.phases import note_phases
from plans.actions.reasons import give_reasons
from plans.actions.texts import TextRefused
from plans.enqueue import enqueue_drawings_of
from plans.libraryfiles import AdviceKind
from plans.models import Advice, DraftChange, ExerciseRevision, Leaflet, Plan, PlanItem, User
from plans.permissions import NotAllowed
from plans.queries.draft_changes import changes_since, known_changes
from plans.queries.exercises import chosen_revisions
from plans.queries.rules import shared_or_of


@dataclass(frozen=True, kw_only=True)
class SavedDraft:
    """The draft as it is now, what became of each change, and what others wrote since the page last heard of it."""

    plan: Plan
    items: Sequence[PlanItem]
    outcomes: Mapping[UUID, Outcome]
    meanwhile: Sequence[DraftChange]
    refused_reasons: Mapping[str, str]
    """Words for reasons that cannot be kept as they are, by fingerprint."""


@transaction.atomic
def save_draft_changes(
    *,
    plan: Plan,
    changes: Sequence[Change],
    seen: int,
    reasons: Mapping[str, str] | None = None,
    by: User,
) -> SavedDraft:
    """Write what still fits, and tell of each change whether it was taken, stands against another's, or is refused.

    A change whose id was written before counts as taken and is not written again. `seen` is the draft's number that
    the page knows. A reason whose finding is not there any more is dropped. Raises NotAllowed; then nothing is written.
    """
    plan = Plan.objects.select_for_update(of=("self",)).select_related("patient__clinic").get(pk=plan.pk)
    if not permissions.may_care_for(by, plan.patient):
        raise NotAllowed
    meanwhile = changes_since(plan, seen)
    outcomes, new = _known(plan, changes)
    judge = _judge(plan, new, seen, by)
    phases = plan.phases
    outcomes |= judge.decide(new)
    _store(judge, by)
    note_phases(judge.draft.plan, phases, by)
    refused = _give_reasons(plan, reasons or {}, by)
    own = {change.id for change in changes}
    others = [change for change in meanwhile if change.pk not in own]
    return SavedDraft(
        plan=plan, items=judge.draft.items, outcomes=outcomes, meanwhile=others, refused_reasons=refused
    )


def _known(plan: Plan, changes: Sequence[Change]) -> tuple[dict[UUID, Outcome], list[Change]]:
    """Tell what was written before, as after a lost answer, from what is new."""
    known = known_changes([change.id for change in changes])
    outcomes: dict[UUID, Outcome] = {}
    for change_id, plan_id in known.items():
        if plan_id == plan.pk:
            outcomes[change_id] = Accepted(change=change_id)
        else:
            outcomes[change_id] = Refused(
                change=change_id, code=ItemElsewhere.code, words=str(ItemElsewhere())
            )
    return outcomes, [change for change in changes if change.id not in known]


def _judge(plan: Plan, changes: Sequence[Change], seen: int, by: User) -> Judge:
    new = {change.item for change in changes if isinstance(change, AddItem)}
    elsewhere = PlanItem.objects.filter(pk__in=new).exclude(plan=plan).values_list("pk", flat=True)
    fields = {change.field.partition(":")[0] for change in changes if isinstance(change, SetField)}
    lists = [name for name in TICKS if name in fields]
    return Judge(
        draft=OpenDraft.of(plan, by),
        seen=seen,
        offered=_offered(plan, changes),
        choices={name: _choices(plan, name) for name in lists},
        ticked={name: set(getattr(plan, name).values_list("pk", flat=True)) for name in lists},
        elsewhere=frozenset(elsewhere) if new else frozenset(),
    )


def _offered(plan: Plan, changes: Iterable[Change]) -> dict[UUID, ExerciseRevision]:
    """Read the exercises that changes bring in, where the clinic's plans may take them."""
    wanted = {change.revision for change in changes if isinstance(change, AddItem)}
    wanted |= {
        change.value
        for change in changes
        if isinstance(change, SetField) and change.field == "revision" and isinstance(change.value, UUID)
    }
    if not wanted:
        return {}
    clinic = plan.patient.clinic
    found = chosen_revisions(wanted, clinic=clinic, language=plan.patient.language)
    own = (None, clinic.pk)
    return {
        key: each.revision
        for key, each in found.items()
        if each.is_offered and each.revision.exercise.clinic_id in own
    }


def _choices(plan: Plan, name: str) -> frozenset[UUID]:
    shared = shared_or_of(plan.patient.clinic) & Q(retired_on=None)
    if name == "therapies":
        therapies = Advice.objects.filter(shared, kind=AdviceKind.THERAPY)
        return frozenset(therapies.values_list("pk", flat=True))
    return frozenset(Leaflet.objects.filter(shared).values_list("pk", flat=True))


def _store(judge: Judge, by: User) -> None:
    draft, plan = judge.draft, judge.draft.plan
    if not draft.log:
        return
    rows = draft.rows_to_store()
    added = any(item._state.adding for item in rows)
    if rows or draft.removed:
        store_items(plan, rows, removed=draft.removed)
    for name, ticked in judge.ticked.items():
        getattr(plan, name).set(ticked)
    log_changes(plan, draft.log)
    plan.save()
    note_in_trail(plan, by)
    if added:
        enqueue_drawings_of(plan)


def _give_reasons(plan: Plan, reasons: Mapping[str, str], by: User) -> dict[str, str]:
    refused = {}
    for fingerprint, words in reasons.items():
        try:
            give_reasons(plan=plan, reasons={fingerprint: words}, by=by, strict=False)
        except TextRefused as error:
            refused[fingerprint] = str(error)
    return refused
