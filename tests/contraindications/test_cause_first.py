from dataclasses import replace

import pytest

from plans.contraindications import Level
from tests.contraindications.world import CAUSE_FIRST, CLEARED, RULES, codes, condition, plan, the


@pytest.mark.parametrize("code", CAUSE_FIRST)
def test_a_cause_to_treat_first_is_a_stop_until_cleared(code):
    found = the("cause_first", plan(conditions=(condition(code),)), ())
    assert (found.level, found.condition, found.item) == (Level.STOP, code, None)
    assert codes(plan(conditions=(condition(code, clearance=CLEARED),)), ()) == []
    begun = condition(code, clearance=replace(CLEARED, by=""))
    assert codes(plan(conditions=(begun,)), ()) == ["cause_first", "clearance_does_not_count"]


@pytest.mark.parametrize("code", CAUSE_FIRST)
def test_it_is_said_once_when_a_rule_says_it_too(code):
    assert codes(plan(conditions=(condition(code),)), RULES) == ["condition_rule"]


def test_a_stop_for_another_condition_does_not_hide_it():
    patient = (condition("unstable_medical"), condition("spinal_tumour"))
    others = [rule for rule in RULES if rule.code != "39"]
    assert sorted(codes(plan(conditions=patient), others)) == ["cause_first", "condition_rule"]


def test_a_caution_does_not_hide_it():
    soft = replace(next(rule for rule in RULES if rule.code == "39"), level=Level.CAUTION)
    assert codes(plan(conditions=(condition("spinal_tumour"),)), (soft,)) == ["cause_first", "condition_rule"]


def test_other_conditions_have_none():
    assert codes(plan(conditions=(condition("sciatica"), condition("osteoporosis"))), ()) == []


def test_pain_control_first():
    assert the("pain_control_first", plan(needs_pain_control=True)).level is Level.CAUTION
    assert codes(plan(needs_pain_control=False)) == []
