"""What a rule's finding says, when it holds, and what it is known by."""

from dataclasses import replace
from datetime import timedelta

import pytest

from plans.contraindications import Anchor, Clearance, Level, Rule
from tests.contraindications.world import (
    CLEARED,
    RULES,
    TODAY,
    condition,
    days_ago,
    findings,
    fired,
    item,
    plan,
    the,
)

BY_CODE = {rule.code: rule for rule in RULES}
BENDING = item("spine_flexion")


def disc(**facts):
    return condition("disc_herniation", **facts)


def test_a_finding_carries_its_rule():
    found = the("condition_rule", plan(BENDING, conditions=(disc(onset=days_ago(7)),)))
    assert found.rule is BY_CODE["11"]
    assert (found.level, found.item, found.condition) == (Level.AVOID, "item", "disc_herniation")
    assert found.patient_sentence == "Because of rule 11: take care."
    assert found.action.startswith("Choose another exercise, or record why")


@pytest.mark.parametrize(
    ("rule", "dates", "tail"),
    [
        ("11", {"onset": days_ago(7)}, " Day 7 since the date of onset; holds to day 41."),
        ("11", {}, " No usable date of onset: applied as if in its time."),
        ("35", {}, "."),
        ("26", {"surgery": days_ago(7)}, " Day 7 since the date of surgery; holds until cleared."),
        ("25", {"surgery": days_ago(7)}, " Day 7 since the date of surgery; holds without end."),
        ("30", {"due_date": days_ago(-7)}, " Day -7 since the due date; holds to day 0."),
        ("39", {}, " Holds until cleared."),
    ],
)
def test_the_message_says_why_and_until_when(rule, dates, tail):
    given = BY_CODE[rule]
    facts = plan(item(*given.movements or ("supine",)), conditions=(condition(given.condition, **dates),))
    name = given.condition.replace("_", " ").capitalize()
    rationale = given.rationale
    assert (
        the("condition_rule", facts, (given,)).message == f"{name}: {rationale}.{tail if tail != '.' else ''}"
    )


@pytest.mark.parametrize(
    ("level", "action", "sentence"),
    [
        (Level.STOP, "Do not start this plan.", ""),
        (Level.AVOID, "Choose another exercise,", "Because of rule 11: take care."),
        (Level.CAUTION, "Go on if it suits", "Because of rule 11: take care."),
    ],
)
def test_each_level_has_its_action_and_a_stop_prints_nothing(level, action, sentence):
    found = the("condition_rule", plan(BENDING, conditions=(disc(),)), (replace(BY_CODE["11"], level=level),))
    assert found.action.startswith(action)
    assert found.patient_sentence == sentence


def test_a_rule_for_the_whole_plan_speaks_once():
    facts = plan(item(key="a"), item(key="b"), conditions=(condition("lumbar_arthritis"),))
    assert the("condition_rule", facts).item is None


def test_a_rule_speaks_once_for_an_exercise_with_several_of_its_movements():
    facts = plan(item("upright_walking", "prolonged_standing"), conditions=(condition("lumbar_stenosis"),))
    assert the("condition_rule", facts).rule.code == "16"


def test_a_rule_speaks_once_for_condition_and_parent():
    patient = (condition("vertebral_compression_fracture"), condition("osteoporosis"))
    found = the("condition_rule", plan(item("lifting_max_load"), conditions=patient))
    assert found.message.startswith("Osteoporosis and Vertebral compression fracture: ")


def test_an_old_condition_does_not_hide_a_new_one_of_the_same_code():
    patient = (disc(onset=days_ago(900)), disc(onset=days_ago(3)))
    assert "11" in fired(plan(BENDING, conditions=patient))


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


def test_a_reason_is_asked_again_when_rule_exercise_or_condition_change():
    patient = disc(onset=days_ago(7))
    before = the("condition_rule", plan(BENDING, conditions=(patient,)))
    newer = replace(BY_CODE["11"], version=2)
    after = {
        "rule": the("condition_rule", plan(BENDING, conditions=(patient,)), (newer,)),
        "revision": the("condition_rule", plan(replace(BENDING, revision_id="r2"), conditions=(patient,))),
        "item": the("condition_rule", plan(replace(BENDING, key="other"), conditions=(patient,))),
        "onset": the("condition_rule", plan(BENDING, conditions=(disc(onset=days_ago(8)),))),
        "surgery": the("condition_rule", plan(BENDING, conditions=(replace(patient, surgery=TODAY),))),
        "due": the("condition_rule", plan(BENDING, conditions=(replace(patient, due_date=TODAY),))),
    }
    names = {before.fingerprint} | {found.fingerprint for found in after.values()}
    assert len(names) == 1 + len(after)


def test_a_reason_stays_when_other_things_change():
    patient = disc(onset=days_ago(7))
    before = the("condition_rule", plan(BENDING, conditions=(patient,)))
    dose = replace(BENDING.dose, load="red band")
    more = plan(
        replace(BENDING, dose=dose),
        conditions=(patient, condition("sciatica")),
        unchecked_diagnoses=("gout",),
    )
    assert the("condition_rule", more).fingerprint == before.fingerprint


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
