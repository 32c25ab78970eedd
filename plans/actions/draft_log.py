"""What was changed in a draft, by whom: the rows that later changes are held against, and the line in the trail."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.db.models import Model
from django.utils import timezone

from plans import audit
from plans.actions.draft_fields import ADDED, PLACE, REMOVED, changed_fields
from plans.exceptions import PlansError
from plans.models import AuditEvent, AuditVerb, DraftChange, Plan, PlanItem, User
from plans.queries.draft_changes import changes_since, name_changes, who_changed

KEPT = timedelta(days=30)
"""A page that was open for longer is told of a conflict without a name."""
A_LINE_EACH = timedelta(minutes=15)


class ChangedMeanwhile(PlansError):
    """Changed meanwhile by {who}: {what}. Nothing was saved: open the page in a new tab, compare, and save there."""

    code = "changed_meanwhile"


@dataclass(frozen=True, kw_only=True)
class DraftBefore:
    """A stored draft before it is written whole, with those of its lists of choices that are written too."""

    plan: Plan
    items: Sequence[PlanItem]
    ticked: Mapping[str, set[UUID]]

    def changes_to(
        self, plan: Plan, items: Sequence[PlanItem], ticked: Mapping[str, Iterable[Model]], *, by: User
    ) -> list[DraftChange]:
        fields = [*changed_fields(self.plan, plan)]
        for name, rows in ticked.items():
            fields += (f"{name}:{key}" for key in self.ticked[name] ^ {row.pk for row in rows})
        return [*(_change(None, field, by) for field in fields), *changes_of_items(self.items, items, by)]


def read_before(stored: Plan, lists: Iterable[str]) -> DraftBefore:
    ticked = {name: set(getattr(stored, name).values_list("pk", flat=True)) for name in lists}
    return DraftBefore(plan=stored, items=list(stored.items.all()), ticked=ticked)


def check_number(stored: Plan, seen: int) -> None:
    """Hold whoever writes a plan whole to the state that it was read at. Raises ChangedMeanwhile."""
    if stored.draft_number == seen:
        return
    changes = changes_since(stored, seen)
    raise ChangedMeanwhile(who=who_changed(changes), what=name_changes(stored, changes))


def log_changes(plan: Plan, changes: Collection[DraftChange]) -> None:
    """Count the draft up, if anything changed, and keep these rows; the plan's own row is the caller's to store."""
    if not changes:
        return
    plan.draft_number += 1
    for change in changes:
        change.plan, change.number = plan, plan.draft_number
    DraftChange.objects.bulk_create(changes)


def changes_of_items(
    before: Sequence[PlanItem], after: Sequence[PlanItem], by: User
) -> Iterable[DraftChange]:
    """Tell two states of a plan's items apart: added, removed, moved, and field by field."""
    held = {item.pk: item for item in before}
    stay = {item.pk for item in after} & held.keys()
    yield from (_change(item.pk, REMOVED, by) for item in before if item.pk not in stay)
    for item in after:
        if item.pk not in held:
            yield _change(item.pk, ADDED, by)
            continue
        yield from (_change(item.pk, field, by) for field in changed_fields(held[item.pk], item))
    yield from (_change(key, PLACE, by) for key in _moved(before, after, stay))


def item_changes(items: Iterable[PlanItem], field: str, *, by: User) -> list[DraftChange]:
    return [_change(item.pk, field, by) for item in items]


def note_in_trail(plan: Plan, by: User) -> None:
    """Append that the person changed the plan, unless the trail said so in this quarter of an hour."""
    lately = AuditEvent.objects.filter(
        verb__in=(AuditVerb.PLAN_MADE, AuditVerb.PLAN_CHANGED),
        object_id=str(plan.pk),
        patient_id=plan.patient_id,
        created_by=by,
        created_at__gt=timezone.now() - A_LINE_EACH,
    )
    if not lately.exists():
        audit.append(verb=AuditVerb.PLAN_CHANGED, by=by, what=plan, **audit.place_of(plan.patient))


def drop_old_changes() -> int:
    return DraftChange.objects.filter(created_at__lt=timezone.now() - KEPT).delete()[0]


def _change(item: UUID | None, field: str, by: User) -> DraftChange:
    return DraftChange(item_id=item, field=field, created_by=by)


def _moved(before: Sequence[PlanItem], after: Sequence[PlanItem], stay: set[UUID]) -> list[UUID]:
    old = [item.pk for item in before if item.pk in stay]
    new = [item.pk for item in after if item.pk in stay]
    return [key for key, was in zip(new, old, strict=True) if key != was]
