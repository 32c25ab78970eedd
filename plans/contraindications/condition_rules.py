"""The rules of condition and movement, applied to each exercise of a plan."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from plans.contraindications.body_sides import Asked, read_item
from plans.contraindications.dates import missing_date, trusted_date
from plans.contraindications.days import days_after, first_day
from plans.contraindications.facts import ConditionFacts, ItemFacts, PlanFacts
from plans.contraindications.finding import Finding, plan_finding
from plans.contraindications.levels import Level
from plans.contraindications.rulebook import RuleBook
from plans.contraindications.rules import Anchor, Rule
from plans.contraindications.windows import (
    Case,
    Opening,
    days_since,
    first_to_open,
    identify,
    sort_rules,
)

_ACTIONS: Mapping[Level, str] = {
    Level.STOP: "Do not start this plan. Record on the patient who cleared it, when and how, once it is.",
    Level.AVOID: "Choose another exercise, or record why this one is right for this patient.",
    Level.CAUTION: "Go on if it suits this patient. Their sheet says what to watch for.",
}

_FIRST = "Show the patient how. Their sheet says it at the top."

# A stop that comes later is answered like an avoid: what is done until then may be right.
_ACTIONS_AHEAD: Mapping[Level, str] = {
    Level.AVOID: "Let it end or set the review before that day, choose another exercise, or record why this one"
    " is right for this patient. Their sheet says from which day to leave it.",
    Level.CAUTION: "Go on if it suits this patient. Their sheet says what to watch for, and from which day.",
}


def check_rules(facts: PlanFacts, book: RuleBook) -> Iterator[Finding]:
    """Yield a finding for each rule that holds in the plan's days and each exercise (or the plan) that it speaks of.

    A rule whose window opens after the first day says from when it holds. It is the same finding before and after
    that day, so that a reason is given once; only a stop is asked anew when it begins.
    """
    asked = [read_item(item, book.vocabulary) for item in facts.items]
    for case in sort_rules(facts, book):
        if case.rule.whole_plan:
            yield from _judge_plan(case, facts)
        elif case.holding or case.opening:
            yield from _judge_items(case, asked, facts, book)


def _judge_plan(case: Case, facts: PlanFacts) -> Iterator[Finding]:
    if case.rule.check_first and case.holding:
        yield _say_first(case.rule, case.holding)
    elif case.holding:
        yield _speak(case.rule, case.holding, facts)
    elif case.opening:
        yield _speak_ahead(case.rule, first_to_open(case.opening), facts)


def _judge_items(case: Case, asked: Sequence[Asked], facts: PlanFacts, book: RuleBook) -> Iterator[Finding]:
    movements, holding = case.rule.movements, case.holding
    # Most exercises work both sides and meet the same conditions: what is said of those is worded once.
    alike = _speak(case.rule, holding, facts) if holding else None
    for one in asked:
        if one.right is one.left and alike is not None:
            if not movements.isdisjoint(one.left):
                yield _at(one.item, alike)
        elif one.meets(movements):
            yield from _judge_side(case.of_side(one, book), one.item, facts)


def _judge_side(case: Case, item: ItemFacts, facts: PlanFacts) -> Iterator[Finding]:
    if case.holding:
        yield _at(item, _speak(case.rule, case.holding, facts))
    elif case.opening:
        ahead = _speak_ahead(case.rule, first_to_open(case.opening), facts)
        until = item.dose.until
        if not until or not ahead.holds_from or until >= ahead.holds_from:
            yield _at(item, ahead)


def _at(item: ItemFacts, said: Finding) -> Finding:
    """Return what is said of a plan as said of one of its exercises."""
    identity = (item.revision_id, *said.identity)
    return Finding(said.code, said.level, item.key, *said[3:8], identity, None, said.holds_from)


def check_missing_dates(facts: PlanFacts, book: RuleBook) -> Iterator[Finding]:
    """Yield the missing dates that rules of the patient's conditions count from, whatever the plan holds."""
    for condition in facts.conditions:
        anchors = {rule.anchor for rule in book.rules_for(condition, facts.conditions) if rule.anchor}
        yield from missing_date(condition, anchors)


def check_due_dates(facts: PlanFacts, book: RuleBook) -> Iterator[Finding]:
    """Yield each due date that is past: born or not, nobody but the therapist can say."""
    for condition in facts.conditions:
        due = trusted_date(condition, Anchor.DUE_DATE, facts)
        if due and due < facts.today:
            days = (facts.today - due).days
            counted = (rule for rule in book.rules_for(condition) if rule.anchor is Anchor.DUE_DATE)
            yield _ask_whether_born(condition, due, still_holds=any(rule.holds_on(days) for rule in counted))


def _ask_whether_born(condition: ConditionFacts, due: date, *, still_holds: bool) -> Finding:
    rules = (
        "Rules that count from it still apply" if still_holds else "Rules that count from it no longer apply"
    )
    message = f"{condition.label}: the due date, {due}, is past. Is the child born? {rules}."
    action = "If the child is born, remove the condition. If not, leave it, or correct the date."
    finding = plan_finding("due_date_past", message, action, *condition.identity, due.isoformat())
    return finding._replace(condition=condition.code)


def _speak(rule: Rule, conditions: Sequence[ConditionFacts], facts: PlanFacts) -> Finding:
    names = " and ".join(dict.fromkeys(condition.label for condition in conditions))
    message = f"{names}{_kind(rule)}: {rule.why}.{_explain_window(rule, conditions[0], facts)}"
    identity = tuple(part for condition in conditions for part in identify(condition))
    sentence = "" if rule.level is Level.STOP else rule.sentence
    said = (message, _ACTIONS[rule.level], conditions[0].code, rule, sentence)
    return Finding("condition_rule", rule.level, None, *said, identity)


def _say_first(rule: Rule, conditions: Sequence[ConditionFacts]) -> Finding:
    names = " and ".join(dict.fromkeys(condition.label for condition in conditions))
    message = f"{names}: to check first each day. {rule.why[:1].upper()}{rule.why[1:]}."
    identity = tuple(part for condition in conditions for part in identify(condition))
    said = (message, _FIRST, conditions[0].code, rule, rule.sentence)
    return Finding("check_first", Level.ADVICE, None, *said, identity)


def _speak_ahead(rule: Rule, ahead: Opening, facts: PlanFacts) -> Finding:
    condition = ahead.condition
    opens = days_after(first_day(facts), ahead.days)
    level = Level.AVOID if rule.level is Level.STOP else rule.level
    message = (
        f"{condition.label}{_kind(rule)}: {rule.level} from {opens}, while this plan goes on: {rule.why}."
    )
    said = (message, _ACTIONS_AHEAD[level], condition.code, rule, rule.sentence)
    return Finding("condition_rule", level, None, *said, identify(condition), holds_from=opens)


def _kind(rule: Rule) -> str:
    return f" (if it is {rule.kind_of.replace('_', ' ')})" if rule.kind_of else ""


def _explain_window(rule: Rule, condition: ConditionFacts, facts: PlanFacts) -> str:
    if rule.anchor is None:
        return " Holds until cleared." if rule.until_cleared else ""
    day = days_since(condition, rule.anchor, facts)
    if day is None:
        return f" No usable {rule.anchor.words}: applied as if in its time."
    when = " when the plan starts" if first_day(facts) > facts.today else ""
    return f" Day {day} since the {rule.anchor.words}{when}; {_end(rule)}."


def _end(rule: Rule) -> str:
    until = "holds until cleared" if rule.until_cleared else "holds without end"
    return until if rule.to_day is None else f"holds to day {rule.to_day - 1}"
