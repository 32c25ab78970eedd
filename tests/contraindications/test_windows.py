"""Which rules speak in the plan's days: windows by the day, clearances by who, when and how."""

from dataclasses import replace
from datetime import timedelta

import pytest

from plans.contraindications import Anchor, Clearance, Level, Rule, window_problem
from plans.contraindications.days import last_day
from plans.dose import Dose
from tests.contraindications.world import (
    CLEARED,
    DOSE,
    TODAY,
    codes,
    condition,
    days_ago,
    findings,
    fired,
    item,
    plan,
    the,
)

OPENS = Rule(
    code="later",
    version=1,
    condition="pregnancy",
    movements=frozenset({"supine"}),
    level=Level.AVOID,
    anchor=Anchor.DUE_DATE,
    from_day=-182,
    to_day=1,
    rationale="venous return falls",
    evidence="consensus",
    source="a guideline",
    sentence="Lie on your side.",
    sentence_approved=True,
)


def due_in(days, code="pregnancy", **facts):
    return condition(code, due_date=TODAY + timedelta(days=days), **facts)


def ahead(facts, rules=(OPENS,)):
    """Give what begins to hold within the plan's days, as (level, first day from today, exercise)."""
    return [
        (f.level, (f.holds_from - TODAY).days, f.item)
        for f in findings(facts, rules)
        if f.code == "condition_rule" and f.holds_from
    ]


@pytest.mark.parametrize(("in_days", "said"), [(1, True), (27, True), (28, True), (29, False), (100, False)])
def test_a_window_that_opens_while_the_plan_goes_on_speaks_at_its_level(in_days, said):
    facts = plan(item("supine"), conditions=(due_in(182 + in_days),))
    found = findings(facts, (OPENS,))
    assert [f.code for f in found] == ["condition_rule"] * said
    if said:
        day = TODAY + timedelta(days=in_days)
        assert (
            found[0].message == f"Pregnancy: avoid from {day}, while this plan goes on: venous return falls."
        )
        assert (found[0].item, found[0].level, found[0].holds_from) == ("item", Level.AVOID, day)
        assert found[0].needs_reason
        assert found[0].rule is OPENS
        assert found[0].patient_sentence == "Lie on your side."


def test_a_plan_that_lies_wholly_in_a_window_is_judged_by_its_own_days():
    """Due in 200 days, start in 60, review in 90: today the window is not open, on the first day it is."""
    start, review = (TODAY + timedelta(days=days) for days in (60, 90))
    facts = plan(item("supine"), conditions=(due_in(200),), start_date=start, review_date=review)
    found = the("condition_rule", facts, (OPENS,))
    assert (found.level, found.holds_from, found.needs_reason) == (Level.AVOID, None, True)
    assert found.patient_sentence == "Lie on your side."
    assert found.message.endswith(" Day -140 since the due date when the plan starts; holds to day 0.")


def test_a_window_that_is_over_when_the_plan_starts_is_silent():
    patient = (condition("disc_herniation", onset=days_ago(10)),)
    assert "11" in fired(plan(item("spine_flexion"), conditions=patient))
    later = plan(
        item("spine_flexion"), conditions=patient, start_date=days_ago(-32), review_date=days_ago(-60)
    )
    assert "11" not in fired(later)


@pytest.mark.parametrize(
    ("facts", "last"),
    [
        ({"review_date": days_ago(-50)}, 50),
        ({"review_date": days_ago(-50), "start_date": days_ago(-10)}, 50),
        ({"review_date": None}, 28),
        ({"review_date": None, "start_date": days_ago(-10)}, 38),
        ({"review_date": None, "start_date": None}, 28),
        ({"review_date": None, "start_date": days_ago(100)}, 28),
        # A review that is past ends nothing.
        ({"review_date": days_ago(1), "start_date": days_ago(30)}, 28),
        ({"review_date": None, "items": (item("supine", dose=Dose(until=days_ago(-40))),)}, 40),
        ({"review_date": None, "items": (item("supine", dose=Dose(until=days_ago(-5))),)}, 5),
        ({"review_date": None, "items": (item("supine", dose=Dose(until=days_ago(5))),)}, 28),
    ],
)
def test_the_plan_goes_on_to_its_review_else_its_last_day_else_four_weeks(facts, last):
    facts = (
        plan(conditions=(condition("muscle_weakness"),), **facts)
        if "items" not in facts
        else replace(plan(), **facts)
    )
    assert (last_day(facts) - TODAY).days == last


