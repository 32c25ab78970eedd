"""What should be said more precisely of a condition: on which side it is, and which kind of it."""

from collections.abc import Iterable, Iterator

from plans.contraindications.body_sides import read_item
from plans.contraindications.facts import PlanFacts
from plans.contraindications.finding import Finding, plan_finding
from plans.contraindications.levels import Level
from plans.contraindications.rulebook import RuleBook


def check_sides(facts: PlanFacts, book: RuleBook) -> Iterator[Finding]:
    """Yield conditions of a side that nobody has told: a caution where an exercise works one side, else advice."""
    unsaid = [one for one in facts.conditions if not one.side and one.code in book.vocabulary.sided]
    if not unsaid:
        return
    matters = any(read_item(item, book.vocabulary).is_one_sided for item in facts.items)
    for condition in unsaid:
        message = f"{condition.label}: no side is recorded. Rules about it speak of both sides."
        finding = plan_finding("side_missing", message, "Record the side.", *condition.identity)
        level = Level.CAUTION if matters else Level.ADVICE
        yield finding._replace(level=level, condition=condition.code)


def check_kinds(facts: PlanFacts, book: RuleBook) -> Iterator[Finding]:
    for condition in facts.conditions:
        if book.asks_which(condition, facts.conditions):
            message = (
                f"{condition.label}: which kind it is, is not recorded. What one of its kinds must not do is a"
                " caution until it is."
            )
            finding = plan_finding("kind_missing", message, "Record which kind it is.", *condition.identity)
            kinds = book.vocabulary.kinds_of(condition.code)
            yield finding._replace(condition=condition.code, suggested=kinds)


def keep_strictest_kind(said: Iterable[Finding]) -> Iterator[Finding]:
    """Yield what rules say, of the kinds of the same conditions the strictest for each exercise and movement."""
    of_kinds = []
    strictest: dict[tuple[object, ...], Finding] = {}
    for finding in said:
        if finding.rule is None or not finding.rule.kind_of:
            yield finding
            continue
        of_kinds.append(finding)
        for movement in finding.rule.movements or ("",):
            # The identity names the conditions: what is said of one hip does not stand for the other.
            place = (finding.item, finding.identity, movement)
            other = strictest.setdefault(place, finding)
            if _strictness(finding) < _strictness(other):
                strictest[place] = finding
    kept = {id(finding) for finding in strictest.values()}
    yield from (finding for finding in of_kinds if id(finding) in kept)


def _strictness(finding: Finding) -> tuple[int, bool, float, str]:
    """Order by level, by whether it holds already, by the longer window, by code."""
    rule = finding.rule
    ends = float("inf") if rule is None or rule.to_day is None else rule.to_day
    return finding.level.rank, finding.holds_from is not None, -ends, finding.rule_code
