"""What only shows when all files are read: names that nobody defined, names defined twice, circles."""

from collections.abc import Iterable, Iterator, Sequence, Set

from plans.diagnoses import NameKey, name_key, words_of_code
from plans.folding import fold
from plans.libraryfiles.check_exercises import check_exercises
from plans.libraryfiles.check_protocols import check_protocols
from plans.libraryfiles.data import ConditionData, Library, WithdrawnData
from plans.libraryfiles.entry import Entry
from plans.libraryfiles.errors import Place, Problem
from plans.libraryfiles.known import Known
from plans.libraryfiles.naming import in_circle, unknown
from plans.libraryfiles.vocabulary import WithdrawnKind


def check_library(library: Library, *, known: Known, figures: Set[str]) -> Iterator[Problem]:
    """Yield the problems between entries; `known` codes count as defined, `figures` are all pose files."""
    yield from _twice(library)
    yield from _implied(library, known)
    yield from _parents(library, known)
    yield from check_exercises(library, known, figures)
    yield from _rules(library, known)
    yield from check_protocols(library, known)
    yield from _audiences(library, known)
    yield from _ambiguous(library, known)


def _twice(library: Library) -> Iterator[Problem]:
    kinds: Iterable[tuple[str, Sequence[Entry]]] = (
        ("source", library.sources),
        ("movement", library.movements),
        ("condition", library.conditions),
        ("symptom", library.symptoms),
        ("exercise", library.exercises),
        ("rule", library.rules),
        ("advice", library.advice),
        ("leaflet", library.leaflets),
        ("measure", library.measures),
        ("protocol", library.protocols),
        *((f"withdrawn {kind}", _withdrawn(library, kind)) for kind in WithdrawnKind),
    )
    for kind, entries in kinds:
        first: dict[str, Entry] = {}
        for entry in entries:
            other = first.setdefault(entry.code, entry)
            if other is not entry:
                yield Problem(entry.place, f"{kind} {entry.code} is already defined at {other.place}")


def _withdrawn(library: Library, kind: WithdrawnKind) -> Sequence[WithdrawnData]:
    return [entry for entry in library.withdrawn if entry.kind is kind]


def _implied(library: Library, known: Known) -> Iterator[Problem]:
    wider = {movement.code: movement.implies for movement in library.movements}
    for movement in library.movements:
        yield from unknown(movement, "movement", movement.implies, wider.keys() | known.movements)
        if in_circle(movement.code, wider):
            yield Problem(movement.place, f"movement {movement.code} implies itself")


def _parents(library: Library, known: Known) -> Iterator[Problem]:
    parents = {entry.code: (entry.parent,) if entry.parent else () for entry in library.conditions}
    for condition in library.conditions:
        named = parents[condition.code]
        yield from unknown(condition, "condition", named, parents.keys() | known.conditions.keys())
        if in_circle(condition.code, parents):
            yield Problem(condition.place, f"condition {condition.code} is its own parent")


def _rules(library: Library, known: Known) -> Iterator[Problem]:
    movements = {movement.code for movement in library.movements} | known.movements
    dates = {entry.code: frozenset(map(str, entry.dates)) for entry in library.conditions}
    dates = {**known.conditions, **dates}
    for rule in library.rules:
        yield from unknown(rule, "condition", [rule.condition], dates.keys())
        yield from unknown(rule, "movement", rule.movements, movements)
        if len(movements) > 1 and movements <= set(rule.movements):
            yield Problem(
                rule.place, f"rule {rule.code} names all movements: use movements: '*' for the whole plan"
            )
        if rule.anchor and rule.condition in dates and rule.anchor not in dates[rule.condition]:
            yield Problem(
                rule.place,
                f"rule {rule.code} counts from {rule.anchor}, a date that {rule.condition} has not",
            )


def _audiences(library: Library, known: Known) -> Iterator[Problem]:
    conditions = {entry.code for entry in library.conditions} | known.conditions.keys()
    for advice in library.advice:
        yield from unknown(advice, "condition", advice.audience.conditions, conditions)
        yield from _symptoms(advice, advice.audience.symptoms, library, known)
    for symptom in library.symptoms:
        yield from unknown(symptom, "condition", symptom.shown_to.conditions, conditions)
        yield from _symptoms(symptom, symptom.shown_to.symptoms, library, known)
    for leaflet in library.leaflets:
        yield from unknown(leaflet, "condition", leaflet.conditions, conditions)


def _symptoms(entry: Entry, named: Iterable[str], library: Library, known: Known) -> Iterator[Problem]:
    own = {symptom.code for symptom in library.symptoms}
    gone = {other.code for other in _withdrawn(library, WithdrawnKind.SYMPTOM)} | known.retired_symptoms
    for code in named:
        if code in gone - own:
            yield Problem(entry.place, f"{entry.code} names the retired symptom {code}")
        else:
            yield from unknown(entry, "symptom", [code], own | known.symptoms)


def _ambiguous(library: Library, known: Known) -> Iterator[Problem]:
    """A name of two conditions could be matched to the wrong one; a code counts as a name, as people type it."""
    own = {condition.code for condition in library.conditions}
    first: dict[NameKey, tuple[str, str]] = {}
    for code, names in known.condition_names.items():
        if code not in own:
            first.update({name_key(name): (code, "") for name in (*names, words_of_code(code))})
    for condition in library.conditions:
        first.setdefault(name_key(words_of_code(condition.code)), (condition.code, f" at {condition.place}"))
    for condition in library.conditions:
        yield from _names_twice(condition, first)


def _names_twice(condition: ConditionData, first: dict[NameKey, tuple[str, str]]) -> Iterator[Problem]:
    written: dict[str, Place] = {}
    for name, place in zip((condition.name, *condition.also), condition.name_places, strict=True):
        owner, where = first.setdefault(name_key(name), (condition.code, f" at {place}"))
        if owner != condition.code:
            yield Problem(place, f"{name} is already a name of condition {owner}{where}")
        elif (other := written.setdefault(fold(name), place)) is not place:
            yield Problem(place, f"{condition.code} names {name} twice, first at {other}")
