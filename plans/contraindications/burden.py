"""What the plan asks of a day: how many exercises, how many minutes, how often to get up and lie down."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from plans.contraindications.facts import ItemFacts, PlanFacts
from plans.contraindications.finding import Finding, plan_finding

# With 2 exercises or fewer 86 % of what is prescribed is done, with 4 or more 54 %: over 3 is worth a note,
# over 6 a reason.
NOTE_OVER = 3
REASON_OVER = 6
# Ours, to be confirmed by a reviewer: more than an hour a day is seldom done at home.
LONG_MINUTES = 60


class Burden(NamedTuple):
    """What a day of the plan asks: exercises, estimated minutes, changes of position in the given order."""

    exercises: int
    minutes_per_day: float
    position_changes: int


def measure_burden(facts: PlanFacts) -> Burden:
    minutes = sum(item.dose.with_frequency(facts.frequency).minutes_per_day() for item in facts.items)
    return Burden(len(facts.items), minutes, _count_changes(facts.items))


def suggest_order(items: Sequence[ItemFacts]) -> tuple[str, ...]:
    """Return the items' keys with the fewest changes of position: like ones together, else as they were."""
    first_seen: dict[str, int] = {}
    for item in items:
        first_seen.setdefault(item.position, len(first_seen))
    return tuple(item.key for item in sorted(items, key=lambda item: first_seen[item.position]))


def check_burden(facts: PlanFacts) -> Iterator[Finding]:
    """Yield a note over 3 exercises, a reason over 6, a long day, and a better order."""
    burden = measure_burden(facts)
    if burden.exercises > NOTE_OVER:
        yield _many(burden.exercises)
    if burden.minutes_per_day > LONG_MINUTES:
        message = f"About {burden.minutes_per_day:.0f} minutes a day."
        yield plan_finding(
            "burden_long", message, "Ask what fits into this patient's day, and shorten the plan."
        )
    positions = len({item.position for item in facts.items})
    if positions and burden.position_changes >= positions:
        message = f"{burden.position_changes} changes of position; in a better order, {positions - 1}."
        yield plan_finding("order_changes_position", message, "Put exercises in the same position together.")


def _many(count: int) -> Finding:
    message = f"{count} exercises: the more there are, the fewer get done. 1 to 3 work best."
    if count > REASON_OVER:
        action = "Shorten the plan, or record why this patient can do so many."
        # Why this patient can do so many is said once, not again for one more.
        return plan_finding("burden_too_many", message, action)._replace(former_identity=(str(count),))
    return plan_finding("burden_many", message, "Keep those that matter most.")


def _count_changes(items: Sequence[ItemFacts]) -> int:
    return sum(before.position != after.position for before, after in pairwise(items))
