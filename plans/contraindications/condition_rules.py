"""The rules of condition and movement, applied to each exercise of a plan."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import timedelta
from typing import NamedTuple

from plans.contraindications.dates import missing_date, trusted_date
from plans.contraindications.facts import ConditionFacts, ItemFacts, PlanFacts
from plans.contraindications.finding import Finding
from plans.contraindications.levels import Level
from plans.contraindications.rules import Anchor, Rule
from plans.contraindications.vocabulary import Vocabulary

_ACTIONS: Mapping[Level, str] = {
    Level.STOP: "Do not start this plan. Record on the patient who cleared it, when and how, once it is.",
    Level.AVOID: "Choose another exercise, or record why this one is right for this patient.",
    Level.CAUTION: "Go on if it suits this patient. Their sheet says what to watch for.",
}


class RuleBook:
    """Rules by condition, their words checked against the vocabulary; raises UnknownCode for a stranger."""

    __slots__ = ("_by_condition", "vocabulary")

    def __init__(self, rules: Iterable[Rule], vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self._by_condition: dict[str, list[Rule]] = {}
        for rule in rules:
            vocabulary.with_parents(rule.condition, where=f"Rule {rule.code}")
            for movement in rule.movements:
                vocabulary.wider(movement, where=f"Rule {rule.code}")
            self._by_condition.setdefault(rule.condition, []).append(rule)

    def rules_for(self, condition: ConditionFacts) -> Iterator[Rule]:
        """Yield the rules for a condition of the patient and for all its parents."""
        where = f"The patient's condition {condition.name}"
        for code in self.vocabulary.with_parents(condition.code, where=where):
            yield from self._by_condition.get(code, ())


class _Case(NamedTuple):
    """A rule that speaks, and the patient's conditions that make it, in the order of their codes."""

    rule: Rule
    conditions: list[ConditionFacts]


def check_rules(facts: PlanFacts, book: RuleBook) -> Iterator[Finding]:
    """Yield a finding for each rule that holds today and each exercise (or the plan) that it speaks of."""
    moves = [(item, _all_movements(item, book.vocabulary)) for item in facts.items]
    holding, opening = _sort_cases(facts, book)
    for rule, conditions in holding.values():
        message = _message(rule, conditions, facts)
        identity = tuple(part for condition in conditions for part in _identify(condition))
        sentence = "" if rule.level is Level.STOP else rule.sentence
        action = _ACTIONS[rule.level]
        about = (conditions[0].code, rule, sentence)
        if rule.whole_plan:
            yield Finding("condition_rule", rule.level, None, message, action, *about, identity)
        for item, movements in moves:
            if not rule.movements.isdisjoint(movements):
                named = (item.revision_id, *identity)
                yield Finding("condition_rule", rule.level, item.key, message, action, *about, named)
    for key, case in opening.items():
        if key not in holding:
            yield from _announce(case, moves, facts)


def check_missing_dates(facts: PlanFacts, book: RuleBook) -> Iterator[Finding]:
    """Yield the missing dates that rules of the patient's conditions count from, whatever the plan holds."""
    for condition in facts.conditions:
        anchors = {rule.anchor for rule in book.rules_for(condition) if rule.anchor}
        yield from missing_date(condition, anchors)


def _sort_cases(facts: PlanFacts, book: RuleBook) -> tuple[dict[int, _Case], dict[int, _Case]]:
    """Tell rules that hold today from those whose window opens before the plan is reviewed."""
    holding: dict[int, _Case] = {}
    opening: dict[int, _Case] = {}
    for condition in sorted(facts.conditions, key=lambda condition: (_identify(condition), condition.name)):
        cleared = is_cleared(condition, facts)
        days = {anchor: _days_since(condition, anchor, facts) for anchor in Anchor}
        for rule in book.rules_for(condition):
            if rule.until_cleared and cleared:
                continue
            day = days[rule.anchor] if rule.anchor else None
            if rule.holds_on(day):
                holding.setdefault(id(rule), _Case(rule, [])).conditions.append(condition)
            elif _opens_before_review(rule, day, facts):
                opening.setdefault(id(rule), _Case(rule, [])).conditions.append(condition)
    return holding, opening


def is_cleared(condition: ConditionFacts, facts: PlanFacts) -> bool:
    """Say whether a clearance is complete and younger than what it clears."""
    trusted = (trusted_date(condition, anchor, facts) for anchor in (Anchor.ONSET, Anchor.SURGERY))
    since = max((value for value in trusted if value), default=None)
    return condition.clearance.counts(since=since, today=facts.today)


def _all_movements(item: ItemFacts, vocabulary: Vocabulary) -> frozenset[str]:
    where = f"Exercise {item.exercise_code}"
    return frozenset().union(*(vocabulary.wider(code, where=where) for code in item.movements))


def _days_since(condition: ConditionFacts, anchor: Anchor, facts: PlanFacts) -> int | None:
    value = trusted_date(condition, anchor, facts)
    return (facts.today - value).days if value else None


def _opens_before_review(rule: Rule, day: int | None, facts: PlanFacts) -> bool:
    days = rule.opens_in(day)
    return (
        days is not None and facts.review_date is not None and days < (facts.review_date - facts.today).days
    )


def _announce(
    case: _Case, moves: list[tuple[ItemFacts, frozenset[str]]], facts: PlanFacts
) -> Iterator[Finding]:
    rule, conditions = case
    condition = conditions[0]
    opens = rule.opens_in(_days_since(condition, rule.anchor, facts) if rule.anchor else None)
    opening = facts.today + timedelta(days=opens or 0)
    message = f"{condition.name}: {rule.level} from {opening}, before the review: {rule.why}."
    action = "Set the review before that day, or plan without it from the start."
    keys: list[str | None] = [None] if rule.whole_plan else []
    keys += [item.key for item, movements in moves if not rule.movements.isdisjoint(movements)]
    for key in keys:
        identity = _identify(condition)
        yield Finding(
            "rule_opens_before_review", Level.ADVICE, key, message, action, condition.code, rule, "", identity
        )


def _identify(condition: ConditionFacts) -> tuple[str, ...]:
    """Name a condition with its dates: a new onset or surgery is a new fact, and a reason is asked again."""
    dates = (condition.onset, condition.surgery, condition.due_date)
    return (condition.code, *(value.isoformat() if value else "" for value in dates))


def _message(rule: Rule, conditions: list[ConditionFacts], facts: PlanFacts) -> str:
    names = " and ".join(dict.fromkeys(condition.name for condition in conditions))
    return f"{names}: {rule.why}.{_explain_window(rule, conditions[0], facts)}"


def _explain_window(rule: Rule, condition: ConditionFacts, facts: PlanFacts) -> str:
    if rule.anchor is None:
        return " Holds until cleared." if rule.until_cleared else ""
    day = _days_since(condition, rule.anchor, facts)
    if day is None:
        return f" No usable {rule.anchor.words}: applied as if in its time."
    return f" Day {day} since the {rule.anchor.words}; {_end(rule)}."


def _end(rule: Rule) -> str:
    until = "holds until cleared" if rule.until_cleared else "holds without end"
    return until if rule.to_day is None else f"holds to day {rule.to_day - 1}"
