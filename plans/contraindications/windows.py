"""Which rules speak of this patient when the plan starts, and which will while it goes on."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from plans.contraindications.body_sides import Asked
from plans.contraindications.dates import trusted_date
from plans.contraindications.days import first_day, last_day
from plans.contraindications.facts import ConditionFacts, Operated, PlanFacts
from plans.contraindications.rulebook import RuleBook
from plans.contraindications.rules import Anchor, Rule


class Opening(NamedTuple):
    """A condition for which a rule's window opens so many days after the plan's first."""

    condition: ConditionFacts
    days: int


class Case(NamedTuple):
    """A rule with the conditions for which it holds from the plan's first day, and those for which it will.

    Both stand in the order of the conditions' codes.
    """

    rule: Rule
    holding: list[ConditionFacts]
    opening: list[Opening]

    def of_side(self, asked: Asked, book: RuleBook) -> "Case":
        """Return it with those conditions alone whose side the exercise asks for the rule's movements."""
        if not asked.is_one_sided:
            return self
        movements = self.rule.movements
        holding = [one for one in self.holding if asked.concerns(movements, book.side_of(one))]
        opening = [one for one in self.opening if asked.concerns(movements, book.side_of(one.condition))]
        return Case(self.rule, holding, opening)


def first_to_open(opening: Sequence[Opening]) -> Opening:
    return min(opening, key=lambda one: one.days)


def sort_rules(facts: PlanFacts, book: RuleBook) -> list[Case]:
    """Return the rules that hold on the plan's first day, or begin to hold before its last is over."""
    cases: dict[int, Case] = {}
    length = (last_day(facts) - first_day(facts)).days
    for condition in sorted(facts.conditions, key=lambda condition: (identify(condition), condition.name)):
        cleared = is_cleared(condition, facts)
        days = {anchor: days_since(condition, anchor, facts) for anchor in Anchor}
        for rule in book.rules_for(condition, facts.conditions):
            if (rule.until_cleared and cleared) or _never_operated(rule, condition):
                continue
            day = days[rule.anchor] if rule.anchor else None
            ahead = rule.opens_in(day)
            case = cases.get(id(rule)) or cases.setdefault(id(rule), Case(rule, [], []))
            if rule.holds_on(day):
                case.holding.append(condition)
            elif ahead is not None and ahead <= length:
                case.opening.append(Opening(condition, ahead))
    return list(cases.values())


def _never_operated(rule: Rule, condition: ConditionFacts) -> bool:
    """An old tear that nobody operated is not last week's surgery; a day that is recorded counts all the same."""
    return rule.anchor is Anchor.SURGERY and condition.operated is Operated.NO and condition.surgery is None


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
