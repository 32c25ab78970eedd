"""Exercises about which the sources disagree: both sides shown, the choice left to the therapist."""

from collections.abc import Iterator, Sequence

from plans.contraindications.facts import PlanFacts
from plans.contraindications.finding import Finding, item_finding
from plans.contraindications.levels import Level


def check_disagreements(facts: PlanFacts, said: Sequence[Finding]) -> Iterator[Finding]:
    """Yield exercises about which sources disagree: a caution where a rule speaks against it, else advice.

    The rule shown with it is the gravest one that has counter-evidence.
    """
    for item in facts.items:
        if item.disagreement:
            against = [f for f in said if f.item == item.key and f.rule and f.rule.counter_evidence]
            action = "Weigh both, and go on only if what would justify it is there."
            name = (item.key, item.revision_id)
            finding = item_finding("sources_disagree", name, item.disagreement, action, item.disagreement)
            yield _cite(finding, against)


def _cite(finding: Finding, against: Sequence[Finding]) -> Finding:
    if not against:
        return finding._replace(level=Level.ADVICE)
    gravest = min(against, key=lambda f: (f.level.rank, f.rule.code if f.rule else ""))
    return finding._replace(rule=gravest.rule, condition=gravest.condition)
