import json
from dataclasses import replace

import pytest

from plans.contraindications import Disagreement, Level, OneSided, Said
from tests.contraindications.world import RULES, condition, exercise, findings, plan, the

SIDES = Disagreement(
    sides=(
        Said("Source A", "recommended for disc trouble."),
        Said("Source B", "back bends are often contraindicated."),
    ),
    go_on_when="extension draws the leg pain back toward the spine.",
)
WORDS = (
    "Source A: recommended for disc trouble. Source B: back bends are often contraindicated. "
    "To go on: extension draws the leg pain back toward the spine."
)
PRESS_UP = exercise("prone-press-up", disagreement=SIDES)
DISC = condition("disc_herniation")


def test_both_sides_and_what_justifies_going_on_are_shown_with_the_rule():
    found = the("sources_disagree", plan(PRESS_UP, conditions=(DISC,)))
    assert (found.level, found.item, found.message) == (Level.CAUTION, "prone-press-up", WORDS)
    assert found.disagreement == SIDES
    assert (found.rule.code, found.condition) == ("35", "disc_herniation")
    assert found.rule.counter_evidence.startswith("source A recommends press-ups")


def test_without_a_rule_against_it_it_is_advice():
    found = the("sources_disagree", plan(PRESS_UP, conditions=(condition("sciatica"),)))
    assert (found.level, found.rule, found.condition) == (Level.ADVICE, None, None)


def test_what_each_source_allows_is_a_note_whatever_the_rules_say():
    allowed = exercise("prone-press-up", disagreement=replace(SIDES, both_allow=True))
    found = the("sources_disagree", plan(allowed, conditions=(DISC,)))
    assert (found.level, found.rule, found.condition) == (Level.ADVICE, None, None)
    assert Disagreement.from_dict(json.loads(json.dumps(allowed.disagreement.to_dict()))).both_allow
    assert "both_allow" not in SIDES.to_dict()


def test_the_gravest_rule_with_counter_evidence_is_the_one_shown():
    patient = (DISC, condition("lumbar_stenosis"))
    stenosis = tuple(rule if rule.code != "15" else replace(rule, level=Level.AVOID) for rule in RULES)
    assert the("sources_disagree", plan(PRESS_UP, conditions=patient)).rule.code == "15"
    assert the("sources_disagree", plan(PRESS_UP, conditions=patient), stenosis[::-1]).rule.code == "15"
    silent = tuple(rule if rule.code != "15" else replace(rule, counter_evidence="") for rule in stenosis)
    assert the("sources_disagree", plan(PRESS_UP, conditions=patient), silent).rule.code == "35"


def test_rules_of_other_exercises_or_of_the_plan_do_not_count():
    other = exercise("walking")
    facts = plan(other, replace(PRESS_UP, movements=frozenset({"side_bending"})), conditions=(DISC,))
    assert the("sources_disagree", facts).level is Level.ADVICE
    after_surgery = condition("lumbar_surgery_postop")
    facts = plan(replace(PRESS_UP, movements=frozenset({"side_bending"})), conditions=(after_surgery,))
    assert the("sources_disagree", facts).level is Level.ADVICE


def test_an_exercise_without_disagreement_has_none():
    found = findings(plan(exercise("prone-press-up"), PRESS_UP, conditions=(DISC,)))
    assert [f.code for f in found].count("sources_disagree") == 1


def test_it_is_asked_again_when_the_words_change():
    other = replace(SIDES, go_on_when="it was tried in the clinic.")
    facts = [plan(replace(PRESS_UP, disagreement=said), conditions=(DISC,)) for said in (SIDES, other)]
    assert len({the("sources_disagree", plan_facts).fingerprint for plan_facts in facts}) == 2


@pytest.mark.parametrize(
    "wrong",
    [
        {"sides": SIDES.sides[:1]},
        {"sides": (*SIDES.sides, Said("", "no."))},
        {"sides": (*SIDES.sides, Said("Source C", " "))},
        {"go_on_when": " "},
    ],
)
def test_a_side_that_is_missing_is_no_disagreement(wrong):
    with pytest.raises(OneSided):
        replace(SIDES, **wrong)


def test_it_is_read_back_as_it_was_written():
    stored = SIDES.to_dict()
    assert stored["sides"][0] == {"source": "Source A", "words": "recommended for disc trouble."}
    assert Disagreement.from_dict(json.loads(json.dumps(stored))) == SIDES
