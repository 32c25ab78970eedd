"""What a therapist typed of a new patient, a line each: conditions by name, code or free words, symptoms, days."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from plans.diagnoses import ConditionNames, looks_like_code
from plans.diagnoses.when import TypedLine, read_line
from plans.folding import fold
from plans.models import Clinic, Condition, Symptom
from plans.models.library import LibraryEntry
from plans.queries.diagnoses import condition_names
from plans.queries.rules import shared_or_of

Entry = TypeVar("Entry", bound=LibraryEntry)
MAX_LINES = 30
MAX_SUGGESTED = 5


@dataclass(frozen=True, kw_only=True)
class TypedCondition:
    """A condition that a line names, with the days that the line tells."""

    condition: Condition
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


def read_facts(text: str, *, clinic: Clinic) -> TypedFacts:
    """Read at most so many lines; each is found as what it names, or kept as free words. Nothing is dropped."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if not lines:
        return TypedFacts(conditions=(), symptoms=(), unread=())
    known = _own_first(Condition.objects.filter(shared_or_of(clinic)))
    symptoms = {
        fold(row.name): row for row in _own_first(Symptom.objects.filter(shared_or_of(clinic))).values()
    }
    conditions: dict[tuple[str, str], TypedCondition] = {}
    noted: dict[str, TypedSymptom] = {}
    unread = [Unread(line=line, suggested=()) for line in lines[MAX_LINES:]]
    today, names = clinic.today(), condition_names(clinic)
    for line in lines[:MAX_LINES]:
        typed = read_line(line, today=today)
        if symptom := symptoms.get(fold(typed.words)):
            noted[symptom.code] = TypedSymptom(symptom=symptom, noted=typed.when or typed.onset)
            continue
        found, certain = _named(typed, names, known)
        for one in found:
            conditions.setdefault((one.condition.code, one.side), one)
        if not certain:
            meant = () if found else _suggest(typed, known, symptoms)
            unread.append(Unread(line=line, suggested=meant))
    return TypedFacts(conditions=list(conditions.values()), symptoms=list(noted.values()), unread=unread)


def _own_first(rows: Iterable[Entry]) -> dict[str, Entry]:
    """Return the entries by code: the clinic's own before a shared one."""
    return {row.code: row for row in sorted(rows, key=lambda row: row.clinic_id is not None)}


def _named(
    typed: TypedLine, names: ConditionNames, known: Mapping[str, Condition]
) -> tuple[list[TypedCondition], bool]:
    """Return what the line names, and whether it says no more than that."""
    reading = names.read(typed.words)
    sure = [mention for mention in reading.mentions if len(mention.codes) == 1]
    found = [_condition(known[mention.codes[0]], typed, mention.words) for mention in sure]
    whole = len(sure) == len(reading.mentions) and not reading.says_more and not reading.has_asides
    return found, bool(found) and whole


def _condition(condition: Condition, typed: TypedLine, words: str) -> TypedCondition:
    onset, surgery, due = typed.onset, typed.surgery, typed.due
    if typed.when and not (onset or surgery or due):
        # A day alone is that of which the rules of this condition count.
        kinds = condition.dates or ["onset"]
        onset = typed.when if "onset" in kinds or not {"surgery", "due_date"} & set(kinds) else None
        surgery = typed.when if onset is None and "surgery" in kinds else None
        due = typed.when if onset is None and surgery is None else None
    return TypedCondition(
        condition=condition,
        side=typed.side if condition.sided else "",
        onset=onset,
        surgery=surgery,
        due=due,
        code_typed=words if looks_like_code(words) else "",
    )


def _suggest(
    typed: TypedLine, known: Mapping[str, Condition], symptoms: Mapping[str, Symptom]
) -> Sequence[Suggestion]:
    """Return names that hold a word beginning with each that was typed."""
    words = fold(typed.words).split()
    if not words or len(words[0]) < 3:
        return ()
    named = [(row.name, [row.name, *row.also]) for row in known.values()]
    named += [(row.name, [row.name]) for row in symptoms.values()]
    fitting = [
        name
        for name, also in named
        if any(
            all(any(part.startswith(word) for part in fold(one).split()) for word in words) for one in also
        )
    ]
    nearest = sorted(fitting, key=lambda name: (len(name), name))[:MAX_SUGGESTED]
    return [Suggestion(name=name, line=", ".join([name, *typed.said])) for name in nearest]
