"""The patient's dates: which can be trusted, which cannot be true, which are missing."""

from collections.abc import Collection, Iterator
from datetime import date, timedelta

from plans.contraindications.facts import ConditionFacts, PlanFacts
from plans.contraindications.finding import Finding, plan_finding
from plans.contraindications.rules import Anchor

# A due date is 40 weeks from the first day; two weeks over term and one of slack make 43.
LONGEST_PREGNANCY = 43 * 7
DAYS_AFTER_DUE_DATE = 28


def trusted_date(condition: ConditionFacts, anchor: Anchor, facts: PlanFacts) -> date | None:
    """Give the date if it can be true: one that cannot opens windows as a missing one does."""
    value = condition.date_of(anchor)
    return None if value is None or _why_impossible(anchor, value, facts) else value


def check_dates(facts: PlanFacts) -> Iterator[Finding]:
    """Yield the dates that cannot be true, and due dates long past."""
    if facts.birth_date and facts.birth_date > facts.today:
        yield _impossible("The birth date", facts.birth_date, "is in the future")
    if facts.review_date and facts.start_date and facts.review_date < facts.start_date:
        yield _impossible("The review date", facts.review_date, "is before the start of the plan")
    for condition in facts.conditions:
        yield from _check_condition(condition, facts)
        yield from _check_due_date(condition, facts)


def missing_date(condition: ConditionFacts, anchors: Collection[Anchor]) -> Iterator[Finding]:
    """Yield the dates that windows of this condition's rules count from and nobody has entered."""
    for anchor in sorted(anchors):
        if condition.date_of(anchor) is None:
            message = (
                f"{condition.name}: no {anchor.words}. Rules that count from it apply as if in their time."
            )
            finding = plan_finding(
                "date_missing", message, f"Enter the {anchor.words}.", condition.code, anchor
            )
            yield finding._replace(condition=condition.code)


def _check_condition(condition: ConditionFacts, facts: PlanFacts) -> Iterator[Finding]:
    for anchor in Anchor:
        value = condition.date_of(anchor)
        why = value and _why_impossible(anchor, value, facts)
        if value and why:
            found = _impossible(f"{condition.name}: the {anchor.words}", value, why, condition.code, anchor)
            yield found._replace(condition=condition.code)


def _check_due_date(condition: ConditionFacts, facts: PlanFacts) -> Iterator[Finding]:
    due = trusted_date(condition, Anchor.DUE_DATE, facts)
    if due and (facts.today - due).days > DAYS_AFTER_DUE_DATE:
        message = f"{condition.name}: the due date, {due}, is long past. Its rules no longer apply."
        action = "Remove the condition if it has ended, or correct the date."
        finding = plan_finding("due_date_past", message, action, condition.code, due.isoformat())
        yield finding._replace(condition=condition.code)


def _impossible(what: str, value: date, why: str, *identity: str) -> Finding:
    action = "Correct the date."
    return plan_finding(
        "date_impossible", f"{what}, {value}, {why}.", action, value.isoformat(), why, *identity
    )


def _why_impossible(anchor: Anchor, value: date, facts: PlanFacts) -> str:
    if anchor is Anchor.DUE_DATE:
        if value - facts.today > timedelta(days=LONGEST_PREGNANCY):
            return "is too far ahead"
    elif value > facts.today:
        return "is in the future"
    if facts.birth_date and value < facts.birth_date <= facts.today:
        return "is before the patient's birth"
    return ""
