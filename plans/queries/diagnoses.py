"""Diagnoses in free words and ICD-10 codes, matched with the conditions that a clinic knows."""

from collections.abc import Callable
from functools import lru_cache

from plans.contraindications import DiagnosisFacts, Meaning
from plans.diagnoses import ConditionName, ConditionNames
from plans.models import Clinic, Condition
from plans.queries.rules import shared_or_of


def condition_names(clinic: Clinic) -> ConditionNames:
    """Return the names and codes of the clinic's conditions, its own before shared ones of the same code."""
    rows = Condition.objects.filter(shared_or_of(clinic)).values_list(
        "code", "name", "also", "icd10", "clinic_id"
    )
    known = {
        code: ConditionName(code, name, tuple(also), tuple(icd10))
        for code, name, also, icd10, _ in sorted(rows, key=lambda row: row[-1] is not None)
    }
    return _indexed(tuple(known[code] for code in sorted(known)))


@lru_cache(maxsize=32)
def _indexed(conditions: tuple[ConditionName, ...]) -> ConditionNames:
    return ConditionNames(conditions)


def read_diagnoses(
    text: str, clinic: Clinic, *, names: Callable[[Clinic], ConditionNames] = condition_names
) -> tuple[DiagnosisFacts, ...]:
    """Read the diagnoses of a patient, one a line; `names` reads those that the clinic knows."""
    lines = dict.fromkeys(line.strip() for line in text.splitlines() if line.strip())
    if not lines:
        return ()
    known = names(clinic)
    return tuple(_facts(line, known) for line in lines)


def _facts(line: str, known: ConditionNames) -> DiagnosisFacts:
    reading = known.read(line)
    return DiagnosisFacts(
        words=reading.line,
        meanings=tuple(
            Meaning(
                words=mention.words, conditions=tuple((code, known.name_of(code)) for code in mention.codes)
            )
            for mention in reading.mentions
        ),
        has_asides=reading.has_asides,
        says_more=reading.says_more,
    )
