"""An entry of the library as its reviewers read it: parts that are approved one by one, and what was shown of them."""

import hashlib
from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from plans.content import DrawingContent
from plans.models import Drawing, ExerciseRevision
from plans.queries.exercise_pictures import example_of


class EntryKind(StrEnum):
    """What a reviewer reads, in the order in which a page of the review shows it."""

    EXERCISE = "exercise"
    RULE = "rule"
    MOVEMENT = "movement"
    CONDITION = "condition"
    SYMPTOM = "symptom"
    ADVICE = "advice"
    LEAFLET = "leaflet"
    MEASURE = "measure"
    PROTOCOL = "protocol"


NO_PICTURE = "none"
FACTS = "facts"
"""The part of an entry that is in no language of patients; the others are named by their language."""


@dataclass(frozen=True, kw_only=True)
class Part:
    """One thing that an approval names. `languages` are those of its texts where it holds several, approved at once."""

    name: str
    thing: str
    pk: UUID
    is_approved: bool
    languages: frozenset[str] = frozenset()


@dataclass(frozen=True, kw_only=True)
class Entry:
    """The newest version of an entry of the library, and how far its review is. `pk` is that of its identity."""

    kind: EntryKind
    pk: UUID
    code: str
    regions: frozenset[str]
    parts: tuple[Part, ...]
    is_sent_back: bool

    @property
    def key(self) -> str:
        return f"{self.kind}-{self.pk}"

    @property
    def place(self) -> tuple[int, str]:
        return place_in_order(self.kind, self.code)

    @property
    def languages(self) -> list[str]:
        return [part.name for part in self.parts if part.name != FACTS]

    def waits_beside(self, unread: Collection[str] = ()) -> bool:
        """Whether something waits for a reviewer who does not read these languages."""
        return any(not part.is_approved and part.name not in unread for part in self.parts)


def place_in_order(kind: str, code: str) -> tuple[int, str]:
    return list(EntryKind).index(EntryKind(kind)), code


def seen_of(entry: Entry, picture: str) -> str:
    """Return what stands for all that the page shows for approval: another text, figure or drawing is another."""
    parts = sorted(f"{part.thing} {part.pk}" for part in entry.parts)
    return hashlib.sha256("\n".join((entry.key, *parts, picture)).encode()).hexdigest()


def picture_seen(entry: Entry) -> str:
    """Return what stands for the picture of an entry; blank while it is not drawn."""
    if entry.kind is not EntryKind.EXERCISE:
        return NO_PICTURE
    facts = next(part for part in entry.parts if part.name == FACTS)
    revision = ExerciseRevision.objects.get(pk=facts.pk)
    found = example_of(revision, revision.pictures.select_related("picture"))
    if isinstance(found, DrawingContent):
        rows = Drawing.objects.filter(pk=found.id_in(grey=False))
        return str(rows.values_list("picture", flat=True).first() or "")
    return found.sha256 if found else NO_PICTURE
