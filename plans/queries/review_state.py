"""The library by entries and parts, with the state of their review in one clinic."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.db.models import Q, UUIDField
from django.db.models.functions import Coalesce

from plans.drawer import DRAWER_VERSION
from plans.libraryfiles.vocabulary import Region
from plans.models import (
    Clinic,
    Condition,
    ExerciseRevision,
    LibraryProtocolRevision,
    RuleRevision,
    SentBack,
    Symptom,
    VocabularyRevision,
)
from plans.models.approvals import THINGS
from plans.models.library_review import SENT
from plans.queries.approvals import (
    newest_advice,
    newest_leaflets,
    newest_measures,
    newest_signs,
    standing,
    vocabulary_of,
)
from plans.queries.review_entries import FACTS, Entry, EntryKind, Part
from plans.queries.rules import shared_or_of


@dataclass(frozen=True, kw_only=True)
class _State:
    """What the clinic has said so far: the drawer by the id of what it approved, and the ids that went back."""

    clinic: Clinic
    approved: Mapping[UUID, str]
    sent_back: frozenset[UUID]
    region_of: Mapping[str, str]

    def part(self, name: str, thing: str, pk: UUID, *, has_figure: bool = False) -> Part:
        drawer = self.approved.get(pk)
        is_approved = drawer is not None and (not has_figure or drawer == DRAWER_VERSION)
        return Part(name=name, thing=thing, pk=pk, is_approved=is_approved)

    def entry(
        self, kind: EntryKind, pk: UUID, code: str, regions: Iterable[str], parts: Iterable[Part]
    ) -> Entry:
        parts = tuple(parts)
        return Entry(
            kind=kind,
            pk=pk,
            code=code,
            regions=frozenset(region for region in regions if region) or frozenset({Region.GENERAL.value}),
            parts=parts,
            is_sent_back=any(part.pk in self.sent_back for part in parts),
        )


def entries_of(clinic: Clinic) -> list[Entry]:
    """Return all that a clinic's reviewers answer for, in the order of the pages, in a fixed number of queries."""
    state = _state_of(clinic)
    readers = dict.fromkeys(_READERS.values())
    return sorted((entry for read in readers for entry in read(state, Q())), key=lambda entry: entry.place)


def entry_of(clinic: Clinic, kind: str, pk: UUID) -> Entry | None:
    read = _READERS.get(kind)
    return next(read(_state_of(clinic), Q(**{kind: pk})), None) if read else None


def _state_of(clinic: Clinic) -> _State:
    things = Coalesce(*THINGS, output_field=UUIDField())
    approved = standing(clinic).filter(wording="").annotate(thing=things).order_by()
    sent = SentBack.objects.filter(clinic=clinic, closed_at=None)
    sent = sent.annotate(thing=Coalesce(*SENT, output_field=UUIDField())).order_by()
    regions = Condition.objects.filter(shared_or_of(clinic)).order_by()
    return _State(
        clinic=clinic,
        approved=dict(approved.values_list("thing", "drawer")),
        sent_back=frozenset(sent.values_list("thing", flat=True)),
        region_of=dict(regions.values_list("code", "region")),
    )


def _exercises(state: _State, which: Q) -> Iterator[Entry]:
    rows = ExerciseRevision.objects.filter(
        which, shared_or_of(state.clinic, "exercise__"), newest=True, exercise__retired_on=None
    ).order_by("exercise__code", "texts__language")
    names = ("exercise_id", "exercise__code", "region", "pk", "kept_figure", "texts__language", "texts__pk")
    for (pk, code, region, revision, figure), texts in _grouped(rows.values_list(*names)).items():
        facts = state.part(FACTS, "revision", revision, has_figure=figure is not None)
        words = (state.part(language, "text", text) for language, text in texts if text)
        yield state.entry(EntryKind.EXERCISE, pk, code, [region], (facts, *words))


def _rules(state: _State, which: Q) -> Iterator[Entry]:
    rows = RuleRevision.objects.filter(which, shared_or_of(state.clinic, "rule__"), newest=True)
    names = ("rule_id", "rule__code", "condition__region", "pk", "retired")
    said = rows.order_by("rule__code", "sentences__language").values_list(
        *names, "sentences__language", "sentences__pk"
    )
    for (pk, code, region, revision, retired), sentences in _grouped(said).items():
        facts = state.part(FACTS, "rule", revision)
        words = (state.part(language, "sentence", one) for language, one in sentences if one and not retired)
        yield state.entry(EntryKind.RULE, pk, code, [region], (facts, *words))


def _words(state: _State, which: Q) -> Iterator[Entry]:
    changed = VocabularyRevision.objects.filter(which, vocabulary_of(state.clinic), newest=True, number__gt=1)
    for row in changed.filter(symptom=None).select_related("movement", "condition"):
        kind = EntryKind(str(row.entry._meta.model_name))
        parts = [state.part(FACTS, "vocabulary", row.pk)]
        yield state.entry(kind, row.entry_id, row.entry.code, [getattr(row.entry, "region", "")], parts)


