"""Plans: written whole, with their ordered items; a draft until it is published."""

import uuid
from collections.abc import Collection, Iterable, Sequence
from typing import cast
from uuid import UUID

from django.db import transaction

from plans import audit, permissions
from plans.actions.devices import end_with_plan
from plans.actions.draft_log import (
    changes_of_items,
    check_number,
    item_changes,
    log_changes,
    read_before,
)
from plans.actions.items import NotInLibrary, check_item, number_items, store_items
from plans.actions.mail_cancelling import PLAN_STOPPED, cancel_of_plan
from plans.actions.plan_dates import check_plan_dates
from plans.actions.plan_defaults import review_day
from plans.actions.reviewing import close_all
from plans.actions.texts import clean_texts
from plans.contraindications import suggest_order
from plans.enqueue import enqueue_drawings_of
from plans.exceptions import PlansError
from plans.models import (
    Advice,
    AuditVerb,
    DraftChange,
    Exercise,
    ExerciseRevision,
    Leaflet,
    Plan,
    PlanItem,
    User,
)
from plans.models.base import FREQUENCY_COLUMNS
from plans.permissions import NotAllowed
from plans.queries.checks import check_plan
from plans.queries.exercises import former_items, revisions_in_use

PLAN_COLUMNS = ("title", "goals", "start_on", "review_on", "note", *FREQUENCY_COLUMNS)
"""What a caller may set by name; the patient, exercises, therapies and leaflets are looked up first."""


class ExerciseNotYours(NotInLibrary):
    """{exercise} is not in the library of this patient's clinic."""

    code = "exercise_not_yours"

    # A kind of its own because callers of the API know it by this code.


class NothingToTakeBack(PlansError):
    """No exercise of this plan can go back: none took a newer revision, or the former one is not approved any more."""

    code = "nothing_to_take_back"


@transaction.atomic
def save_plan(
    *,
    plan: Plan,
    items: Sequence[PlanItem] = (),
    removed: Collection[UUID] = (),
    therapies: Iterable[Advice] | None = None,
    leaflets: Iterable[Leaflet] | None = None,
    by: User,
) -> Plan:
    """Write a new or changed plan with these new or changed items; drop the removed ones.

    The order of the stored items follows their `order`. Rows that are not given stay as they are, and so do the
    therapies and the leaflets when none are given. A stored plan is written as it was read: with the draft's number
    of then. Raises ChangedMeanwhile, NotAllowed, DateTooFar, ImpossibleDose, TextRefused, ExerciseNotYours,
    NotInLibrary, TooManyItems; then nothing is written.
    """
    made = plan._state.adding
    if leaflets is not None:
        leaflets = _check_leaflets(plan, leaflets)
    ticks = {name: list(rows) for name, rows in _ticked(therapies, leaflets) if rows is not None}
    before = read_before(_as_read(plan, by), ticks) if not made else None
    _check_content(plan, items, by)
    if made:
        plan.created_by = by
        plan.save()
    rows = store_items(plan, items, removed=removed)
    for name, ticked in ticks.items():
        getattr(plan, name).set(ticked)
    if before:
        log_changes(plan, before.changes_to(plan, rows, ticks, by=by))
        plan.save()
    audit.append(
        verb=AuditVerb.PLAN_MADE if made else AuditVerb.PLAN_CHANGED,
        by=by,
        what=plan,
        **audit.place_of(plan.patient),
    )
    if items:
        enqueue_drawings_of(plan)
    return plan


@transaction.atomic
def order_by_position(*, plan: Plan, by: User) -> Plan:
    plan = _locked(plan, by)
    check = check_plan(plan)
    places = {key: place for place, key in enumerate(suggest_order(check.facts.items))}
    items = sorted(plan.items.all(), key=lambda item: places[str(item.pk)])
    return _reorder(plan, items, by)


@transaction.atomic
def take_newest_revisions(*, plan: Plan, of: Exercise | None = None, by: User) -> Plan:
    """Point items at the revision of their exercise that the clinic approved last, or of this one alone.

    Doses and notes stay. What an item named before is kept: take_former_revisions goes back to it.
    """
    plan = _locked(plan, by)
    rows = plan.items.select_related("revision")
    items = list(rows.filter(revision__exercise=of) if of else rows)
    in_use = revisions_in_use({item.revision.exercise_id for item in items}, clinic=plan.patient.clinic)
    changed = []
    for item in items:
        taken = in_use.get(item.revision.exercise_id, item.revision)
        if taken != item.revision:
            item.former_revision, item.revision = item.revision, taken
            changed.append(item)
    PlanItem.objects.bulk_update(changed, ["revision", "former_revision"])
    _count_up(plan, item_changes(changed, "revision", by=by))
    detail: dict[str, audit.Detail] = {"count": len(changed)}
    audit.append(
        verb=AuditVerb.PLAN_REVISIONS_RENEWED, by=by, what=plan, detail=detail, **audit.place_of(plan.patient)
    )
    return plan


