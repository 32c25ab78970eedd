"""Every rule of the fact table is in the library, every field kept, with its sentence for the patient."""

import csv
from datetime import date
from pathlib import Path

import pytest

from tests.library.facts import facts, parts

TABLE = Path(__file__).parents[1] / "contraindications" / "rules.csv"
FACTS = list(csv.DictReader(TABLE.read_text(encoding="utf-8").splitlines()))


LATER = facts("rules")
"""The rules of the whole body: their rationales are the project's own words."""


@pytest.fixture(scope="session")
def rules(starter):
    return {rule.code: rule for rule in starter.rules}


def test_no_rule_more_and_none_less(rules):
    assert len(FACTS) == 46
    assert len(LATER) == 195
    assert rules.keys() == {f"rule-{fact['id']}" for fact in (*FACTS, *LATER)}


@pytest.mark.parametrize("fact", FACTS, ids=lambda fact: f"rule-{fact['id']}")
def test_every_field_is_kept(rules, fact):
    rule = rules[f"rule-{fact['id']}"]
    _check_logic(rule, fact)
    assert rule.rationale == fact["rationale"]
    assert (rule.evidence, rule.source) == (fact["evidence"], fact["source"])
    assert rule.counter_evidence == fact["counter_evidence"]


@pytest.mark.parametrize("fact", LATER, ids=lambda fact: f"rule-{fact['id']}")
def test_every_fact_of_the_whole_body_is_kept(rules, fact):
    rule = rules[f"rule-{fact['id']}"]
    _check_logic(rule, fact)
    assert rule.evidence == fact["evidence"]
    assert rule.sources == parts(fact["sources"])


def _check_logic(rule, fact):
    assert rule.condition == fact["condition"]
    assert rule.whole_plan == (fact["movements"] == "*")
    assert rule.whole_plan or list(rule.movements) == fact["movements"].split(";")
    assert rule.level == fact["level"]
    assert (rule.anchor or "") == fact["anchor"]
    assert ("" if rule.from_day is None else str(rule.from_day)) == fact["from_day"]
    assert ("" if rule.to_day is None else str(rule.to_day)) == fact["to_day"]
    assert rule.until_cleared == (fact["until_cleared"] == "yes")


def test_every_rule_has_a_day_of_review_ahead_of_its_writing(starter):
    assert all(rule.review_on > date(2026, 11, 20) for rule in starter.rules)


@pytest.mark.parametrize("fact", [*FACTS, *LATER], ids=lambda fact: f"rule-{fact['id']}")
def test_every_rule_speaks_to_the_patient(rules, fact):
    sentences = rules[f"rule-{fact['id']}"].sentences
    assert sentences.keys() == {"en", "es"}
    english, spanish = sentences["en"], sentences["es"]
    if fact["level"] == "stop":
        assert "Do not exercise until" in english
        assert "No haga ejercicio hasta" in spanish
    else:
        assert english.startswith("Because ")
        assert spanish.startswith("Por ")


def test_what_is_checked_first_each_day_is_that_of_heart_sugar_and_me_cfs(rules):
    """Whole-plan cautions that say a thing to check each day: they stand above the exercises, and are no caution."""
    first = {rule.condition for rule in rules.values() if rule.check_first}
    assert first == {"heart_failure", "type1_diabetes", "me_cfs"}
