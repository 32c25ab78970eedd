"""What a therapist typed of a new patient, a line each: conditions by name, code or free words, symptoms, days."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, NamedTuple, TypeVar

from plans.diagnoses import ConditionNames, looks_like_code
from plans.diagnoses.line_parts import parts_of
from plans.diagnoses.when import LINE, TypedLine, read_line
from plans.folding import fold
from plans.models import Clinic, Condition, Symptom
from plans.models.library import LibraryEntry
from plans.queries.diagnoses import condition_names
from plans.queries.rules import shared_or_of, vocabulary_for

Entry = TypeVar("Entry", bound=LibraryEntry)
MAX_LINES = 30
MAX_SUGGESTED = 5
DAYS = {"onset": "onset", "surgery": "surgery", "due": "due_date"}
"""The days of a condition, by what rules call them."""


@dataclass(frozen=True, kw_only=True)
class TypedCondition:
    """A condition that a line names, with the days that the line tells."""

    condition: Condition
    has_sides: bool = False
    side: str = ""
    onset: date | None = None
    surgery: date | None = None
    due: date | None = None
    code_typed: str = ""

    @property
    def counts_from_surgery(self) -> bool:
        return "surgery" in self.condition.dates


@dataclass(frozen=True, kw_only=True)
class TypedSymptom:
    """A symptom that a line names."""

    symptom: Symptom
    noted: date | None = None


@dataclass(frozen=True, kw_only=True)
class Suggestion:
    """A name that a line may mean, and the line with it: what was typed of time and side stays."""

    name: str
    line: str


@dataclass(frozen=True, kw_only=True)
class Unread:
    """A line that names nothing for certain, and what it may mean; it is kept in free words."""

    line: str
    suggested: Sequence[Suggestion]


@dataclass(frozen=True, kw_only=True)
class TypedFacts:
    """All lines, read."""

    conditions: Sequence[TypedCondition]
    symptoms: Sequence[TypedSymptom]
    unread: Sequence[Unread]

    @property
    def free_words(self) -> str:
        return "\n".join(one.line for one in self.unread)


class _Known(NamedTuple):
    """What a line may name."""

    today: date
    names: ConditionNames
    conditions: Mapping[str, Condition]
    symptoms: Mapping[str, Symptom]
    sided: Collection[str]
    """Codes of conditions that have sides by what the clinic has approved."""

    def names_something(self, words: str) -> bool:
        return fold(words) in self.symptoms or bool(self.names.read(words).mentions)


class _Read(NamedTuple):
    """What a line, or a part of it, was read as; `certain` where it says no more than that."""

    conditions: Sequence[TypedCondition] = ()
    symptoms: Sequence[TypedSymptom] = ()
    certain: bool = False


def read_facts(text: str, *, clinic: Clinic) -> TypedFacts:
    """Read at most so many lines; each is found as what it names, or kept as free words. Nothing is dropped."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if not lines:
        return TypedFacts(conditions=(), symptoms=(), unread=())
    known = _known_of(clinic)
    read_as = [(line, _read(line, known)) for line in lines[:MAX_LINES]]
    conditions, contradicted = _gather(read_as)
    noted: dict[str, TypedSymptom] = {}
    for symptom in [one for _, read in read_as for one in read.symptoms]:
        before = noted.get(symptom.symptom.code)
        noted[symptom.symptom.code] = symptom if symptom.noted or before is None else before
    unread = [Unread(line=line, suggested=()) for line in lines[MAX_LINES:]]
    for line, read in read_as:
        if not read.certain or line in contradicted:
            meant = () if read.conditions else _suggest(read_line(line, today=known.today), known)
            unread.append(Unread(line=line, suggested=meant))
    return TypedFacts(conditions=conditions, symptoms=list(noted.values()), unread=unread)


def _gather(read_as: Sequence[tuple[str, _Read]]) -> tuple[Sequence[TypedCondition], set[str]]:
    """Return each condition of a side once, and the lines that tell different days of the same."""
    conditions: dict[tuple[str, str], TypedCondition] = {}
    told: dict[tuple[str, str], set[str]] = {}
    contradicted: set[str] = set()
    for line, read in read_as:
        for one in read.conditions:
            place = (one.condition.code, one.side)
            before = conditions.setdefault(place, one)
            told.setdefault(place, set()).add(line)
            if _contradict(before, one):
                contradicted |= told[place]
            conditions[place] = _together(before, one)
    return list(conditions.values()), contradicted


