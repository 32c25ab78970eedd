"""Limits that a surgeon set for one patient: what they forbid acts, what nobody can check is said to be unchecked."""

from collections.abc import Iterator

from plans.contraindications.body_sides import read_item
from plans.contraindications.days import first_day
from plans.contraindications.facts import LimitFacts, PlanFacts
from plans.contraindications.finding import Finding, item_finding, plan_finding
from plans.contraindications.red_flags import explain_clearance
from plans.contraindications.rulebook import RuleBook

_CHOOSE = (
    "Choose another exercise, or record why this one is right for this patient. Their sheet tells the limit."
)
_SEE_TO_IT = "See to it yourself that the plan keeps to it. Their sheet tells the limit."


def limits_in_force(facts: PlanFacts) -> tuple[LimitFacts, ...]:
    """Return those that hold on the plan's first day or later, each once, in an order of their own."""
    return tuple({limit.identity: limit for limit in _standing(facts)}.values())


def check_limits(facts: PlanFacts, book: RuleBook) -> Iterator[Finding]:
    """Yield each exercise that a limit forbids, and each limit that no rule can check.

    One without a side speaks of both. It forbids whatever the conditions are, and takes nothing away.
    """
    if not facts.limits:
        return
    unsound = {limit.identity: limit for limit in _standing(facts) if not limit.clearance.is_blank()}
    for limit in unsound.values():
        yield from explain_clearance(_name(limit), limit.clearance, "limit", *limit.identity)
    asked = [read_item(item, book.vocabulary) for item in facts.items]
    for limit in limits_in_force(facts):
        if not limit.movement:
            message = (
                f"{_name(limit)}: {_told(limit)}. Not checked: no movement is named that the rules know."
            )
            yield plan_finding("limit_not_checked", message, _SEE_TO_IT, *limit.identity)
            continue
        book.vocabulary.wider(limit.movement, where=_name(limit))
        forbidden = frozenset({limit.movement})
        message = f"{_name(limit)}: {_told(limit)}. It asks for {limit.movement_name or limit.movement}."
        for one in asked:
            if one.concerns(forbidden, limit.side):
                of = (one.item.key, one.item.revision_id)
                yield item_finding("limit", of, message, _CHOOSE, *limit.identity)


def _standing(facts: PlanFacts) -> list[LimitFacts]:
    first = first_day(facts)
    rows = [limit for limit in facts.limits if limit.until is None or limit.until >= first]
    held = [row for row in rows if not row.clearance.counts(since=row.said_on, today=facts.today)]
    return sorted(held, key=lambda limit: (limit.identity, limit.movement_name, repr(limit.clearance)))


def _name(limit: LimitFacts) -> str:
    until = f"until {limit.until}" if limit.until else "until cleared"
    return f"Limit of {limit.said_by}, {until}"


def _told(limit: LimitFacts) -> str:
    side = limit.side if limit.side != "both" else "both sides"
    amount = f"at most {limit.amount}" if limit.amount else ""
    return ", ".join(part for part in (limit.words.strip().rstrip("."), amount, side) if part)