def test_an_exercise_without_an_end_goes_on_beside_one_that_ends():
    short, long = item(key="a", dose=Dose(until=days_ago(-3))), item(key="b")
    assert (last_day(plan(short, long, review_date=None)) - TODAY).days == 28
    assert (
        last_day(plan(replace(short, dose=Dose(until=days_ago(-60))), long, review_date=None)) - TODAY
    ).days == 60


def test_an_exercise_that_ends_before_the_window_opens_is_not_concerned():
    ends = item("supine", key="ends", dose=replace(DOSE, until=days_ago(-7)))
    goes_on = item("supine", key="goes-on", dose=replace(DOSE, until=days_ago(-8)))
    facts = plan(ends, goes_on, conditions=(due_in(190),))
    assert ahead(facts) == [(Level.AVOID, 8, "goes-on")]


def test_nothing_is_said_ahead_that_is_not_asked_for_or_holds_already():
    opened = due_in(100, code="pregnancy_diastasis")
    assert ahead(plan(item("prone"), conditions=(due_in(190),))) == []
    both = plan(item("supine"), conditions=(due_in(190), opened))
    assert ahead(both) == []
    assert the("condition_rule", both, (OPENS,)).holds_from is None


def test_the_earliest_of_several_conditions_opens_the_window():
    patient = (due_in(200), due_in(190, code="pregnancy_diastasis"))
    for conditions in (patient, patient[::-1]):
        assert ahead(plan(item("supine"), conditions=conditions)) == [(Level.AVOID, 8, "item")]


def test_a_whole_plan_rule_that_opens_speaks_once():
    whole = replace(OPENS, movements=frozenset(), whole_plan=True)
    facts = plan(item(key="a"), item(key="b"), conditions=(due_in(190),))
    assert ahead(facts, (whole,)) == [(Level.AVOID, 8, None)]


def test_a_caution_ahead_is_a_caution_with_its_sentence():
    caution = replace(OPENS, level=Level.CAUTION)
    found = the("condition_rule", plan(item("supine"), conditions=(due_in(190),)), (caution,))
    assert (found.level, found.needs_reason, found.patient_sentence) == (Level.CAUTION, False, OPENS.sentence)


def test_a_stop_ahead_needs_words_and_its_sentence_and_stops_when_its_day_comes():
    stop = replace(OPENS, level=Level.STOP, movements=frozenset(), whole_plan=True)
    facts = plan(conditions=(due_in(190),))
    before = the("condition_rule", facts, (stop,))
    assert (before.level, before.needs_reason, before.patient_sentence) == (Level.AVOID, True, OPENS.sentence)
    assert "stop from" in before.message
    then = the("condition_rule", replace(facts, today=before.holds_from, review_date=None), (stop,))
    assert (then.level, then.patient_sentence) == (Level.STOP, "")
    assert then.fingerprint != before.fingerprint


@pytest.mark.parametrize("level", [Level.STOP, Level.AVOID, Level.CAUTION])
def test_what_will_be_printed_ahead_must_be_there_and_approved(level):
    facts = plan(item("supine"), conditions=(due_in(190),))
    for changes, code in (
        ({"sentence": ""}, "sentence_missing"),
        ({"sentence_approved": False}, "sentence_not_approved"),
    ):
        assert the(code, facts, (replace(OPENS, level=level, **changes),)).level is Level.STOP


def test_a_reason_given_ahead_holds_when_the_day_comes():
    facts = plan(item("supine"), conditions=(due_in(190),))
    before = the("condition_rule", facts, (OPENS,))
    then = the("condition_rule", replace(facts, today=before.holds_from), (OPENS,))
    assert then.holds_from is None
    assert then.fingerprint == before.fingerprint


