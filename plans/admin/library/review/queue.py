"""A page of the review: which entries stand on it, which is shown, and how far the reviewer is."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from plans.models import ReviewPlace
from plans.queries.review_entries import Entry, place_in_order

EVERYWHERE = "all"


class Show(StrEnum):
    """Which entries a reviewer goes through."""

    WAITING = "waiting"
    SENT_BACK = "sent_back"
    ALL = "all"


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What the address names: a region or all, one kind of entries or all, which of them, and one to begin with."""

    region: str
    kind: str = ""
    show: Show = Show.WAITING
    at: str = ""

    @property
    def page(self) -> str:
        """The page whose place is kept."""
        return ":".join(name for name in (self.region, self.kind) if name)

    def holds(self, entry: Entry) -> bool:
        return (self.region == EVERYWHERE or self.region in entry.regions) and self.kind in ("", entry.kind)


@dataclass(frozen=True, kw_only=True)
class Queue:
    """The entries of a page in their order. `unread` are the languages that this reviewer does not read."""

    entries: Sequence[Entry]
    show: Show
    unread: Collection[str] = ()

    @cached_property
    def waiting(self) -> list[Entry]:
        return [entry for entry in self.entries if self.waits(entry)]

    @cached_property
    def sent_back(self) -> list[Entry]:
        return [entry for entry in self.entries if self._is_out(entry)]

    @cached_property
    def listed(self) -> Sequence[Entry]:
        """What the keys go through."""
        if self.show is Show.ALL:
            return self.entries
        return self.waiting if self.show is Show.WAITING else self.sent_back

    @property
    def done(self) -> int:
        return len(self.entries) - len(self.waiting) - len(self.sent_back)

    def waits(self, entry: Entry) -> bool:
        return entry.waits_beside(self.unread) and not entry.is_sent_back

    def _is_out(self, entry: Entry) -> bool:
        return entry.is_sent_back and entry.waits_beside(self.unread)

    def shown(self, at: str, place: ReviewPlace | None) -> Entry | None:
        """Return the entry that is asked for; else where the reviewer was, or what comes next; None without any."""
        if named := next((entry for entry in self.entries if entry.key == at), None):
            return named
        return self.at_place(place_in_order(place.kind, place.code)) if place else self._first()

    def at_place(self, place: tuple[int, str]) -> Entry | None:
        return next((entry for entry in self.listed if entry.place >= place), None) or self._first()

    def after(self, entry: Entry) -> Entry | None:
        return next(iter(self.coming(entry, 1)), None)

    def before(self, entry: Entry) -> Entry | None:
        others = [one for one in self.listed if self._follows(entry, one)]
        return others[-1] if others else None

    def coming(self, entry: Entry, count: int) -> list[Entry]:
        return [one for one in self.listed if self._follows(one, entry)][:count]

    def number_of(self, entry: Entry) -> int | None:
        return next((n for n, one in enumerate(self.listed, start=1) if one.key == entry.key), None)

    def _first(self) -> Entry | None:
        return next(iter(self.listed), None)

    def _follows(self, one: Entry, other: Entry) -> bool:
        return (one.place, one.key) > (other.place, other.key)
