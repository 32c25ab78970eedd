"""Which rules speak of this patient when the plan starts, and which will while it goes on."""

from datetime import date
from typing import NamedTuple

from plans.contraindications.dates import trusted_date
from plans.contraindications.days import first_day, last_day
from plans.contraindications.facts import ConditionFacts, PlanFacts
from plans.contraindications.rulebook import RuleBook
from plans.contraindications.rules import Anchor, Rule


class Holding(NamedTuple):
    """A rule that speaks from the plan's first day, and the conditions that make it, in the order of their codes."""

    rule: Rule
    conditions: list[ConditionFacts]


class Opening(NamedTuple):
    """A rule whose window opens so many days after the plan's first, for the condition that opens it first."""

    rule: Rule
    condition: ConditionFacts
    days: int


def sort_rules(facts: PlanFacts, book: RuleBook) -> tuple[list[Holding], list[Opening]]:
    """Return the rules that hold on the plan's first day, and those that begin to hold before its last is over."""
    holding: dict[int, Holding] = {}
    opening: dict[int, Opening] = {}
    length = (last_day(facts) - first_day(facts)).days
    for condition in sorted(facts.conditions, key=lambda condition: (identify(condition), condition.name)):
        cleared = is_cleared(condition, facts)
        days = {anchor: days_since(condition, anchor, facts) for anchor in Anchor}
        for rule in book.rules_for(condition):
            if rule.until_cleared and cleared:
                continue
            day = days[rule.anchor] if rule.anchor else None
            ahead = rule.opens_in(day)
            if rule.holds_on(day):
                holding.setdefault(id(rule), Holding(rule, [])).conditions.append(condition)
            elif ahead is not None and ahead <= length:
                found = Opening(rule, condition, ahead)
                opening[id(rule)] = min(opening.get(id(rule), found), found, key=lambda case: case.days)
    return list(holding.values()), [case for key, case in opening.items() if key not in holding]


def days_since(condition: ConditionFacts, anchor: Anchor, facts: PlanFacts) -> int | None:
    """Return the whole days from a date of the condition to the plan's first day; None without a usable date.

    Fewer than 0 where the date comes after the plan's first day.
    """
    value = trusted_date(condition, anchor, facts)
    return (first_day(facts) - value).days if value else None


def is_cleared(condition: ConditionFacts, facts: PlanFacts) -> bool:
    return condition.clearance.counts(since=_begin(condition, facts), today=facts.today)


def identify(condition: ConditionFacts) -> tuple[str, ...]:
    """Name a condition with its dates: a new onset or surgery is a new fact, and a reason is asked again."""
    dates = (condition.onset, condition.surgery, condition.due_date)
    return (*condition.identity, *(value.isoformat() if value else "" for value in dates))


def _begin(condition: ConditionFacts, facts: PlanFacts) -> date | None:
    trusted = (trusted_date(condition, anchor, facts) for anchor in (Anchor.ONSET, Anchor.SURGERY))
    return max((value for value in trusted if value), default=None)
