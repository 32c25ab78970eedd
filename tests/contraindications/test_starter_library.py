"""The shipped rules are those that the table tests hold, and the engine runs on them as they are."""

from pathlib import Path

import pytest

import plans
from plans.contraindications import Anchor, Level, Rule, Vocabulary, check
from plans.libraryfiles import read_library
from tests.contraindications.world import CAUSE_FIRST, CONDITIONS, MOVEMENTS, RULES, condition, exercise, plan

LIBRARY = read_library(Path(plans.__file__).parent / "library")


def as_rule(data):
    return Rule(
        code=data.code.removeprefix("rule-"),
        version=1,
        condition=data.condition,
        movements=frozenset(data.movements),
        whole_plan=data.whole_plan,
        level=Level(data.level),
        anchor=Anchor(data.anchor) if data.anchor else None,
        from_day=data.from_day,
        to_day=data.to_day,
        until_cleared=data.until_cleared,
        rationale=data.rationale,
        evidence=data.evidence,
        source=data.source,
    )


SHIPPED = {rule.code: rule for rule in map(as_rule, LIBRARY.rules)}
VOCABULARY = Vocabulary(
    movements={movement.code: movement.implies for movement in LIBRARY.movements},
    conditions={entry.code: entry.parent for entry in LIBRARY.conditions},
    cause_first={entry.code for entry in LIBRARY.conditions if entry.treat_cause_first},
)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_a_shipped_rule_says_what_the_table_says(rule):
    shipped = SHIPPED[rule.code]
    for field in (
        "condition",
        "movements",
        "whole_plan",
        "level",
        "anchor",
        "from_day",
        "to_day",
        "until_cleared",
    ):
        assert getattr(shipped, field) == getattr(rule, field), field


def test_the_shipped_words_are_those_of_the_table():
    table = Vocabulary(movements=MOVEMENTS, conditions={})
    for code in MOVEMENTS:
        assert set(VOCABULARY.wider(code, where="x")) & MOVEMENTS.keys() == set(table.wider(code, where="x"))
    parents = {entry.code: entry.parent for entry in LIBRARY.conditions}
    assert CONDITIONS.items() <= parents.items()
    assert set(CAUSE_FIRST) <= VOCABULARY.cause_first


def test_every_shipped_exercise_is_checked_against_every_shipped_rule():
    for entry in LIBRARY.conditions:
        items = [
            exercise("walking", key=data.code, exercise_code=data.code, movements=frozenset(data.movements))
            for data in LIBRARY.exercises
        ]
        found = check(plan(*items, conditions=(condition(entry.code),)), SHIPPED.values(), VOCABULARY)
        speaking = {f.rule.condition for f in found if f.code == "condition_rule"}
        assert speaking <= set(VOCABULARY.with_parents(entry.code, where="x"))


def test_the_sources_disagree_about_the_shipped_press_up():
    data = next(data for data in LIBRARY.exercises if data.code == "prone-press-up")
    press_up = exercise("prone-press-up", disagreement=data.disagreement)
    found = check(plan(press_up, conditions=(condition("disc_herniation"),)), RULES, VOCABULARY)
    conflict = next(f for f in found if f.code == "sources_disagree")
    assert conflict.rule.code == "35"
    assert "Guide A" in conflict.message
    assert "Guide B" in conflict.message
    assert "centralises" in conflict.message