@transaction.atomic
def take_former_revisions(*, plan: Plan, by: User) -> Plan:
    """Point items back at the revision that they named before they took a newer one; doses and notes stay.

    An exercise whose former revision is not approved any more stays as it is. Raises NothingToTakeBack when none
    goes back.
    """
    plan = _locked(plan, by)
    items = list(former_items(plan))
    if not items:
        raise NothingToTakeBack
    for item in items:
        item.revision, item.former_revision = cast(ExerciseRevision, item.former_revision), None
    PlanItem.objects.bulk_update(items, ["revision", "former_revision"])
    _count_up(plan, item_changes(items, "revision", by=by))
    detail: dict[str, audit.Detail] = {"count": len(items)}
    audit.append(
        verb=AuditVerb.PLAN_REVISIONS_TAKEN_BACK,
        by=by,
        what=plan,
        detail=detail,
        **audit.place_of(plan.patient),
    )
    return plan


@transaction.atomic
def copy_plan(*, plan: Plan, by: User) -> Plan:
    source = _locked(plan, by)
    items = list(source.items.select_related("revision__exercise"))
    therapies, leaflets = list(source.therapies.all()), list(source.leaflets.all())
    copy = Plan(
        **{
            field.attname: getattr(source, field.attname)
            for field in Plan._meta.concrete_fields
            if field.attname not in {"id", "stopped_on", "draft_number", "created_at", "updated_at"}
        }
    )
    copy.copied_from = source
    _start_anew(copy)
    for item in items:
        item.pk, item._state.adding = uuid.uuid4(), True
    return save_plan(plan=copy, items=items, therapies=therapies, leaflets=leaflets, by=by)


@transaction.atomic
def continue_plan(*, plan: Plan, by: User) -> Plan:
    """Begin the next version: it starts today, and is reviewed when the clinic usually does. Raises NotAllowed."""
    plan = _locked(plan, by)
    _start_anew(plan)
    return save_plan(plan=plan, by=by)


def _start_anew(plan: Plan) -> None:
    clinic = plan.patient.clinic
    plan.start_on = clinic.today()
    usual = review_day(clinic, start=plan.start_on)
    plan.review_on = max(usual, plan.review_on or usual)


@transaction.atomic
def stop_plan(*, plan: Plan, by: User) -> Plan:
    """End a plan today: its sheets and its link say that it was stopped, until it is published again."""
    plan = _locked(plan, by)
    plan.stopped_on = plan.patient.clinic.today()
    plan.save(update_fields=["stopped_on"])
    close_all(plan=plan, by=by)
    cancel_of_plan(plan, why=PLAN_STOPPED, by=by)
    end_with_plan(plan=plan, by=by)
    audit.append(verb=AuditVerb.PLAN_STOPPED, by=by, what=plan, **audit.place_of(plan.patient))
    return plan


def _locked(plan: Plan, by: User) -> Plan:
    plan = Plan.objects.select_for_update(of=("self",)).select_related("patient__clinic").get(pk=plan.pk)
    if not permissions.may_care_for(by, plan.patient):
        raise NotAllowed
    return plan


def _ticked(
    therapies: Iterable[Advice] | None, leaflets: Iterable[Leaflet] | None
) -> Iterable[tuple[str, Iterable[Advice | Leaflet] | None]]:
    return (("therapies", therapies), ("leaflets", leaflets))


def _as_read(plan: Plan, by: User) -> Plan:
    """Lock the stored plan. Raises ChangedMeanwhile when it went on since this one was read."""
    stored = _locked(plan, by)
    # A plan's sheets name its patient; another patient needs another plan.
    if stored.patient_id != plan.patient_id:
        raise NotAllowed
    check_number(stored, plan.draft_number)
    return stored


def _check_content(plan: Plan, items: Sequence[PlanItem], by: User) -> None:
    if not permissions.may_care_for(by, plan.patient):
        raise NotAllowed
    clean_texts(plan)
    check_plan_dates(plan)
    for item in items:
        _check_item(plan, item)


def _check_item(plan: Plan, item: PlanItem) -> None:
    exercise = item.revision.exercise
    check_item(item, exercise)
    if exercise.clinic_id not in (None, plan.patient.clinic_id):
        raise ExerciseNotYours(exercise=exercise.code)


def _check_leaflets(plan: Plan, leaflets: Iterable[Leaflet]) -> list[Leaflet]:
    found = list(leaflets)
    for leaflet in found:
        if leaflet.clinic_id not in (None, plan.patient.clinic_id):
            raise NotInLibrary(code=leaflet.code)
    return found


def _count_up(plan: Plan, changes: Sequence[DraftChange]) -> None:
    log_changes(plan, changes)
    plan.save(update_fields=["draft_number"])


def _reorder(plan: Plan, items: Sequence[PlanItem], by: User) -> Plan:
    before = list(plan.items.all())
    number_items(items)
    _count_up(plan, list(changes_of_items(before, items, by)))
    audit.append(verb=AuditVerb.PLAN_REORDERED, by=by, what=plan, **audit.place_of(plan.patient))
    return plan
