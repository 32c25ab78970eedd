"""The rules of condition and movement, applied to each exercise of a plan."""

from collections.abc import Iterator, Mapping
from datetime import timedelta

from plans.contraindications.dates import missing_date
from plans.contraindications.facts import ConditionFacts, ItemFacts, PlanFacts
from plans.contraindications.finding import Finding
from plans.contraindications.levels import Level
from plans.contraindications.rulebook import RuleBook
from plans.contraindications.rules import Rule
from plans.contraindications.vocabulary import Vocabulary
from plans.contraindications.windows import Holding, Opening, days_since, identify, sort_rules

_ACTIONS: Mapping[Level, str] = {
    Level.STOP: "Do not start this plan. Record on the patient who cleared it, when and how, once it is.",
    Level.AVOID: "Choose another exercise, or record why this one is right for this patient.",
    Level.CAUTION: "Go on if it suits this patient. Their sheet says what to watch for.",
}

_Moves = list[tuple[ItemFacts, frozenset[str]]]


def check_rules(facts: PlanFacts, book: RuleBook) -> Iterator[Finding]:
    """Yield a finding for each rule that holds today and each exercise (or the plan) that it speaks of.

    A rule whose window opens before the plan is reviewed is announced as advice.
    """
    moves = [(item, _all_movements(item, book.vocabulary)) for item in facts.items]
    holding, opening = sort_rules(facts, book)
    for case in holding:
        yield from _speak(case, moves, facts)
    for ahead in opening:
        yield from _announce(ahead, moves, facts)


def check_missing_dates(facts: PlanFacts, book: RuleBook) -> Iterator[Finding]:
    """Yield the missing dates that rules of the patient's conditions count from, whatever the plan holds."""
    for condition in facts.conditions:
        anchors = {rule.anchor for rule in book.rules_for(condition) if rule.anchor}
        yield from missing_date(condition, anchors)


def _all_movements(item: ItemFacts, vocabulary: Vocabulary) -> frozenset[str]:
    where = f"Exercise {item.exercise_code}"
    return frozenset().union(*(vocabulary.wider(code, where=where) for code in item.movements))


def _speak(case: Holding, moves: _Moves, facts: PlanFacts) -> Iterator[Finding]:
    rule, conditions = case
    names = " and ".join(dict.fromkeys(condition.name for condition in conditions))
    message = f"{names}: {rule.why}.{_explain_window(rule, conditions[0], facts)}"
    identity = tuple(part for condition in conditions for part in identify(condition))
    sentence = "" if rule.level is Level.STOP else rule.sentence
    said = (message, _ACTIONS[rule.level], conditions[0].code, rule, sentence)
    for key, revision in _concerned(rule, moves):
        yield Finding("condition_rule", rule.level, key, *said, (*revision, *identity))


def _announce(case: Opening, moves: _Moves, facts: PlanFacts) -> Iterator[Finding]:
    rule, condition, days = case
    opens = facts.today + timedelta(days=days)
    message = f"{condition.name}: {rule.level} from {opens}, before the review: {rule.why}."
    action = "Set the review before that day, or plan without it from the start."
    said = (message, action, condition.code, rule, "")
    for key, revision in _concerned(rule, moves):
        yield Finding("rule_opens_before_review", Level.ADVICE, key, *said, (*revision, *identify(condition)))


def _concerned(rule: Rule, moves: _Moves) -> Iterator[tuple[str | None, tuple[str, ...]]]:
    """Yield key and revision of the exercises that a rule speaks of, or neither for the whole plan."""
    if rule.whole_plan:
        yield None, ()
    for item, movements in moves:
        if not rule.movements.isdisjoint(movements):
            yield item.key, (item.revision_id,)


def _explain_window(rule: Rule, condition: ConditionFacts, facts: PlanFacts) -> str:
    if rule.anchor is None:
        return " Holds until cleared." if rule.until_cleared else ""
    day = days_since(condition, rule.anchor, facts)
    if day is None:
        return f" No usable {rule.anchor.words}: applied as if in its time."
    return f" Day {day} since the {rule.anchor.words}; {_end(rule)}."


def _end(rule: Rule) -> str:
    until = "holds until cleared" if rule.until_cleared else "holds without end"
    return until if rule.to_day is None else f"holds to day {rule.to_day - 1}"
