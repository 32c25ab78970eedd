"""Rules put in order for the engine."""

from collections.abc import Iterable, Iterator

from plans.contraindications.facts import ConditionFacts
from plans.contraindications.rules import Rule
from plans.contraindications.vocabulary import Vocabulary


class RuleBook:
    """Rules by condition, their words checked against the vocabulary; raises UnknownCode for a stranger.

    `under_change` names the rules of which several versions judge.
    """

    __slots__ = ("_by_condition", "under_change", "vocabulary")

    def __init__(self, rules: Iterable[Rule], vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self._by_condition: dict[str, list[Rule]] = {}
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

    def rules_for(self, condition: ConditionFacts) -> Iterator[Rule]:
        where = f"The patient's condition {condition.name}"
        for code in self.vocabulary.with_parents(condition.code, where=where):
            yield from self._by_condition.get(code, ())
