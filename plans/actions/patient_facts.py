"""The gate for a patient's facts: what cannot be is refused for every edge, by the field."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from plans.contraindications import FactProblem, check_birth, check_fact, check_limit
from plans.exceptions import PlansError
from plans.models import Patient, PatientCondition, PatientLimit, PatientSymptom

FIELDS = (
    "onset",
    "surgery_on",
    "due_on",
    "noted_on",
    "said_on",
    "until",
    "cleared_on",
    "cleared_by",
    "cleared_how",
    "recorded_on",
)
BEGINS = ("onset", "surgery_on")
LIMIT_FIELDS = ("words", "at_most", "unit", "said_by", "said_on", "until")
Row = PatientCondition | PatientSymptom | PatientLimit
Path = tuple[str | int, ...]
Problem = tuple[Path, FactProblem]


class ImpossibleFacts(PlansError):
    """The patient's facts cannot be true: {problems}"""

    code = "impossible_facts"

    def __init__(self, *, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(problems=" ".join(dict.fromkeys(problem.message for _, problem in problems)))

    def told_at(self, places: Mapping[str, Sequence[int]]) -> "ImpossibleFacts":
        """Return it by the places where a caller told of each row."""
        return ImpossibleFacts(problems=[(_placed(path, places), problem) for path, problem in self.problems])


class ClearedStays(PlansError):
    """What was cleared stays on record as it is. If the patient reports it again, add it again as a new symptom."""

    code = "cleared_stays"


def _placed(path: Path, places: Mapping[str, Sequence[int]]) -> Path:
    match path:
        case str(name), int(place), field:
            return name, places[name][place], field
    return path


def values_of(row: Row) -> Mapping[str, Any]:
    return {name: getattr(row, name, None) for name in FIELDS}


def check_facts(
    *,
    patient: Patient,
    conditions: Sequence[PatientCondition],
    symptoms: Sequence[PatientSymptom],
    limits: Sequence[PatientLimit] = (),
    removed: Collection[UUID],
) -> None:
    """Check what is new or changed. Raises ImpossibleFacts, and ClearedStays for a symptom that was cleared.

    What is stored and not touched is let be: an old slip must not keep a red flag from being noted.
    """
    problems = [*_check_birth(patient, [*conditions, *symptoms, *limits], removed)]
    for name, rows in (("conditions", conditions), ("symptoms", symptoms), ("limits", limits)):
        problems += _check_rows(name, rows, patient)
    if problems:
        raise ImpossibleFacts(problems=problems)
    _check_cleared(patient, symptoms)


def check_unstored_facts(
    *,
    birth: date | None,
    conditions: Sequence[Mapping[str, Any]],
    symptoms: Sequence[Mapping[str, Any]],
    limits: Sequence[Mapping[str, Any]] = (),
    today: date,
) -> None:
    """The same for facts that are only asked about. Raises ImpossibleFacts."""
    problems: list[Problem] = [(("birth_date",), problem) for problem in check_birth(birth, today=today)]
    for name, facts in (("conditions", conditions), ("symptoms", symptoms), ("limits", limits)):
        for place, fact in enumerate(facts):
            known = {**fact, "recorded_on": today} if name == "conditions" else fact
            found = [*check_fact(known, birth=birth, today=today)]
            if name == "limits":
                found += check_limit(fact, today=today, is_new=False)
            problems += [((name, place, problem.field), problem) for problem in found]
    if problems:
        raise ImpossibleFacts(problems=problems)


def _check_birth(patient: Patient, given: Sequence[Row], removed: Collection[UUID]) -> Iterator[Problem]:
    stored = None if patient._state.adding else Patient.objects.filter(pk=patient.pk).first()
    if stored is not None and stored.birth_date == patient.birth_date:
        return
    path = ("birth_date",)
    for problem in check_birth(patient.birth_date, today=patient.clinic.today()):
        yield path, problem
    if stored is None:
        return
    apart = {row.pk for row in given} | set(removed)
    kept = (getattr(stored, name).exclude(pk__in=apart) for name in ("conditions", "symptoms", "limits"))
    rows: list[Row] = [row for of_kind in kept for row in of_kind]
    if any(_begins_before(row, patient.birth_date) for row in rows):
        message = "The birth date cannot be after a day of the patient's conditions, symptoms and limits."
        yield path, FactProblem("birth_date", "after_a_fact", message)


def _begins_before(row: Row, birth: date) -> bool:
    days = {name: value for name, value in values_of(row).items() if name != "recorded_on"}
    return any(isinstance(value, date) and value < birth for value in days.values())


def _check_rows(name: str, rows: Sequence[Row], patient: Patient) -> Iterator[Problem]:
    if not rows:
        return
    stored = type(rows[0])._default_manager.in_bulk([row.pk for row in rows])
    for place, row in enumerate(rows):
        values, before = values_of(row), stored.get(row.pk)
        if before is None or values_of(before) != values:
            known = _with_begin(values, before)
            for problem in check_fact(known, birth=patient.birth_date, today=patient.clinic.today()):
                yield (name, place, problem.field), problem
        if isinstance(row, PatientLimit) and before is None:
            said = {field: getattr(row, field) for field in LIMIT_FIELDS}
            for problem in check_limit(said, today=patient.clinic.today(), is_new=True):
                yield (name, place, problem.field), problem
        if isinstance(row, PatientSymptom) and isinstance(before, PatientSymptom):
            for problem in _check_not_earlier(row, before):
                yield (name, place, problem.field), problem


def _with_begin(values: Mapping[str, Any], before: Row | None) -> Mapping[str, Any]:
    """Add the stored days on which it began, if they are left out while it is cleared: these bound the clearance."""
    if before is None or before.is_cleared or not values["cleared_on"]:
        return values
    return {**values, **{name: values[name] or getattr(before, name, None) for name in BEGINS}}


def _check_not_earlier(row: PatientSymptom, before: PatientSymptom) -> Iterator[FactProblem]:
    """Yield why a red flag that stands was not noted earlier: a clearance of those days would count all at once."""
    flag = before.symptom_id == row.symptom_id and row.symptom.red_flag and not before.is_cleared
    if flag and before.noted_on and row.noted_on and row.noted_on < before.noted_on:
        message = f"This red flag stands since {before.noted_on:%d %B %Y}: its day cannot be moved earlier."
        yield FactProblem("noted_on", "moved_earlier", message)


def _check_cleared(patient: Patient, symptoms: Sequence[PatientSymptom]) -> None:
    cleared = PatientSymptom.objects.filter(patient=patient.pk, cleared_on__isnull=False).in_bulk(
        [row.pk for row in symptoms]
    )
    for row in symptoms:
        before = cleared.get(row.pk)
        if before and (before.symptom_id, values_of(before)) != (row.symptom_id, values_of(row)):
            raise ClearedStays
