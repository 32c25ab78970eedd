"""Whether anything about a patient is another than it was."""

from collections.abc import Iterator
from hashlib import sha256

from plans.contraindications.facts import PlanFacts


def digest_of(facts: PlanFacts) -> str:
    """Name what is known of the patient's conditions, symptoms, limits and diagnoses in 32 hex digits.

    In whatever order they stand. Dates and clearances are part of it. The exercises, the plan's own dates, the passing
    of days and what the library calls or makes of a fact are not.
    """
    return sha256("\x1f".join(sorted(_known(facts))).encode()).hexdigest()[:32]


def _known(facts: PlanFacts) -> Iterator[str]:
    for one in facts.conditions:
        yield repr((*one.identity, one.onset, one.surgery, one.due_date, one.operated, one.clearance))
    for symptom in facts.symptoms:
        yield repr((symptom.code, symptom.noted_on, symptom.clearance))
    for limit in facts.limits:
        yield repr((*limit.identity, limit.clearance))
    for diagnosis in facts.diagnoses:
        yield repr(diagnosis.words)
    if facts.needs_pain_control:
        yield "needs_pain_control"
