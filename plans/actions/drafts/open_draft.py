"""A draft that is held and being changed: in memory until all changes have been looked at."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from plans.actions.draft_fields import Value, read_field, write_field
from plans.actions.items import MAX_ITEMS, ImpossibleDose, TooManyItems, check_item
from plans.actions.phases import clean_phases
from plans.actions.plan_dates import check_plan_dates, check_review_after_start
from plans.actions.texts import clean_texts
from plans.dose import Dose
from plans.exceptions import PlansError
from plans.models import DraftChange, ExerciseRevision, Plan, PlanItem, User


@dataclass(kw_only=True)
class OpenDraft:
    """The stored plan with its items in order; what changes is noted, so that only that is written."""

    plan: Plan
    by: User
    items: list[PlanItem]
    changed: set[UUID] = field(default_factory=set)
    removed: set[UUID] = field(default_factory=set)
    log: list[DraftChange] = field(default_factory=list)

    @classmethod
    def of(cls, plan: Plan, by: User) -> "OpenDraft":
        return cls(plan=plan, by=by, items=list(plan.items.select_related("revision__exercise")))

    def item(self, item_id: UUID) -> PlanItem | None:
        return next((item for item in self.items if item.pk == item_id), None)

    def set(self, item: PlanItem | None, name: str, value: Value) -> None:
        """Write a field. Raises what the action refuses; then it is as before."""
        row = item or self.plan
        was = read_field(row, name)
        write_field(row, name, value)
        try:
            self._check(item)
        except PlansError:
            write_field(row, name, was)
            raise
        if item:
            self.changed.add(item.pk)

    def replace(self, item: PlanItem, revision: ExerciseRevision) -> None:
        item.revision = revision
        self.changed.add(item.pk)

    def add(
        self, item_id: UUID, revision: ExerciseRevision, values: Mapping[str, Value], after: Sequence[UUID]
    ) -> None:
        """Raises ImpossibleDose, TextRefused, TooManyItems."""
        if len(self.items) >= MAX_ITEMS:
            raise TooManyItems(most=MAX_ITEMS)
        item = PlanItem(id=item_id, plan=self.plan, revision=revision)
        for name, value in values.items():
            write_field(item, name, value)
        check_item(item, revision.exercise)
        # The row of this id may have been removed in the same set: then it is stored as changed, not as new.
        item._state.adding = item_id not in self.removed
        self.removed.discard(item_id)
        self.changed.add(item_id)
        self.items.insert(self._place_after(after), item)

    def remove(self, item: PlanItem) -> None:
        self.items.remove(item)
        self.changed.discard(item.pk)
        if not item._state.adding:
            self.removed.add(item.pk)

    def move(self, item: PlanItem, after: Sequence[UUID]) -> None:
        self.items.remove(item)
        self.items.insert(self._place_after(after), item)

    def note(self, change_id: UUID, item_id: UUID | None, name: str) -> None:
        self.log.append(DraftChange(id=change_id, item_id=item_id, field=name, created_by=self.by))

    def rows_to_store(self) -> list[PlanItem]:
        """Number the items, and return those that are not stored as they are."""
        for order, item in enumerate(self.items, start=1):
            if item.order != order:
                item.order = order
                self.changed.add(item.pk)
        return [item for item in self.items if item.pk in self.changed]

    def _place_after(self, after: Sequence[UUID]) -> int:
        places = {item.pk: place for place, item in enumerate(self.items, start=1)}
        return next((places[key] for key in after if key in places), 0)

    def _check(self, item: PlanItem | None) -> None:
        if item:
            check_item(item, item.revision.exercise)
            return
        self.plan.follows = clean_phases(self.plan.follows)
        clean_texts(self.plan)
        check_plan_dates(self.plan)
        check_review_after_start(self.plan)
        if problems := Dose().with_frequency(self.plan.frequency).problems():
            raise ImpossibleDose(exercise=self.plan.title, problems=problems)
