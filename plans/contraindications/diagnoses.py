"""Diagnoses in free words: the rules hold for a condition that is recorded, so what they name must be recorded."""

from collections.abc import Iterable, Iterator

from plans.contraindications.facts import DiagnosisFacts, Meaning, PlanFacts
from plans.contraindications.finding import Finding, plan_finding
from plans.contraindications.vocabulary import Vocabulary


def check_diagnoses(facts: PlanFacts, vocabulary: Vocabulary) -> Iterator[Finding]:
    for meaning in unrecorded(facts, vocabulary):
        yield _named(meaning)
    for diagnosis in sorted(set(facts.diagnoses), key=lambda one: one.words):
        if message := _unchecked(diagnosis):
            action = "Check it yourself, or record a known condition."
            yield plan_finding("diagnosis_unchecked", message, action, diagnosis.words)
    yield from _check_codes(facts)


def unrecorded(facts: PlanFacts, vocabulary: Vocabulary) -> list[Meaning]:
    """Return what the free words name and no recorded condition covers, itself or a narrower one; each but once."""
    recorded = {
        code
        for condition in facts.conditions
        for code in vocabulary.with_parents(condition.code, where="The patient")
    }
    found: dict[tuple[tuple[str, str], ...], Meaning] = {}
    for diagnosis in sorted(set(facts.diagnoses), key=lambda one: one.words):
        for meaning in diagnosis.meanings:
            missing = tuple(one for one in meaning.conditions if one[0] not in recorded)
            if missing:
                found.setdefault(missing, Meaning(words=meaning.words, conditions=missing))
    return list(found.values())


def _named(meaning: Meaning) -> Finding:
    codes = tuple(code for code, _ in meaning.conditions)
    names = _list(name for _, name in meaning.conditions)
    which, whose, what = ("is", "its", "it") if len(codes) == 1 else ("are", "their", "them")
    finding = plan_finding(
        "diagnosis_named",
        f"“{meaning.words}” names {names}, which {which} not recorded: none of {whose} rules was applied.",
        f"Record {what}, or say why the plan goes on without {what}.",
        *codes,
    )
    return finding._replace(suggested=codes, condition=codes[0] if len(codes) == 1 else None)


def _unchecked(diagnosis: DiagnosisFacts) -> str:
    if diagnosis.meanings and not diagnosis.says_more:
        return ""
    if diagnosis.meanings:
        names = _list(dict.fromkeys(name for one in diagnosis.meanings for _, name in one.conditions))
        return f"Of “{diagnosis.words}” only {names} was read: the rest is unchecked."
    if diagnosis.has_asides and not diagnosis.says_more:
        return f"“{diagnosis.words}” is read as denied or as somebody else's: unchecked."
    return f"“{diagnosis.words}” matches no condition: unchecked."


def _check_codes(facts: PlanFacts) -> Iterator[Finding]:
    """Yield the ICD-10 codes by which several conditions were recorded: all of them count."""
    meant: dict[str, list[str]] = {}
    for condition in sorted(facts.conditions, key=lambda one: (one.code, one.name)):
        for code in condition.recorded_as:
            meant.setdefault(code, []).append(condition.name)
    for code, names in sorted(meant.items()):
        if len(names) > 1:
            message = f"{code} stands for {_list(names)}: the rules of all of them were applied."
            action = "Remove what the patient does not have."
            yield plan_finding("code_means_several", message, action, code, *names)


def _list(words: Iterable[str]) -> str:
    *first, last = words
    return f"{', '.join(first)} and {last}" if first else last
