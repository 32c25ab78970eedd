"""Which rules speak today: windows by the day, clearances by who, when and how."""

from dataclasses import replace
from datetime import timedelta

import pytest

from plans.contraindications import Anchor, Clearance, Level, Rule
from tests.contraindications.world import (
    CLEARED,
    TODAY,
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


@pytest.mark.parametrize(("in_days", "said"), [(1, True), (27, True), (28, False), (300, False)])
def test_a_window_that_opens_before_the_review_is_announced(in_days, said):
    expecting = condition("pregnancy", due_date=TODAY + timedelta(days=min(182 + in_days, 301)))
    found = findings(plan(item("supine"), conditions=(expecting,)), (OPENS,))
    assert [f.code for f in found] == ["rule_opens_before_review"] * said
    if said:
        day = TODAY + timedelta(days=in_days)
        expected = f"Pregnancy: avoid from {day}, before the review: venous return falls."
        assert (found[0].message, found[0].item, found[0].level) == (expected, "item", Level.ADVICE)
        assert found[0].rule is OPENS
        assert not found[0].patient_sentence


def test_nothing_is_announced_that_is_not_asked_for_or_holds_already():
    expecting = condition("pregnancy", due_date=TODAY + timedelta(days=190))
    opened = condition("pregnancy_diastasis", due_date=TODAY + timedelta(days=100))
    announced = "rule_opens_before_review"

    def found(*movements, patient=(expecting,), **facts):
        return {f.code for f in findings(plan(item(*movements), conditions=patient, **facts), (OPENS,))}

    assert announced in found("supine")
    assert announced not in found("prone")
    assert announced not in found("supine", review_date=None)
    assert announced not in found("supine", patient=(expecting, opened))
    assert "condition_rule" in found("supine", patient=(expecting, opened))


def test_a_whole_plan_rule_that_opens_is_announced_once():
    whole = replace(OPENS, movements=frozenset(), whole_plan=True)
    expecting = condition("pregnancy", due_date=TODAY + timedelta(days=190))
    facts = plan(item(key="a"), item(key="b"), conditions=(expecting,))
    assert the("rule_opens_before_review", facts, (whole,)).item is None


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
