"""What must be treated or eased before any exercise."""

from collections.abc import Iterable, Iterator

from plans.contraindications.facts import PlanFacts
from plans.contraindications.finding import Finding, plan_finding
from plans.contraindications.levels import Level
from plans.contraindications.red_flags import explain_clearance
from plans.contraindications.vocabulary import Vocabulary
from plans.contraindications.windows import is_cleared


def check_causes(facts: PlanFacts, vocabulary: Vocabulary, said: Iterable[Finding]) -> Iterator[Finding]:
    """Yield a stop for each condition whose cause comes first, unless a rule has said it already."""
    stopped = {finding.condition for finding in said if finding.level is Level.STOP and finding.rule}
    for condition in facts.conditions:
        where = f"The patient's condition {condition.name}"
        codes = vocabulary.with_parents(condition.code, where=where)
        if vocabulary.cause_first.isdisjoint(codes) or is_cleared(condition, facts):
            continue
        if condition.code not in stopped:
            message = f"{condition.label}: the cause must be treated before exercise."
            action = (
                "Refer the patient. Record on the patient who cleared it, when and how, once it is treated."
            )
            yield plan_finding("cause_first", message, action, *condition.identity)._replace(
                condition=condition.code
            )


def check_clearances(facts: PlanFacts) -> Iterator[Finding]:
    for condition in facts.conditions:
        if not is_cleared(condition, facts):
            for finding in explain_clearance(condition.label, condition.clearance, *condition.identity):
                yield finding._replace(condition=condition.code)


def check_pain_control(facts: PlanFacts) -> Iterator[Finding]:
    """Yield a note if this patient needs pain relief before they can bear exercise (source B)."""
    if facts.needs_pain_control:
        message = "This patient needs pain control before exercise."
        action = "Settle pain relief first, then untick it on the patient's page."
        yield plan_finding("pain_control_first", message, action)