def _known_of(clinic: Clinic) -> _Known:
    symptoms = _own_first(Symptom.objects.filter(shared_or_of(clinic), retired_on=None)).values()
    return _Known(
        today=clinic.today(),
        names=condition_names(clinic),
        conditions=_own_first(Condition.objects.filter(shared_or_of(clinic))),
        symptoms={fold(row.name): row for row in symptoms},
        sided=vocabulary_for(clinic).sided,
    )


def _own_first(rows: Iterable[Entry]) -> dict[str, Entry]:
    """Return the entries by code: the clinic's own before a shared one."""
    return {row.code: row for row in sorted(rows, key=lambda row: row.clinic_id is not None)}


def _read(line: str, known: _Known) -> _Read:
    read = [_read_as_one(typed, known) for typed in _lines_in(line, known)]
    return _Read(
        conditions=[one for part in read for one in part.conditions],
        symptoms=[one for part in read for one in part.symptoms],
        certain=all(part.certain for part in read) and len(line) <= LINE,
    )


def _lines_in(line: str, known: _Known) -> Sequence[TypedLine]:
    """Return the line in parts where it tells of several sides or days, if its parts name what the whole names."""
    typed = read_line(line, today=known.today)
    if not typed.tells_several or fold(typed.words) in known.symptoms:
        return [typed]
    reading = known.names.read(typed.words)
    parts = [
        read_line(part, today=known.today)
        for part in parts_of(line, today=known.today, names=known.names_something)
    ]
    named = {mention.codes for part in parts for mention in known.names.read(part.words).mentions}
    same = named == {mention.codes for mention in reading.mentions}
    return parts if same and not reading.has_asides else [typed]


def _read_as_one(typed: TypedLine, known: _Known) -> _Read:
    if symptom := known.symptoms.get(fold(typed.words)):
        noted = TypedSymptom(symptom=symptom, noted=typed.when or typed.onset)
        return _Read(symptoms=[noted], certain=not typed.unsure)
    reading = known.names.read(typed.words)
    sure = [mention for mention in reading.mentions if len(mention.codes) == 1]
    whole = len(sure) == len(reading.mentions) and not reading.says_more and not reading.has_asides
    if typed.two_sides and len(reading.mentions) > 1:
        # Which of them is on which side is not known: a condition without a side is guarded on both.
        typed, whole = replace(typed, side=""), False
    found = [_condition(mention.codes[0], typed, mention.words, known) for mention in sure]
    placed = not typed.when or all(typed.when in (one.onset, one.surgery, one.due) for one in found)
    return _Read(conditions=found, certain=bool(found) and whole and placed and not typed.unsure)


def _condition(code: str, typed: TypedLine, words: str, known: _Known) -> TypedCondition:
    condition, has_sides = known.conditions[code], code in known.sided
    days = {"onset": typed.onset, "surgery": typed.surgery, "due": typed.due}
    # A day alone is that of which the rules of this condition count.
    counted = [name for name, date_of in DAYS.items() if date_of in condition.dates] or ["onset"]
    if free := [name for name in counted if days[name] is None]:
        days[free[0]] = typed.when
    return TypedCondition(
        condition=condition,
        has_sides=has_sides,
        side=typed.side if has_sides else "",
        code_typed=words if looks_like_code(words) else "",
        **days,
    )


def _contradict(one: TypedCondition, other: TypedCondition) -> bool:
    pairs = [(getattr(one, name), getattr(other, name)) for name in DAYS]
    return any(first and second and first != second for first, second in pairs)


def _together(one: TypedCondition, other: TypedCondition) -> TypedCondition:
    """Return what two lines tell of the same; of two days the later, as within a line."""
    days: dict[str, Any] = {
        name: max(filter(None, (getattr(one, name), getattr(other, name))), default=None) for name in DAYS
    }
    return replace(one, code_typed=one.code_typed or other.code_typed, **days)


def _suggest(typed: TypedLine, known: _Known) -> Sequence[Suggestion]:
    """Return names that hold a word beginning with each that was typed."""
    words = fold(typed.words).replace(",", " ").split()
    if not words or len(words[0]) < 3:
        return ()
    named = [(row.name, [row.name, *row.also]) for row in known.conditions.values()]
    named += [(row.name, [row.name]) for row in known.symptoms.values()]
    fitting = [
        name
        for name, also in named
        if any(
            all(any(part.startswith(word) for part in fold(one).split()) for word in words) for one in also
        )
    ]
    nearest = sorted(fitting, key=lambda name: (len(name), name))[:MAX_SUGGESTED]
    return [Suggestion(name=name, line=", ".join([name, *typed.said])) for name in nearest]
