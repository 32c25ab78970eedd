"""What a patient checks each day: a sentence at the top of the sheet, and no caution at exercise or plan."""

from dataclasses import replace

import pytest

from plans.contraindications import Anchor, InvalidRule, Level, Rule, make_cards
from tests.contraindications.world import VOCABULARY, codes, condition, exercise, findings, plan, the

FIRST = Rule(
    code="rule-205",
    version=1,
    condition="unstable_medical",
    level=Level.CAUTION,
    rationale="weigh each day",
    evidence="review",
    source="a review",
    whole_plan=True,
    check_first=True,
    sentence="Because of your heart: weigh yourself each day.",
    sentence_approved=True,
)
FACTS = plan(exercise("cat-cow"), exercise("walking"), conditions=(condition("unstable_medical"),))


def test_it_is_said_once_of_the_plan_as_a_note_with_its_sentence():
    found = the("check_first", FACTS, (FIRST,))
    assert (found.item, found.level, found.takes_reason) == (None, Level.ADVICE, False)
    assert found.patient_sentence == FIRST.sentence
    assert found.message == "Unstable medical: to check first each day. Weigh each day."
    assert "condition_rule" not in codes(FACTS, (FIRST,))
    (card,) = (card for card in make_cards(findings(FACTS, (FIRST,)), VOCABULARY) if found in card.findings)
    assert card.is_note


def test_without_the_condition_nothing_is_said():
    assert "check_first" not in codes(replace(FACTS, conditions=(condition("sciatica"),)), (FIRST,))


@pytest.mark.parametrize(
    ("changed", "code"),
    [({"sentence": " "}, "sentence_missing"), ({"sentence_approved": False}, "sentence_not_approved")],
)
def test_it_reaches_no_patient_without_approved_words(changed, code):
    assert code in codes(FACTS, (replace(FIRST, **changed),))
    assert code not in codes(FACTS, (FIRST,))


def test_while_the_change_waits_the_caution_of_before_speaks():
    before = replace(FIRST, key="one", check_first=False)
    after = replace(FIRST, key="one", version=2, pending=True)
    assert {"condition_rule"} == {one.code for one in findings(FACTS, (before, after)) if one.rule}


def test_of_two_versions_approved_words_are_printed():
    approved = replace(FIRST, key="one")
    pending = replace(FIRST, key="one", version=2, pending=True, sentence="New.", sentence_approved=False)
    assert the("check_first", FACTS, (approved, pending)).patient_sentence == FIRST.sentence


@pytest.mark.parametrize(
    "changed",
    [
        {"level": Level.AVOID},
        {"whole_plan": False, "movements": frozenset({"kneeling"})},
        {"anchor": Anchor.SURGERY, "from_day": 0},
    ],
)
def test_it_is_a_caution_for_the_whole_plan_on_all_days(changed):
    with pytest.raises(InvalidRule, match="first each day"):
        replace(FIRST, **changed)
