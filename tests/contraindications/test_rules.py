from dataclasses import replace

import pytest

from plans.contraindications import Anchor, InvalidRule, Level, Rule
from tests.contraindications.world import RULES

PLAIN = next(rule for rule in RULES if rule.code == "35")
WINDOWED = next(rule for rule in RULES if rule.code == "24")


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"level": Level.ADVICE}, "its level is stop, avoid or caution"),
        ({"movements": frozenset()}, "it names movements, or the whole plan"),
        ({"whole_plan": True}, "it names movements, or the whole plan"),
        ({"from_day": 0}, "its window has no date to count from"),
        ({"to_day": 5}, "its window has no date to count from"),
        ({"anchor": Anchor.ONSET, "from_day": 5, "to_day": 5}, "its window ends before it begins"),
        ({"rationale": " "}, "its rationale is missing"),
        ({"evidence": ""}, "its evidence is missing"),
        ({"source": ""}, "its source is missing"),
    ],
)
def test_a_rule_that_cannot_be_right_is_refused(changes, problem):
    with pytest.raises(InvalidRule, match=f"Rule 35: {problem}"):
        replace(PLAIN, **changes)


@pytest.mark.parametrize(
    "changes",
    [
        {"anchor": Anchor.ONSET},
        {"anchor": Anchor.ONSET, "from_day": 5, "to_day": 6},
        {"anchor": Anchor.ONSET, "from_day": 5},
        {"anchor": Anchor.ONSET, "to_day": 5},
        {"movements": frozenset(), "whole_plan": True},
        {"level": Level.STOP},
    ],
)
def test_a_rule_that_can_be_right_is_taken(changes):
    assert replace(PLAIN, **changes).code == "35"


def test_from_day_is_inside_and_to_day_is_not():
    days = [None, 0, 41, 42, 43, 83, 84, 85]
    assert [WINDOWED.holds_on(day) for day in days] == [True, False, False, True, True, True, False, False]


def test_a_window_without_an_end_or_a_beginning():
    assert [replace(WINDOWED, to_day=None).holds_on(day) for day in (41, 42, 9999)] == [False, True, True]
    assert [replace(WINDOWED, from_day=None).holds_on(day) for day in (-99, 83, 84)] == [True, True, False]


def test_why_reads_on_in_a_sentence():
    assert [replace(PLAIN, rationale=words).why for words in ("it tears", "It tears. ")] == [
        "it tears",
        "It tears",
    ]


def test_a_rule_without_a_window_always_holds():
    assert PLAIN.holds_on(7)
    assert PLAIN.holds_on(None)


def test_days_until_a_window_opens():
    assert [WINDOWED.opens_in(day) for day in (None, -8, 41, 42, 84)] == [None, 50, 1, None, None]
    assert replace(WINDOWED, from_day=None).opens_in(3) is None
    assert PLAIN.opens_in(3) is None


def test_an_anchor_in_words():
    assert [anchor.words for anchor in Anchor] == ["date of onset", "date of surgery", "due date"]


def test_a_rule_needs_no_more_than_its_reasons():
    said = {"rationale": "why", "evidence": "opinion", "source": "ours"}
    rule = Rule(
        code="1", version=1, condition="gout", level=Level.AVOID, movements=frozenset({"lifting"}), **said
    )
    assert (rule.whole_plan, rule.until_cleared, rule.sentence_approved) == (False, False, False)
    assert rule.holds_on(None)
