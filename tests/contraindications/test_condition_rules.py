"""What a rule's finding says, when it holds, and what it is known by."""

from dataclasses import replace

import pytest

from plans.contraindications import DiagnosisFacts, Level
from tests.contraindications.world import (
    RULES,
    TODAY,
    condition,
    days_ago,
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
        ("30", {"due_date": days_ago(-7)}, " Day -7 since the due date; holds to day 21."),
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
        diagnoses=(DiagnosisFacts(words="gout"),),
    )
    assert the("condition_rule", more).fingerprint == before.fingerprint
