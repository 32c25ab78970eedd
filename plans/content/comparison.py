"""Two versions side by side for a therapist: what came, went, was replaced, moved or changed, before and after.

What a patient is told of it is shorter, and stands in `changes.py`.
"""

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from plans.content.changes import instructions_of
from plans.content.records import ItemContent, PlanContent

Key = str | None
Read = Callable[[ItemContent], object]


@dataclass(frozen=True, kw_only=True)
class ItemDifference:
    """One row of the plan before and after; None where it was not there. `moved` among those that stayed."""

    before: ItemContent | None
    after: ItemContent | None
    moved: bool = False

    @property
    def added(self) -> bool:
        return self.before is None

    @property
    def removed(self) -> bool:
        return self.after is None

    @property
    def replaced(self) -> bool:
        return self._both(lambda item: item.exercise_code)

    @property
    def other_dose(self) -> bool:
        return self._both(lambda item: item.dose)

    @property
    def other_note(self) -> bool:
        return self._both(lambda item: item.note)

    @property
    def other_caution(self) -> bool:
        return self._both(lambda item: item.extra_caution)

    @property
    def other_instructions(self) -> bool:
        """Whether steps, picture or the rules' sentences differ; of another exercise they do anyway."""
        return not self.replaced and self._both(_printed)

    def __bool__(self) -> bool:
        changed = (
            self.replaced,
            self.other_dose,
            self.other_note,
            self.other_caution,
            self.other_instructions,
        )
        return self.added or self.removed or self.moved or any(changed)

    def _both(self, read: Read) -> bool:
        if self.before is None or self.after is None:
            return False
        return read(self.before) != read(self.after)


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """What differs; rows in the new order, those that went where they stood. `texts` by the field's name."""

    items: tuple[ItemDifference, ...]
    texts: tuple[tuple[str, object, object], ...]
    other_advice: bool
    other_signs: bool

    def __bool__(self) -> bool:
        return any(self.items) or bool(self.texts) or self.other_advice or self.other_signs


TEXTS = ("title", "goals", "note", "start_date", "review_date", "therapies", "leaflets")


def compare(old: PlanContent, new: PlanContent) -> Comparison:
    return Comparison(
        items=tuple(_items(old.items, new.items)),
        texts=tuple(
            (name, before, after)
            for name in TEXTS
            if (before := getattr(old, name)) != (after := getattr(new, name))
        ),
        other_advice=_advice(old) != _advice(new),
        other_signs=old.signs != new.signs,
    )


def _items(old: Sequence[ItemContent], new: Sequence[ItemContent]) -> Iterator[ItemDifference]:
    before, after = {item.key: item for item in old}, {item.key: item for item in new}
    places = {key: place for place, key in enumerate(before)}
    stayed = _longest_rising([places[key] for key in after if key in before])
    still = {old[place].key for place in stayed}
    gone = _gone_after(old, after)
    yield from gone.get(None, [])
    for key, item in after.items():
        moved = key in before and key not in still
        yield ItemDifference(before=before.get(key), after=item, moved=moved)
        yield from gone.get(key, [])


def _gone_after(old: Sequence[ItemContent], after: dict[str, ItemContent]) -> dict[Key, list[ItemDifference]]:
    """Return what went, by the last row before it that stayed."""
    found: dict[Key, list[ItemDifference]] = {}
    last: Key = None
    for item in old:
        if item.key in after:
            last = item.key
        else:
            found.setdefault(last, []).append(ItemDifference(before=item, after=None))
    return found


def _longest_rising(places: Sequence[int]) -> list[int]:
    """Return a longest rising part: as few rows as can be are called moved."""
    ends: list[int] = []  # the smallest end of a rising part, by its length
    before: dict[int, int | None] = {}
    for place in places:
        at = bisect_left(ends, place)
        before[place] = ends[at - 1] if at else None
        ends[at : at + 1] = [place]
    found: list[int] = []
    last = ends[-1] if ends else None
    while last is not None:
        found.append(last)
        last = before[last]
    return found[::-1]


def _printed(item: ItemContent) -> object:
    return instructions_of(replace(item, note="", extra_caution=""))


def _advice(content: PlanContent) -> tuple[object, ...]:
    return (content.sentences, content.later_sentences, content.check_first, content.limits, content.advice)
