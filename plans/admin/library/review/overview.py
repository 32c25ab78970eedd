"""What waits for a clinic's reviewers, by region and kind."""

from collections.abc import Collection
from dataclasses import dataclass

from plans.admin.library.review.addresses import address_of, kind_names, region_name
from plans.admin.library.review.queue import EVERYWHERE, Asked, Queue
from plans.libraryfiles.vocabulary import Region
from plans.models import Clinic
from plans.queries.review_entries import Entry
from plans.queries.review_state import entries_of


@dataclass(frozen=True, kw_only=True)
class Line:
    """A region with its numbers: `counts` are address, waiting and all entries, kind by kind."""

    name: str
    address: str
    queue: Queue
    counts: list[tuple[str, int, int]]


@dataclass(frozen=True, kw_only=True)
class Overview:
    """The review of one clinic."""

    clinic: Clinic
    kinds: list[str]
    languages: set[str]
    lines: list[Line]


def overview(clinic: Clinic, unread: Collection[str]) -> Overview:
    entries = entries_of(clinic)
    names = kind_names()
    kinds = [kind for kind in names if any(entry.kind == kind for entry in entries)]
    regions = [EVERYWHERE, *(region.value for region in Region)]
    lines = [_line(clinic, entries, region, kinds, unread) for region in regions]
    return Overview(
        clinic=clinic,
        kinds=[names[kind] for kind in kinds],
        languages={language for entry in entries for language in entry.languages},
        lines=[line for line in lines if line.queue.entries],
    )


def _line(
    clinic: Clinic, entries: list[Entry], region: str, kinds: list[str], unread: Collection[str]
) -> Line:
    counts = []
    for kind in kinds:
        part = queue_of(entries, Asked(region=region, kind=kind), unread)
        counts.append((address_of(clinic, region, kind=kind), len(part.waiting), len(part.entries)))
    return Line(
        name=region_name(region),
        address=address_of(clinic, region),
        queue=queue_of(entries, Asked(region=region), unread),
        counts=counts,
    )


def queue_of(entries: list[Entry], asked: Asked, unread: Collection[str]) -> Queue:
    held = [entry for entry in entries if asked.holds(entry)]
    return Queue(entries=held, show=asked.show, unread=unread)
