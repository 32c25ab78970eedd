from dataclasses import replace

import pytest

from plans.contraindications import Level
from tests.contraindications.world import RULES, codes, condition, findings, item, plan, the

SCIATICA = next(rule for rule in RULES if rule.code == "44")
FACTS = plan(item("neural_tension"), conditions=(condition("sciatica"),))


@pytest.mark.parametrize("level", [Level.CAUTION, Level.AVOID])
@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"sentence": " "}, "sentence_missing"),
        ({"sentence": "", "sentence_approved": False}, "sentence_missing"),
        ({"sentence_approved": False}, "sentence_not_approved"),
    ],
)
def test_what_would_be_printed_must_be_there_and_approved(changes, code, level):
    rule = replace(SCIATICA, level=level, **changes)
    found = the(code, FACTS, (rule,))
    assert (found.level, found.patient_copy_only, found.item) == (Level.STOP, True, None)
    assert (found.rule, found.condition) == (rule, "sciatica")
    assert found.message.startswith("The rule “stretching an irritated nerve can increase leg symptoms;")
    assert "(44) has " in found.message


def test_an_approved_sentence_needs_nothing():
    assert codes(FACTS, (SCIATICA,)) == ["condition_rule"]


def test_a_rule_that_is_silent_or_a_stop_needs_no_sentence():
    silent = replace(SCIATICA, condition="radiculopathy", sentence="")
    stop = replace(SCIATICA, level=Level.STOP, sentence="")
    assert codes(FACTS, (silent,)) == []
    assert codes(FACTS, (stop,)) == ["condition_rule"]


def test_it_is_said_once_for_a_rule_and_for_each_rule():
    bare = replace(SCIATICA, sentence="")
    items = [item("neural_tension", key=key) for key in "ab"]
    facts = plan(*items, conditions=(condition("sciatica"),))
    assert codes(facts, (bare,)).count("sentence_missing") == 1
    both = (bare, replace(bare, code="44b"))
    missing = [f for f in findings(facts, both) if f.code == "sentence_missing"]
    assert [f.rule.code for f in missing] == ["44", "44b"]
