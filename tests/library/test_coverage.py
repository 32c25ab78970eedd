"""What no rule reaches is explained: a coverage that shrinks unseen is a safety net with a new hole."""

from dataclasses import replace

from scripts.library_coverage import PAGE, RULELESS, UNNAMED, UNUSED, measure_coverage, page_of
from tests.library.facts import facts

UNREACHED = {
    "deep-breath-expansion",
    "elbow-bend-straighten",
    "pelvic-floor-knack",
    "pelvic-floor-long-hold",
    "pelvic-floor-quick",
    "pursed-lip-breathing",
    "shoulder-blade-squeeze",
    "tendon-glides",
    "thumb-opposition",
}
"""Exercises that ask for nothing but movements that no rule speaks of."""


def test_what_no_rule_reaches_is_explained(starter):
    found = measure_coverage(starter)
    assert found.unnamed == UNNAMED.keys()
    assert found.unreached == UNREACHED
    assert found.ruleless == RULELESS.keys()


def test_what_nothing_uses_is_explained(starter):
    """Rules about impact, full strength, sit-ups, planted twists and closed eyes wait for a clinic's own exercises."""
    found = measure_coverage(starter)
    assert found.unused == UNUSED.keys()
    assert {rule.code for rule in found.waiting} >= {"rule-201", "rule-235"}
    assert all(set(rule.movements) <= UNUSED.keys() for rule in found.waiting)


def test_the_facts_are_covered_as_the_files_are(starter):
    wanted = {row["code"]: frozenset(row["movements"].split(";")) for row in facts("exercises")}
    given = {each.code: frozenset(each.movements) for each in starter.exercises if each.code in wanted}
    assert given == wanted


def test_a_rule_that_goes_is_noticed(starter):
    """A whole-plan rule reaches everything, and so says nothing about a movement."""
    fewer = tuple(rule for rule in starter.rules if "water" not in rule.movements)
    found = measure_coverage(replace(starter, rules=fewer))
    assert found.unnamed - UNNAMED.keys() == {"water"}


def test_the_page_is_of_this_library(starter):
    assert PAGE.read_text(encoding="utf-8") == page_of(starter), "run: python -m scripts.library_coverage"
