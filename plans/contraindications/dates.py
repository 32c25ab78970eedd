"""The patient's dates: which can be trusted, which cannot be true, which are missing."""

from collections.abc import Collection, Iterator, Mapping
from datetime import date

from plans.contraindications.facts import ConditionFacts, Operated, PlanFacts
from plans.contraindications.finding import Finding, plan_finding
from plans.contraindications.rules import Anchor

# A due date is 40 weeks from the first day: 280 days, and some slack for one that was reckoned late.
MAX_DAYS_TO_DUE_DATE = 300
# Operations are planned half a year ahead at most; a date beyond is more likely a slip of the keyboard.
MAX_DAYS_TO_SURGERY = 180
_MAX_DAYS_AHEAD: Mapping[Anchor, int] = {
    Anchor.ONSET: 0,
    Anchor.SURGERY: MAX_DAYS_TO_SURGERY,
    Anchor.DUE_DATE: MAX_DAYS_TO_DUE_DATE,
}


def trusted_date(condition: ConditionFacts, anchor: Anchor, facts: PlanFacts) -> date | None:
    """Return the date if it can be true: one that cannot opens windows as a missing one does."""
    value = condition.date_of(anchor)
    return None if value is None or _why_impossible(anchor, value, facts) else value


def check_dates(facts: PlanFacts) -> Iterator[Finding]:
    if facts.birth_date and facts.birth_date > facts.today:
        yield _impossible("The birth date", facts.birth_date, "is in the future")
    if facts.review_date and facts.start_date and facts.review_date < facts.start_date:
        yield _impossible("The review date", facts.review_date, "is before the start of the plan")
    for condition in facts.conditions:
        yield from _check_condition(condition, facts)


def missing_date(condition: ConditionFacts, anchors: Collection[Anchor]) -> Iterator[Finding]:
    """Yield the dates that windows of this condition's rules count from and nobody has entered."""
    for anchor in sorted(anchors):
        operated = condition.operated if anchor is Anchor.SURGERY else None
        if condition.date_of(anchor) is None and operated is not Operated.NO:
            none = f"the {anchor.words} is not known" if operated else f"no {anchor.words}"
            message = f"{condition.label}: {none}. Rules that count from it apply as if in their time."
            finding = plan_finding("date_missing", message, _ask_for(anchor), *condition.identity, anchor)
            yield finding._replace(condition=condition.code)


def _ask_for(anchor: Anchor) -> str:
    or_none = ", or that there was no operation" if anchor is Anchor.SURGERY else ""
    return f"Enter the {anchor.words}{or_none}."


def _check_condition(condition: ConditionFacts, facts: PlanFacts) -> Iterator[Finding]:
    for anchor in Anchor:
        value = condition.date_of(anchor)
        why = value and _why_impossible(anchor, value, facts)
        if value and why:
            found = _impossible(
                f"{condition.label}: the {anchor.words}", value, why, *condition.identity, anchor
            )
            yield found._replace(condition=condition.code)


def _impossible(what: str, value: date, why: str, *identity: str) -> Finding:
    action = "Correct the date."
    return plan_finding(
        "date_impossible", f"{what}, {value}, {why}.", action, value.isoformat(), why, *identity
    )


def _why_impossible(anchor: Anchor, value: date, facts: PlanFacts) -> str:
    ahead = (value - facts.today).days
    if ahead > _MAX_DAYS_AHEAD[anchor]:
        return "is too far ahead" if _MAX_DAYS_AHEAD[anchor] else "is in the future"
    if facts.birth_date and value < facts.birth_date <= facts.today:
        return "is before the patient's birth"
    return ""
