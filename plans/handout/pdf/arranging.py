"""How blocks of known heights fill pages: the fewest pages, then the least white at their feet."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from itertools import product
from typing import NamedTuple

from plans.handout.pdf.blocks import Kind, Variant

LOG_ALONE = 0.03
BEGINS_LATE = 0.02
AT_A_FOOT = 0.005
"""What counts beside the squares of white shares: a last page with the log alone, a first one without an exercise,
advice between two exercises."""
BEGINS = 0.3
"""The share of a page that must be left for something longer than a page, or that may be broken, to begin there."""
STEP = 4.0
"""Pixels (1 mm) to which the growing of exercises is reckoned."""


class Measured(NamedTuple):
    """A block's kind, and its height in each size that it has and that was measured."""

    kind: Kind
    heights: Mapping[Variant, float]


class Chosen(NamedTuple):
    """A block by its number, and its size."""

    block: int
    variant: Variant


class _Place(Enum):
    """Where a movable block stands: at the end, there with what follows it, before the exercises, or below some."""

    END = 0
    LAST = 1
    EARLY = 2
    FOOT = 3


@dataclass
class FilledPage:
    """The blocks of a page, the height that they leave white, and those of them that go on over the next pages.

    `extra` is the height of what is only there because the page had room: the weeks of the log after the first.
    """

    left: float
    extra: float = 0.0
    chosen: list[Chosen] = field(default_factory=list)
    long: list[int] = field(default_factory=list)


def arrange(
    blocks: Sequence[Measured], *, early: int, room: float, start: Variant = Variant.USUAL
) -> list[FilledPage]:
    """Return the best pages. `early` is where a movable block may come first; exercises grow from the size `start`."""
    movable = [number for number, block in enumerate(blocks) if block.kind in (Kind.MOVABLE, Kind.AROUND)]
    ways = product(*(_places_of(blocks[number].kind) for number in movable))
    tried = [_Try(blocks, dict(zip(movable, way, strict=True)), early, room, start) for way in ways]
    best = min(tried, key=_Try.cost)
    for page in best.pages:
        best.grow(page)
    return best.pages


def _places_of(kind: Kind) -> list[_Place]:
    """Say where: "Questions?" at a foot between two exercises would look like the end of the plan."""
    return [place for place in _Place if kind is Kind.MOVABLE or place is not _Place.FOOT]