def _symptoms(state: _State, which: Q) -> Iterator[Entry]:
    """Yield symptoms that changed, or of which the patient's copy says something."""
    changed = VocabularyRevision.objects.filter(which, vocabulary_of(state.clinic), newest=True, number__gt=1)
    signs = newest_signs().filter(which, shared_or_of(state.clinic, "symptom__"), symptom__retired_on=None)
    found: dict[UUID, tuple[Symptom, list[Part], list[str]]] = {}
    for row in changed.filter(symptom__isnull=False).select_related("symptom"):
        if row.symptom:
            found[row.symptom.pk] = row.symptom, [state.part(FACTS, "vocabulary", row.pk)], []
    for sign in signs.select_related("symptom").order_by("language"):
        _symptom, parts, regions = found.setdefault(sign.symptom_id, (sign.symptom, [], []))
        parts.append(state.part(sign.language, "sign", sign.pk))
        regions += _meant(state, sign.meant_for)
    for pk, (symptom, parts, regions) in found.items():
        yield state.entry(EntryKind.SYMPTOM, pk, symptom.code, [symptom.region, *regions], parts)


def _advice(state: _State, which: Q) -> Iterator[Entry]:
    rows = newest_advice().filter(which, shared_or_of(state.clinic, "advice__"), advice__retired_on=None)
    names = ("advice_id", "advice__code", "language", "pk", "advice__meant_for")
    regions = {pk: _meant(state, meant) for pk, _, _, _, meant in rows.values_list(*names)}
    yield from _texts(state, EntryKind.ADVICE, rows.values_list(*names[:4]), regions)


def _meant(state: _State, meant: Mapping[str, Any]) -> list[str]:
    of_conditions = (state.region_of.get(code, "") for code in meant.get("conditions", ()))
    return [*meant.get("regions", ()), *of_conditions]


def _leaflets(state: _State, which: Q) -> Iterator[Entry]:
    rows = newest_leaflets().filter(which, shared_or_of(state.clinic, "leaflet__"), leaflet__retired_on=None)
    names = ("leaflet_id", "leaflet__code", "language", "pk", "leaflet__conditions")
    regions = {
        pk: [state.region_of.get(code, "") for code in codes]
        for pk, _, _, _, codes in rows.values_list(*names)
    }
    yield from _texts(state, EntryKind.LEAFLET, rows.values_list(*names[:4]), regions)


def _measures(state: _State, which: Q) -> Iterator[Entry]:
    rows = newest_measures().filter(which, shared_or_of(state.clinic, "measure__"), measure__retired_on=None)
    names = ("measure_id", "measure__code", "language", "pk")
    found = list(rows.values_list(*names))
    yield from _texts(state, EntryKind.MEASURE, found, {row[0]: () for row in found})


def _texts(
    state: _State, kind: EntryKind, rows: Iterable[tuple[Any, ...]], regions: Mapping[UUID, Iterable[str]]
) -> Iterator[Entry]:
    """Yield entries whose newest texts are approved one by one, and that have no other facts."""
    found: dict[tuple[UUID, str], list[Part]] = {}
    for pk, code, language, text in sorted(rows, key=lambda row: (row[1], row[2])):
        found.setdefault((pk, code), []).append(state.part(language, kind.value, text))
    for (pk, code), parts in found.items():
        yield state.entry(kind, pk, code, regions[pk], parts)


def _protocols(state: _State, which: Q) -> Iterator[Entry]:
    rows = LibraryProtocolRevision.objects.filter(
        which, shared_or_of(state.clinic, "protocol__"), newest=True, protocol__retired_on=None
    )
    names = ("protocol_id", "protocol__code", "condition__region", "pk", "titles", "go_on_when")
    for pk, code, region, revision, titles, go_on_when in rows.values_list(*names):
        part = state.part(FACTS, "protocol", revision)
        said = replace(part, languages=frozenset({*titles, *go_on_when}))
        yield state.entry(EntryKind.PROTOCOL, pk, code, [region], [said])


def _grouped(rows: Iterable[tuple[Any, ...]]) -> dict[tuple[Any, ...], list[tuple[str, UUID]]]:
    """Gather the texts, which stand last in the rows, of each entry."""
    found: dict[tuple[Any, ...], list[tuple[str, UUID]]] = {}
    for *facts, language, pk in rows:
        found.setdefault(tuple(facts), []).append((language, pk))
    return found


_READERS: Mapping[str, Callable[[_State, Q], Iterator[Entry]]] = {
    EntryKind.EXERCISE: _exercises,
    EntryKind.RULE: _rules,
    EntryKind.MOVEMENT: _words,
    EntryKind.CONDITION: _words,
    EntryKind.SYMPTOM: _symptoms,
    EntryKind.ADVICE: _advice,
    EntryKind.LEAFLET: _leaflets,
    EntryKind.MEASURE: _measures,
    EntryKind.PROTOCOL: _protocols,
}
"""What reads the entries of a kind: each of its models calls the identity by the name of the kind."""
