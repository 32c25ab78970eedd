"""Protocols that a clinic's plans may take, of the clinic or of the library, told alike."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from uuid import UUID

from plans.contraindications import Anchor
from plans.dose import Frequency
from plans.models import (
    Advice,
    Clinic,
    Condition,
    LibraryProtocol,
    LibraryProtocolItem,
    LibraryProtocolRevision,
    Patient,
    Protocol,
    ProtocolItem,
)
from plans.queries.library_protocols import library_protocols_in_use
from plans.queries.protocols import with_items
from plans.queries.rules import vocabulary_for

AnyProtocol = Protocol | LibraryProtocol
FALLBACK = "en"


@dataclass(frozen=True, kw_only=True)
class Programme:
    """A protocol as a plan takes it, with its words in one language; `follows` is the id of the next phase."""

    id: UUID
    title: str
    titles: frozenset[str]
    """Its titles in all languages: by one of them a plan that it began is known."""
    clinic: Clinic
    condition: Condition | None
    phase: str
    anchor: Anchor | None
    from_day: int | None
    to_day: int | None
    go_on_when: str
    follows: UUID | None
    items: tuple[ProtocolItem, ...]
    frequency: Frequency = field(default_factory=Frequency)
    goals: str = ""
    note: str = ""
    therapies: tuple[Advice, ...] = ()
    is_library: bool = False


def programmes_of(clinic: Clinic, *, language: str) -> list[Programme]:
    """Return all that plans of the clinic may begin with, those of the clinic first."""
    own = with_items(Protocol.objects.filter(clinic=clinic, retired_on=None)).order_by("title")
    in_use = library_protocols_in_use(clinic)
    codes = {row.protocol.code: key for key, row in in_use.items()}
    return [
        *(_own(row, language) for row in own),
        *(_of_library(row, clinic, language, codes) for row in in_use.values()),
    ]


def find_programme(wanted: UUID, *, clinic: Clinic, language: str) -> Programme | None:
    return next((one for one in programmes_of(clinic, language=language) if one.id == wanted), None)


def programme_of(protocol: AnyProtocol, *, clinic: Clinic, language: str) -> Programme | None:
    """Return it as this clinic may take it; None for one of the library that its reviewer has not approved."""
    if isinstance(protocol, Protocol):
        return _own(with_items(Protocol.objects.filter(pk=protocol.pk)).get(), language)
    row = library_protocols_in_use(clinic, of=[protocol.pk]).get(protocol.pk)
    if row is None:
        return None
    after = LibraryProtocol.objects.filter(clinic=None, code=row.next, retired_on=None).first()
    return _of_library(row, clinic, language, {after.code: after.pk} if after else {})


def fitting(programmes: Iterable[Programme], patient: Patient) -> list[Programme]:
    """Return those that are for a condition of the patient, or for a wider one."""
    vocabulary = vocabulary_for(patient.clinic)
    codes = patient.conditions.values_list("condition__code", flat=True)
    wider = {wide for code in codes for wide in vocabulary.with_parents(code, where="The patient")}
    return [one for one in programmes if one.condition and one.condition.code in wider]


def _own(row: Protocol, language: str) -> Programme:
    said: Mapping[str, str] = row.go_on_when
    return Programme(
        id=row.pk,
        title=row.title,
        titles=frozenset({row.title}),
        clinic=row.clinic,
        condition=row.condition,
        phase=row.phase,
        anchor=Anchor(row.window_anchor) if row.window_anchor else None,
        from_day=row.window_from_day,
        to_day=row.window_to_day,
        go_on_when=said.get(language) or said.get(FALLBACK) or next(iter(said.values()), ""),
        follows=row.next_id if row.next and row.next.retired_on is None else None,
        items=tuple(row.items.all()),
        frequency=row.frequency,
        goals=row.goals,
        note=row.note,
        therapies=tuple(therapy for therapy in row.therapies.all() if therapy.retired_on is None),
    )


def _of_library(
    row: LibraryProtocolRevision, clinic: Clinic, language: str, codes: Mapping[str, UUID]
) -> Programme:
    said: Mapping[str, str] = row.go_on_when
    return Programme(
        id=row.protocol_id,
        title=row.title_in(language),
        titles=frozenset(row.titles.values()),
        clinic=clinic,
        condition=row.condition,
        phase=row.phase,
        anchor=Anchor(row.anchor) if row.anchor else None,
        from_day=row.from_day,
        to_day=row.to_day,
        go_on_when=said.get(language.lower()) or said.get(FALLBACK, ""),
        follows=codes.get(row.next),
        items=tuple(_item(one) for one in row.items.all()),
        is_library=True,
    )


def _item(row: LibraryProtocolItem) -> ProtocolItem:
    item = ProtocolItem(exercise=row.exercise, order=row.order)
    item.dose = row.dose
    return item
