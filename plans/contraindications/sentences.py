"""The rules' sentences for the patient: what is printed must be there, and approved."""

from collections.abc import Iterator, Sequence

from plans.contraindications.finding import Finding, plan_finding
from plans.contraindications.levels import Level
from plans.contraindications.rules import Rule


def check_sentences(said: Sequence[Finding]) -> Iterator[Finding]:
    """Yield once for each rule that would be printed and has no sentence, or none that is approved."""
    printed = {id(finding.rule): finding.rule for finding in said if finding.rule and _is_printed(finding)}
    for rule in printed.values():
        if not rule.sentence.strip():
            yield _lacking(rule, "sentence_missing", "has no sentence for the patient in this language")
        elif not rule.sentence_approved:
            yield _lacking(
                rule, "sentence_not_approved", "has a sentence for the patient that nobody approved"
            )


def _is_printed(finding: Finding) -> bool:
    return finding.level in (Level.AVOID, Level.CAUTION) or finding.code == "check_first"


def _lacking(rule: Rule, code: str, what: str) -> Finding:
    action = "Have the sentence written and approved in the library."
    message = f"The rule “{rule.why}” ({rule.code}) {what}."
    return plan_finding(code, message, action)._replace(rule=rule, condition=rule.condition)
