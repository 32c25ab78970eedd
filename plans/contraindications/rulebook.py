"""Rules put in order for the engine."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace

from plans.contraindications.body_sides import sides_of
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

    def rules_for(
        self, condition: ConditionFacts, recorded: Collection[ConditionFacts] = ()
    ) -> Iterator[Rule]:
        """Yield the rules of the condition and its parents, and of its kinds where none of them is `recorded`."""
        where = f"The patient's condition {condition.name}"
        for code in self.vocabulary.with_parents(condition.code, where=where):
            yield from self._by_condition.get(code, ())
        if self.asks_which(condition, recorded):
            yield from self._rules_of_kinds(condition.code)

    def asks_which(self, condition: ConditionFacts, recorded: Collection[ConditionFacts]) -> bool:
        """Return whether the condition has kinds with rules of their own, and none is recorded for each of its sides.

        What the left hip is says nothing of the right one; a kind whose side nobody told answers for no side.
        """
        if condition.code not in self.vocabulary.ask_which:
            return False
        kinds = set(self.vocabulary.kinds_of(condition.code))
        told = [one for one in recorded if one.code in kinds]
        if any(self.side_of(one) == self.side_of(condition) for one in told):
            return False
        answered = {side for one in told if one.side for side in sides_of(self.side_of(one))}
        return not answered >= sides_of(self.side_of(condition))

    def side_of(self, condition: ConditionFacts) -> str:
        """Return the side that counts: none for a condition of the trunk, whatever was recorded."""
        return condition.side if condition.code in self.vocabulary.sided else ""

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
