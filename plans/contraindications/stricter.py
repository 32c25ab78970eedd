"""A rule under change: the version that is approved and the one that waits both judge, and the stricter one counts."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from plans.contraindications.finding import Finding
from plans.contraindications.levels import Level
from plans.contraindications.rulebook import RuleBook
from plans.contraindications.rules import Rule

Versions = dict[int, list[Finding]]
"""What each version of one rule says of one exercise, or of the whole plan."""


def keep_stricter(said: Sequence[Finding], book: RuleBook) -> Iterator[Finding]:
    """Yield what rules say, each rule once for each exercise: of several versions the stricter one speaks.

    Of equally strict ones it is the one that holds first, then the one with more of the patient's conditions, then
    the approved one. Its words for the patient are approved words of a version that speaks here too, if there are.
    """
    under_change: dict[tuple[str | None, str], Versions] = {}
    for finding in said:
        if finding.rule is None or finding.rule.identity not in book.under_change:
            yield finding
        else:
            versions = under_change.setdefault((finding.item, finding.rule.identity), {})
            versions.setdefault(finding.rule.version, []).append(finding)
    for versions in under_change.values():
        yield from _speak(versions)


def _speak(versions: Versions) -> Iterator[Finding]:
    _, chosen = min(versions.items(), key=lambda version: _strictness(*version))
    approved = _approved_words(versions)
    for finding in chosen:
        rule = finding.rule
        if rule is None or approved is None or rule.sentence_approved:
            yield finding
        else:
            words = "" if _is_silent(finding) else approved.sentence
            rule = replace(rule, sentence=approved.sentence, sentence_approved=True)
            yield finding._replace(rule=rule, patient_sentence=words)


def _strictness(version: int, findings: Sequence[Finding]) -> tuple[tuple[int, date, int], bool, int]:
    strictest = min((one.level.rank, one.holds_from or date.min, -len(one.identity)) for one in findings)
    pending = any(one.rule and one.rule.pending for one in findings)
    return strictest, pending, -version


def _approved_words(versions: Versions) -> Rule | None:
    rules = [finding.rule for findings in versions.values() for finding in findings if finding.rule]
    worded = [rule for rule in rules if rule.sentence_approved and rule.sentence.strip()]
    return max(worded, key=lambda rule: rule.version, default=None)


def _is_silent(finding: Finding) -> bool:
    """Whether the patient reads nothing of it: a stop, or what only lies ahead."""
    return finding.level not in (Level.AVOID, Level.CAUTION) and finding.code != "check_first"
