"""Warning signs that the patient reports: each a stop until a named clinician clears it."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from plans.contraindications.facts import Clearance, PlanFacts, RedFlag
from plans.contraindications.finding import Finding, plan_finding
from plans.contraindications.vocabulary import Vocabulary


class _Answer(NamedTuple):
    code: str
    message: str
    action: str


_CLEARED = "No plan until a clinician records on the patient that it was cleared, when and how."

_ANSWERS: Mapping[RedFlag, _Answer] = {
    RedFlag.EMERGENCY: _Answer(
        "red_flag_emergency",
        "is a warning sign that needs emergency care now.",
        f"Send the patient to emergency care. {_CLEARED}",
    ),
    RedFlag.SAME_DAY: _Answer(
        "red_flag_same_day",
        "is a warning sign that a doctor must see the same day.",
        f"Send the patient to a doctor today. {_CLEARED}",
    ),
}


def check_red_flags(facts: PlanFacts, vocabulary: Vocabulary) -> Iterator[Finding]:
    for symptom in facts.symptoms:
        red_flag = vocabulary.gravest_flag(symptom.code, symptom.red_flag)
        if red_flag is None:
            continue
        noted = symptom.noted_on.isoformat() if symptom.noted_on else ""
        if not symptom.clearance.counts(since=symptom.noted_on, today=facts.today):
            answer = _ANSWERS[red_flag]
            message = f"{symptom.name} {answer.message}"
            yield plan_finding(answer.code, message, answer.action, symptom.code, noted)
            yield from explain_clearance(symptom.name, symptom.clearance, symptom.code, noted)


def explain_clearance(name: str, clearance: Clearance, *identity: str) -> Iterator[Finding]:
    if not clearance.is_blank():
        message = f"{name}: the clearance does not count."
        action = "Enter by whom, how, and a day that is neither ahead nor before the fact that it clears."
        yield plan_finding("clearance_does_not_count", message, action, *identity)
