"""Time the contraindication engine: a plan of 50 exercises against 200 and 400 rules, and far larger ones.

Run: python -m bench.engine
"""

import random
import statistics
import time
from collections.abc import Callable
from datetime import date, timedelta

from plans.contraindications import (
    Anchor,
    ConditionFacts,
    ItemFacts,
    Level,
    PlanFacts,
    Rule,
    RuleBook,
    Vocabulary,
    check,
    check_with,
)
from plans.dose import Dose, Frequency, Side, Span

TODAY = date(2026, 3, 2)
# Exercises, rules, conditions of the patient, rounds.
SIZES = ((8, 48, 3, 300), (50, 200, 5, 300), (50, 400, 5, 300), (500, 1000, 6, 20))
MOVEMENTS = {f"movement_{n}": (f"movement_{n // 2}",) if n > 10 else () for n in range(30)}
CONDITIONS = {f"condition_{n}": f"condition_{n // 2}" if n > 14 else None for n in range(30)}
VOCABULARY = Vocabulary(movements=MOVEMENTS, conditions=CONDITIONS)


def _rule(number: int, chance: random.Random) -> Rule:
    windowed = number % 4 == 0
    return Rule(
        code=str(number),
        version=1,
        condition=f"condition_{number % 30}",
        movements=frozenset(chance.sample(sorted(MOVEMENTS), chance.choice((1, 1, 1, 2, 3)))),
        level=chance.choice((Level.AVOID, Level.CAUTION)),
        anchor=Anchor.SURGERY if windowed else None,
        from_day=0 if windowed else None,
        to_day=84 if windowed else None,
        rationale="bending loads the disc",
        evidence="consensus",
        source="a guideline",
        counter_evidence="some patients gain from it",
        sentence="Because of your back: stop if it hurts more.",
        sentence_approved=True,
    )


def _item(number: int, chance: random.Random) -> ItemFacts:
    return ItemFacts(
        key=f"item-{number}",
        exercise_code=f"exercise-{number}",
        name=f"Exercise {number}",
        position=chance.choice(("supine", "prone", "standing")),
        movements=frozenset(chance.sample(sorted(MOVEMENTS), 3)),
        dose=Dose(sets=Span(2, 3), repetitions=Span(10, 15), hold_seconds=Span(5, 5), side=Side.EACH),
        revision_id=f"revision-{number}",
        one_sided=True,
        safe={"hold_seconds": Span(1, 30)},
    )


def build(*, items: int, rules: int, conditions: int) -> tuple[PlanFacts, tuple[Rule, ...]]:
    """Build the same plan and rules each time: a seed, no clock."""
    chance = random.Random(7)
    facts = PlanFacts(
        today=TODAY,
        birth_date=date(1960, 1, 1),
        review_date=TODAY + timedelta(days=28),
        frequency=Frequency(times_per_day=Span(1, 1), days_per_week=Span(7, 7)),
        conditions=tuple(
            ConditionFacts(code=f"condition_{n}", name=f"Condition {n}", surgery=TODAY - timedelta(days=20))
            for n in range(0, conditions * 5, 5)
        ),
        items=tuple(_item(number, chance) for number in range(items)),
    )
    return facts, tuple(_rule(number, chance) for number in range(rules))


def _milliseconds(work: Callable[[], object], *, times: int) -> list[float]:
    """Measure time of the processor, not of the wall: what else the machine does is not the engine's."""
    taken = []
    for _ in range(times):
        before = time.process_time()
        work()
        taken.append((time.process_time() - before) * 1000)
    return sorted(taken)


def measure() -> list[dict[str, object]]:
    """Time each size with the rules read before and each time, in milliseconds of processor time."""
    rows: list[dict[str, object]] = []
    for items, rules, conditions, times in SIZES:
        facts, given = build(items=items, rules=rules, conditions=conditions)
        book = RuleBook(given, VOCABULARY)
        size = {
            "items": items,
            "rules": rules,
            "conditions": conditions,
            "findings": len(check_with(facts, book)),
        }
        for name, work in (
            ("before", lambda facts=facts, book=book: check_with(facts, book)),
            ("each time", lambda facts=facts, given=given: check(facts, given, VOCABULARY)),
        ):
            taken = _milliseconds(work, times=times)
            spent = {"median_ms": round(statistics.median(taken), 3), "worst_ms": round(taken[-1], 3)}
            rows.append(size | {"rules_read": name} | spent)
    return rows


def main() -> None:
    """Print a line for each measurement."""
    for row in measure():
        print(
            "{items:4} items x {rules:4} rules, {conditions} conditions, rules read {rules_read}: "
            "median {median_ms:.2f} ms, worst {worst_ms:.2f} ms, {findings} findings".format(**row)
        )


if __name__ == "__main__":
    main()
