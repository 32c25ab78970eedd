"""Each rule of the whole body fires at both edges of its window and for each movement, and its near misses do not.

What is expected is worked out from the table of facts, never from the rules that are shipped or from the engine.
"""

import pytest

from plans.contraindications import Level, check
from tests.contraindications.test_starter_library import SHIPPED, VOCABULARY
from tests.contraindications.world import CLEARED, TODAY, condition, days_ago, item, plan
from tests.library.facts import facts, parts

ROWS = facts("rules")
OTHER = "poor_posture"
"""A condition that no rule speaks of."""
HARMLESS = "scapula_movement"
"""A movement that no rule speaks of."""
each_rule = pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['id']}-{row['condition']}")


def fires(row, movement, *, day=None, code=None, clearance=None):
    dates = {row["anchor"]: days_ago(day)} if day is not None else {}
    given = {"clearance": clearance} if clearance else {}
    patient = condition(code or row["condition"], **dates, **given)
    # A plan of this one day: what comes later in its days is for the tests of windows.
    found = check(
        plan(item(movement), conditions=(patient,), review_date=TODAY), [SHIPPED[row["id"]]], VOCABULARY
    )
    return {finding.level for finding in found if finding.code == "condition_rule"}


def movements_of(row):
    return (HARMLESS,) if row["movements"] == "*" else parts(row["movements"])


def days_inside(row):
    if not row["anchor"]:
        return [None]
    first = int(row["from_day"])
    last = int(row["to_day"]) - 1 if row["to_day"] else 3650
    # Beyond what a due date may be ahead, it is no date that counts.
    return [None, first, last]


@each_rule
def test_fires_for_each_movement_at_both_edges(row):
    for movement in movements_of(row):
        for day in days_inside(row):
            assert fires(row, movement, day=day) == {Level(row["level"])}, (movement, day)


@each_rule
def test_no_day_outside_fires(row):
    if not row["anchor"]:
        return
    outside = [int(row["to_day"])] if row["to_day"] else []
    if int(row["from_day"]) != 0:
        outside.append(int(row["from_day"]) - 1)
    for day in outside:
        assert fires(row, movements_of(row)[0], day=day) == set(), day


@each_rule
def test_another_condition_or_movement_does_not_fire(row):
    assert fires(row, movements_of(row)[0], code=OTHER) == set()
    if row["movements"] != "*":
        assert fires(row, HARMLESS) == set()


@each_rule
def test_a_clearance_ends_only_what_holds_until_then(row):
    ends = row["until_cleared"] == "yes"
    assert (fires(row, movements_of(row)[0], clearance=CLEARED) == set()) == ends


@each_rule
def test_a_wider_movement_is_no_narrow_one(row):
    """What a named movement implies is milder than the movement itself, and does not fire by that alone."""
    named = {code for code in parts(row["movements"]) if code != "*"}
    wider = {
        code for movement in named for code in VOCABULARY.wider(movement, where="x") if code not in named
    }
    reached = {code for code in wider if named & set(VOCABULARY.wider(code, where="x"))}
    for movement in wider - reached:
        assert fires(row, movement) == set(), movement


def test_a_rule_of_the_parent_holds_for_the_child():
    row = next(row for row in ROWS if row["id"] == "111")
    assert fires(row, "high_impact", code="total_hip_replacement_anterior") == {Level.CAUTION}
    child = next(row for row in ROWS if row["id"] == "103")
    assert fires(child, "hip_internal_rotation", code="total_hip_replacement") == set()