class _Try:
    """The pages that blocks fill when each movable one has its place."""

    def __init__(
        self,
        blocks: Sequence[Measured],
        places: Mapping[int, _Place],
        early: int,
        room: float,
        start: Variant,
    ) -> None:
        self.blocks, self.places, self.room = blocks, places, room
        self.least = [_least(block, start) for block in blocks]
        self.pages = [FilledPage(room)]
        self.waiting = [number for number, place in places.items() if place is _Place.FOOT]
        self.at_a_foot = len(self.waiting)
        for unit in self._units(early):
            self._put(unit)
        self._add_weeks()

    def cost(self) -> tuple[int, int, float]:
        """Return what found no foot with room for it, the number of pages, and how white all but the last will be."""
        white = sum((self._left_after_growing(page) / self.room) ** 2 for page in self.pages[:-1])
        kinds = {self.blocks[one.block].kind for one in self.pages[-1].chosen}
        is_log_alone = len(self.pages) > 1 and kinds <= {Kind.KEPT, Kind.WEEK}
        begins_late = not any(self.blocks[one.block].kind is Kind.EXERCISE for one in self.pages[0].chosen)
        further = LOG_ALONE * is_log_alone + BEGINS_LATE * begins_late + AT_A_FOOT * self.at_a_foot
        return len(self.waiting), len(self.pages), white + further

    def grow(self, page: FilledPage) -> None:
        """Let those exercises grow that together fill the page best."""
        best: dict[int, tuple[float, tuple[Chosen, ...]]] = {0: (0.0, ())}
        for one in page.chosen:
            block, least = self.blocks[one.block], self.least[one.block][1]
            reached: dict[int, tuple[float, tuple[Chosen, ...]]] = {}
            for grown, chosen in best.values():
                for variant, height in block.heights.items():
                    total = grown + height - least
                    if height >= least and total <= page.left:
                        reached[round(total / STEP)] = (total, (*chosen, Chosen(one.block, variant)))
            best = reached
        most, chosen = max(best.values())
        page.left -= most
        page.chosen = [*chosen]

    def _left_after_growing(self, page: FilledPage) -> float:
        """Return it roughly: as if exercises grew by any part of what they may grow."""
        gains = (
            max(self.blocks[one.block].heights.values()) - self.least[one.block][1] for one in page.chosen
        )
        return max(page.left - sum(gains), page.left * 0.2)

    def _order(self, early: int) -> Iterator[int]:
        """Yield the blocks without the weeks after the first, which come only where room is left."""
        weeks = 0
        for number, block in enumerate(self.blocks):
            if number == early:
                yield from (moved for moved, place in self.places.items() if place is _Place.EARLY)
            weeks += block.kind is Kind.WEEK
            place = self.places.get(number, _Place.END)
            if place in (_Place.END, _Place.LAST) and not (block.kind is Kind.WEEK and weeks > 1):
                yield number
        if early >= len(self.blocks):
            yield from (moved for moved, place in self.places.items() if place is _Place.EARLY)

    def _units(self, early: int) -> Iterator[list[int]]:
        """Yield blocks that stay on a page together: headings with what they head."""
        unit: list[int] = []
        for number in self._order(early):
            unit.append(number)
            if self.blocks[number].kind is not Kind.KEPT and self.places.get(number) is not _Place.LAST:
                yield unit
                unit = []
        if unit:
            yield unit

    def _put(self, unit: Sequence[int]) -> None:
        need = sum(self.least[number][1] for number in unit)
        if need > self.room and len(unit) > 1:
            # What moved here goes on its own; a heading stays with what it heads if both have room on a page.
            self._put(unit[:1])
            self._put(unit[1:])
            return
        left = self.pages[-1].left
        may_break = need > self.room or self.blocks[unit[0]].kind is Kind.FLOWING
        if need > left > BEGINS * self.room and may_break:
            self._break(unit[0], need)
            return
        if need > self.pages[-1].left and self.pages[-1].left < self.room:
            self._fill_foot()
            self.pages.append(FilledPage(self.room))
        if need > self.room:
            self._break(unit[0], need)
            return
        page = self.pages[-1]
        page.chosen += [Chosen(number, self.least[number][0]) for number in unit]
        page.left -= need

    def _break(self, number: int, need: float) -> None:
        """Let what is higher than a page begin here, and go on over the next ones."""
        page = self.pages[-1]
        page.chosen.append(Chosen(number, self.least[number][0]))
        page.long.append(number)
        while need > page.left:
            need -= page.left
            page.left = 0
            page = FilledPage(self.room)
            self.pages.append(page)
        page.left -= need

    def _fill_foot(self) -> None:
        page = self.pages[-1]
        if page.chosen and self.blocks[page.chosen[-1].block].kind is Kind.EXERCISE:
            self.waiting = [number for number in self.waiting if not self._add(number, page)]

    def _add_weeks(self) -> None:
        weeks = [number for number, block in enumerate(self.blocks) if block.kind is Kind.WEEK]
        for number in weeks[1:]:
            if not self._add(number, self.pages[-1]):
                return
            self.pages[-1].extra += self.least[number][1]

    def _add(self, number: int, page: FilledPage) -> bool:
        """Put a block on a page that has room for it; return whether it has."""
        variant, need = self.least[number]
        if need > page.left:
            return False
        page.chosen.append(Chosen(number, variant))
        page.left -= need
        return True


def _least(block: Measured, start: Variant) -> tuple[Variant, float]:
    """Return the size that a block begins with: `start`, or a larger one that happens to be lower."""
    sizes = [one for one in block.heights.items() if one[0] is not Variant.TIGHT or start is Variant.TIGHT]
    return min(sizes, key=lambda one: one[1])