def test_an_operation_that_is_planned_opens_its_windows_on_its_day():
    patient = condition("lumbar_fusion_postop", surgery=days_ago(-14))
    facts = plan(item("spine_flexion"), conditions=(patient,))
    found = {f.rule.code: (f.level, (f.holds_from - TODAY).days) for f in findings(facts) if f.rule}
    assert found == {"22": (Level.AVOID, 14), "42": (Level.CAUTION, 14)}
    assert codes(replace(facts, review_date=days_ago(-13))) == []
    assert "date_missing" not in codes(facts)


def test_a_clearance_from_before_the_operation_does_not_clear_it():
    patient = condition("lumbar_surgery_postop", surgery=days_ago(-14), clearance=CLEARED)
    assert "26" in fired(plan(item("lifting"), conditions=(patient,)))


def test_what_is_cleared_is_not_announced():
    waiting = replace(OPENS, until_cleared=True)
    expecting = condition("pregnancy", due_date=TODAY + timedelta(days=190), clearance=CLEARED)
    assert findings(plan(item("supine"), conditions=(expecting,)), (waiting,)) == ()


def test_one_clearance_does_not_clear_the_other_condition():
    patient = (
        condition("lumbar_fusion_postop", surgery=days_ago(300), clearance=CLEARED),
        condition("lumbar_surgery_postop", surgery=days_ago(300)),
    )
    assert "26" in fired(plan(item("lifting"), conditions=patient))
    assert "26" not in fired(plan(item("lifting"), conditions=patient[:1]))


@pytest.mark.parametrize(
    ("clearance", "counts"),
    [
        (CLEARED, True),
        (replace(CLEARED, on=days_ago(30)), True),
        (replace(CLEARED, on=days_ago(31)), False),
        (replace(CLEARED, on=days_ago(-1)), False),
        (replace(CLEARED, on=None), False),
        (replace(CLEARED, by="  "), False),
        (replace(CLEARED, how=""), False),
        (Clearance(), False),
    ],
)
def test_a_clearance_names_who_when_and_how_and_is_younger_than_the_fact(clearance, counts):
    for dates in ({"surgery": days_ago(30)}, {"surgery": days_ago(30), "onset": days_ago(90)}):
        patient = condition("lumbar_surgery_postop", clearance=clearance, **dates)
        assert ("26" not in fired(plan(item("lifting"), conditions=(patient,)))) is counts


def test_a_clearance_ends_only_the_rules_that_wait_for_it():
    patient = condition("lumbar_surgery_postop", surgery=days_ago(30), clearance=CLEARED)
    assert set(fired(plan(item("lifting"), conditions=(patient,)))) == {"42"}


@pytest.mark.parametrize(
    ("from_day", "to_day", "wrong"),
    [(-182, 1, True), (-182, 0, True), (0, 21, True), (-182, 22, False), (-182, None, False), (-182, -1, False),
     (1, 15, False), (None, 1, False)],
)  # fmt: skip
def test_a_window_that_reaches_the_due_date_goes_on_for_three_weeks(from_day, to_day, wrong):
    says = "a window that reaches the due date holds to day 21: to_day is 22 or later" if wrong else ""
    assert window_problem(Anchor.DUE_DATE, from_day, to_day) == says
    assert window_problem(Anchor.SURGERY, from_day, to_day) == ""
    assert window_problem(None, from_day, to_day) == ""


def test_the_two_sides_of_a_condition_are_two_facts():
    left, right = (
        condition("pregnancy", side=side, due_date=TODAY + timedelta(days=days))
        for side, days in (("left", 100), ("right", 300))
    )
    facts = plan(item("supine"), conditions=(left, right))
    (found,) = [f for f in findings(facts, (OPENS,)) if f.code == "condition_rule"]
    assert found.message.startswith(f"{left.name}, left: ")
    moved = replace(facts, conditions=(replace(left, side="right"), right))
    (other,) = [f for f in findings(moved, (OPENS,)) if f.code == "condition_rule"]
    assert other.fingerprint != found.fingerprint


def test_a_missing_date_is_told_of_each_side():
    sides = tuple(condition("pregnancy", side=side) for side in ("left", "right", "both", ""))
    found = [f for f in findings(plan(conditions=sides), (OPENS,)) if f.code == "date_missing"]
    told = sorted(f.message.partition(": no")[0].removeprefix(sides[0].name) for f in found)
    assert told == ["", "", ", left", ", right"]
    assert len({f.fingerprint for f in found}) == 4
