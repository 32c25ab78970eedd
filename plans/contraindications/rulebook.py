"""Rules put in order for the engine."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace

from plans.contraindications.facts import ConditionFacts
from plans.contraindications.levels import Level
from plans.contraindications.rules import Rule
from plans.contraindications.vocabulary import Vocabulary


class RuleBook:
    """Rules by condition, their words checked against the vocabulary; raises UnknownCode for a stranger.

    `under_change` names the rules of which several versions judge.
    """

    __slots__ = ("_by_condition", "_of_kinds", "under_change", "vocabulary")

    def __init__(self, rules: Iterable[Rule], vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self._by_condition: dict[str, list[Rule]] = {}
        self._of_kinds: dict[str, list[Rule]] = {}
        versions: dict[str, int] = {}
        changed = set()
        for rule in rules:
            if versions.setdefault(rule.identity, rule.version) != rule.version:
                changed.add(rule.identity)
            vocabulary.with_parents(rule.condition, where=f"Rule {rule.code}")
            for movement in rule.movements:
                vocabulary.wider(movement, where=f"Rule {rule.code}")
            self._by_condition.setdefault(rule.condition, []).append(rule)
        self.under_change = frozenset(changed)

    def rules_for(self, condition: ConditionFacts, recorded: Collection[str] = ()) -> Iterator[Rule]:
        """Yield the rules of the condition and its parents, and of its kinds where none of them is `recorded`."""
        where = f"The patient's condition {condition.name}"
        for code in self.vocabulary.with_parents(condition.code, where=where):
            yield from self._by_condition.get(code, ())
        if self.asks_which(condition, recorded):
            yield from self._rules_of_kinds(condition.code)

    def asks_which(self, condition: ConditionFacts, recorded: Collection[str]) -> bool:
        """Return whether the condition has kinds with rules of their own, and none of them is recorded."""
        if condition.code not in self.vocabulary.ask_which:
            return False
        return not set(self.vocabulary.kinds_of(condition.code)) & set(recorded)

    def _rules_of_kinds(self, code: str) -> list[Rule]:
        """Give what the kinds must not do as cautions; a stop stays one."""
        if code not in self._of_kinds:
            self._of_kinds[code] = [
                _soften(rule, kind)
                for kind in self.vocabulary.kinds_of(code)
                for rule in self._by_condition.get(kind, ())
                if rule.level in (Level.STOP, Level.AVOID)
            ]
        return self._of_kinds[code]


def _soften(rule: Rule, kind: str) -> Rule:
    level = Level.CAUTION if rule.level is Level.AVOID else rule.level
    return replace(rule, level=level, kind_of=kind)
