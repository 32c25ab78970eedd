"""Each change against the draft as it stands: taken over, held against what somebody else wrote, or refused."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import singledispatchmethod
from uuid import UUID

from plans.actions.draft_fields import ADDED, PLACE, REMOVED, TICKS, Value, read_all, read_field
from plans.actions.drafts.changes import (
    Accepted,
    AddItem,
    Change,
    Conflict,
    MoveItem,
    Outcome,
    Refused,
    RemoveItem,
    SetField,
)
from plans.actions.drafts.open_draft import OpenDraft
from plans.exceptions import PlansError
from plans.models import ExerciseRevision, PlanItem
from plans.queries.draft_changes import last_change, somebody


class NotOffered(PlansError):
    """This exercise is not offered any more. Choose another one."""

    code = "exercise_not_offered"


class NotAChoice(PlansError):
    """This is no choice of this clinic's library any more."""

    code = "not_a_choice"


class ItemElsewhere(PlansError):
    """This row belongs to another plan. Add the exercise again."""

    code = "item_elsewhere"


@dataclass(frozen=True, kw_only=True)
class Judge:
    """Looks at one change after the other; what it takes over stands in the draft for the next."""

    draft: OpenDraft
    seen: int
    """The draft's number when the page last heard of it."""
    offered: Mapping[UUID, ExerciseRevision]
    choices: Mapping[str, frozenset[UUID]]
    """The therapies and leaflets that this plan may name."""
    ticked: Mapping[str, set[UUID]]
    elsewhere: frozenset[UUID]
    """Ids of new items under which another plan has a row."""

    def decide(self, changes: Iterable[Change]) -> dict[UUID, Outcome]:
        """Look at all, and again at what was refused while anything was taken: repetitions go before a time comes."""
        outcomes: dict[UUID, Outcome] = {}
        waiting = list(changes)
        while waiting:
            for change in waiting:
                outcomes[change.id] = self._outcome(change)
            refused = [change for change in waiting if isinstance(outcomes[change.id], Refused)]
            if len(refused) == len(waiting):
                break
            waiting = refused
        return outcomes

    def _outcome(self, change: Change) -> Outcome:
        try:
            return self._take(change)
        except PlansError as error:
            return Refused(change=change.id, code=error.code, words=str(error))

    @singledispatchmethod
    def _take(self, change: Change) -> Outcome:
        raise NotImplementedError

    @_take.register
    def _set(self, change: SetField) -> Outcome:
        if change.field.partition(":")[0] in TICKS:
            return self._tick(change)
        item = self.draft.item(change.item) if change.item else None
        if change.item and item is None:
            return self._gone(change.id, change.item)
        stands = read_field(item or self.draft.plan, change.field)
        if stands == change.value:
            return self._accept(change.id, change.item, change.field)
        if stands != change.base:
            return self._conflict(change.id, change.item, change.field, {change.field: stands})
        if change.field == "revision" and item:
            self.draft.replace(item, self._offered(change.value))
        else:
            self.draft.set(item, change.field, change.value)
        return self._accept(change.id, change.item, change.field)

    @_take.register
    def _add(self, change: AddItem) -> Outcome:
        if change.item in self.elsewhere:
            raise ItemElsewhere
        if item := self.draft.item(change.item):
            return self._there_already(change, item)
        self.draft.add(change.item, self._offered(change.revision), change.values, change.after)
        return self._accept(change.id, change.item, ADDED)

    @_take.register
    def _remove(self, change: RemoveItem) -> Outcome:
        item = self.draft.item(change.item)
        if item is None:
            return self._accept(change.id, change.item, REMOVED)
        stands = read_all(item)
        if any(stands[name] != value for name, value in change.base.items()):
            named = next(name for name, value in change.base.items() if stands[name] != value)
            return self._conflict(change.id, change.item, named, stands)
        self.draft.remove(item)
        return self._accept(change.id, change.item, REMOVED)

    @_take.register
    def _move(self, change: MoveItem) -> Outcome:
        item = self.draft.item(change.item)
        if item is None:
            return self._gone(change.id, change.item)
        moved = last_change(self.draft.plan, change.item, PLACE)
        if moved and moved.number > self.seen:
            return self._conflict(change.id, change.item, PLACE, {})
        self.draft.move(item, change.after)
        return self._accept(change.id, change.item, PLACE)

    def _tick(self, change: SetField) -> Outcome:
        name, _, key = change.field.partition(":")
        choice, ticked = UUID(key), self.ticked[name]
        if (choice in ticked) == bool(change.value):
            return self._accept(change.id, None, change.field)
        if change.value and choice not in self.choices[name]:
            raise NotAChoice
        ticked ^= {choice}
        return self._accept(change.id, None, change.field)

    def _there_already(self, change: AddItem, item: PlanItem) -> Outcome:
        """A row that two people brought back is there once; what it says is told where they differ."""
        stands = read_all(item)
        if item.revision_id == change.revision and all(
            stands[name] == value for name, value in change.values.items()
        ):
            return self._accept(change.id, change.item, ADDED)
        return self._conflict(change.id, change.item, ADDED, stands)

    def _offered(self, revision_id: Value) -> ExerciseRevision:
        revision = self.offered.get(revision_id) if isinstance(revision_id, UUID) else None
        if revision is None:
            raise NotOffered
        return revision

    def _accept(self, change_id: UUID, item_id: UUID | None, field: str) -> Accepted:
        # Also what stood there already: sent again after somebody took it back, it would be done a second time.
        self.draft.note(change_id, item_id, field)
        return Accepted(change=change_id)

    def _gone(self, change_id: UUID, item_id: UUID) -> Outcome:
        return self._conflict(change_id, item_id, REMOVED, None)

    def _conflict(
        self, change_id: UUID, item_id: UUID | None, field: str, theirs: Mapping[str, Value] | None
    ) -> Conflict:
        last = last_change(self.draft.plan, item_id, field)
        return Conflict(
            change=change_id,
            by=str(last.created_by) if last else somebody(),
            at=last.created_at if last else None,
            theirs=theirs,
        )
