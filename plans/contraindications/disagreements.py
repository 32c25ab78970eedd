"""Exercises about which the sources disagree: both sides shown, the choice left to the therapist."""

from collections.abc import Collection, Iterator, Sequence

from plans.contraindications.facts import PlanFacts
from plans.contraindications.finding import Finding, item_finding
from plans.contraindications.levels import Level


def check_disagreements(facts: PlanFacts, said: Sequence[Finding]) -> Iterator[Finding]:
    """Yield exercises about which sources disagree: a caution where a rule speaks against it, else advice.

    What each of them allows is advice whatever the rules say: it is not the exercise that they differ about.

    The rule shown with it is the gravest one that has counter-evidence.
    """
    disputed = [(item, item.disagreement) for item in facts.items if item.disagreement]
    against = _find_gravest(said, {item.key for item, _ in disputed})
    for item, disagreement in disputed:
        action = "Weigh both, and go on only if what would justify it is there."
        name, words = (item.key, item.revision_id), str(disagreement)
        finding = item_finding("sources_disagree", name, words, action, words)
        finding = finding._replace(disagreement=disagreement)
        rule_finding = against.get(item.key)
        if rule_finding and not disagreement.both_allow:
            yield finding._replace(rule=rule_finding.rule, condition=rule_finding.condition)
        else:
            yield finding._replace(level=Level.ADVICE)


def _find_gravest(said: Sequence[Finding], items: Collection[str]) -> dict[str, Finding]:
    gravest: dict[str, Finding] = {}
    for finding in sorted((f for f in said if f.item in items), key=_gravity):
        if finding.item and finding.rule and finding.rule.counter_evidence:
            gravest.setdefault(finding.item, finding)
    return gravest


def _gravity(finding: Finding) -> tuple[int, str, tuple[str, ...]]:
    return finding.level.rank, finding.rule_code, finding.identity
