"""A rule under change: the approved version and the one that waits both judge."""

from dataclasses import replace

import pytest

from plans.contraindications import Anchor, Level, RuleBook
from plans.contraindications.finding import plan_finding
from plans.contraindications.stricter import keep_stricter
from tests.contraindications.world import (
    RULES,
    VOCABULARY,
    codes,
    condition,
    days_ago,
    findings,
    item,
    plan,
    the,
)

APPROVED = replace(next(rule for rule in RULES if rule.code == "44"), level=Level.AVOID, version=1)
PENDING = replace(
    APPROVED, version=2, pending=True, sentence="Because of a change: wait.", sentence_approved=False
)
BOTH = (APPROVED, PENDING)
FACTS = plan(item("neural_tension"), conditions=(condition("sciatica"),))


def test_a_rule_that_is_weakened_counts_as_before():
    found = the("condition_rule", FACTS, (APPROVED, replace(PENDING, level=Level.CAUTION)))
    assert (found.level, found.rule.version, found.patient_sentence) == (
        Level.AVOID, 1, APPROVED.sentence,
    )  # fmt: skip
    assert codes(FACTS, (APPROVED, replace(PENDING, level=Level.CAUTION))) == ["condition_rule"]


def test_a_rule_that_loses_a_movement_counts_as_before():
    elsewhere = replace(PENDING, movements=frozenset({"lifting"}))
    assert the("condition_rule", FACTS, (APPROVED, elsewhere)).rule.version == 1


def test_a_corrected_rationale_stops_nothing_and_the_approved_one_is_shown():
    corrected = replace(PENDING, rationale="a better one")
    found = findings(FACTS, (APPROVED, corrected))
    assert [one.code for one in found] == ["condition_rule"]
    assert found[0].rule == APPROVED
    assert found[0].fingerprint == the("condition_rule", FACTS, (APPROVED,)).fingerprint


@pytest.mark.parametrize("order", [BOTH, BOTH[::-1]])
def test_a_stricter_change_counts_at_once_with_approved_words(order):
    given = [replace(rule, level=Level.CAUTION) if rule.version == 1 else rule for rule in order]
    found = the("condition_rule", FACTS, given)
    assert (found.level, found.rule.version, found.rule.pending) == (Level.AVOID, 2, True)
    assert found.patient_sentence == found.rule.sentence == APPROVED.sentence
    assert codes(FACTS, given) == ["condition_rule"]


def test_words_of_a_version_that_says_nothing_here_are_not_borrowed():
    elsewhere = replace(APPROVED, movements=frozenset({"lifting"}))
    assert codes(FACTS, (elsewhere, PENDING)) == ["sentence_not_approved", "condition_rule"]


def test_a_stop_stays_without_words():
    found = the("condition_rule", FACTS, (APPROVED, replace(PENDING, level=Level.STOP)))
    assert (found.level, found.patient_sentence) == (Level.STOP, "")


def test_its_own_approved_words_come_first():
    worded = replace(PENDING, level=Level.STOP, sentence_approved=True)
    found = the(
        "condition_rule", FACTS, (replace(APPROVED, level=Level.CAUTION), replace(worded, level=Level.AVOID))
    )
    assert found.patient_sentence == worded.sentence


def test_of_equally_strict_versions_the_one_with_more_conditions_speaks():
    wider = replace(PENDING, condition="osteoporosis")
    facts = plan(
        item("neural_tension"),
        conditions=(condition("vertebral_compression_fracture"), condition("osteoporosis")),
    )
    narrow = replace(APPROVED, condition="vertebral_compression_fracture")
    found = the("condition_rule", facts, (narrow, wider))
    assert found.rule.version == 2
    assert "Osteoporosis and Vertebral compression fracture" in found.message


def test_of_equally_strict_versions_the_one_that_holds_first_speaks():
    patient = (condition("sciatica", onset=days_ago(10)),)
    facts = plan(item("neural_tension"), conditions=patient)
    windows = [
        replace(APPROVED, anchor=Anchor.ONSET, from_day=20, to_day=60),
        replace(PENDING, anchor=Anchor.ONSET, from_day=0, to_day=20),
    ]
    found = the("condition_rule", facts, windows)
    assert (found.rule.version, found.holds_from) == (2, None)
    later = the("condition_rule", facts, [windows[0]])
    assert later.holds_from is not None


def test_each_exercise_is_judged_for_itself():
    facts = plan(
        item("neural_tension", key="a"), item("lifting", key="b"), conditions=(condition("sciatica"),)
    )
    moved = replace(PENDING, movements=frozenset({"lifting"}), level=Level.STOP)
    said = {
        one.item: one.rule.version
        for one in findings(facts, (APPROVED, moved))
        if one.code == "condition_rule"
    }
    assert said == {"a": 1, "b": 2}


def test_two_libraries_may_use_one_code():
    own = replace(APPROVED, version=2, key="ours", sentence="Ours.")
    assert codes(FACTS, (APPROVED, own)) == ["condition_rule", "condition_rule"]
    assert RuleBook((APPROVED, own), VOCABULARY).under_change == frozenset()


@pytest.mark.parametrize("versions", [(1, 2), (2, 1)])
def test_of_equally_strict_versions_the_approved_one_speaks_whichever_was_asked_first(versions):
    (said,) = (one for one in findings(FACTS, (APPROVED,)) if one.code == "condition_rule")
    rules = {1: APPROVED, 2: replace(PENDING, rationale="a better one")}
    asked = [said._replace(rule=rules[version]) for version in versions]
    (found,) = keep_stricter(asked, RuleBook(BOTH, VOCABULARY))
    assert found.rule == APPROVED


@pytest.mark.parametrize("versions", [(1, 2), (2, 1)])
def test_of_two_approved_versions_the_newer_one_speaks(versions):
    (said,) = (one for one in findings(FACTS, (APPROVED,)) if one.code == "condition_rule")
    asked = [said._replace(rule=replace(APPROVED, version=version)) for version in versions]
    (found,) = keep_stricter(asked, RuleBook(BOTH, VOCABULARY))
    assert found.rule.version == 2


def test_what_no_rule_says_stands_beside_rules_under_change():
    said = plan_finding("review_date_missing", "", "")
    assert list(keep_stricter([said], RuleBook(BOTH, VOCABULARY))) == [said]


def test_rules_of_two_codes_are_no_versions_of_one_another():
    other = replace(PENDING, code="45", pending=False)
    assert RuleBook((APPROVED, other), VOCABULARY).under_change == frozenset()
