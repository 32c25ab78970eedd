"""The engine as a whole: the examples a physiotherapist would try first, order, unknown words, size."""

from dataclasses import replace
from datetime import timedelta

import pytest

from plans.contraindications import (
    KINDS,
    Level,
    RuleBook,
    SymptomFacts,
    UnknownCode,
    check,
    check_with,
    nothing_to_do,
)
from plans.contraindications.facts import RedFlag, ReviewState
from plans.dose import Dose, Side, Span
from tests.contraindications.world import (
    DOSE,
    EXERCISES,
    MOVEMENTS,
    RULES,
    TODAY,
    VOCABULARY,
    codes,
    condition,
    days_ago,
    exercise,
    findings,
    fired,
    item,
    plan,
    the,
)


def test_nothing_to_find():
    assert findings(plan()) == ()


def test_fusion_three_weeks_ago_and_press_up():
    facts = plan(
        exercise("prone-press-up"), conditions=(condition("lumbar_fusion_postop", surgery=days_ago(21)),)
    )
    assert fired(facts) == {"22": Level.AVOID, "25": Level.AVOID, "42": Level.CAUTION, "24": Level.CAUTION}
    assert {f.rule.code: f.holds_from for f in findings(facts) if f.holds_from} == {"24": days_ago(21 - 42)}


def test_microdiscectomy_one_week_ago_and_cat_cow():
    facts = plan(exercise("cat-cow"), conditions=(condition("microdiscectomy_postop", surgery=days_ago(7)),))
    assert fired(facts) == {"28": Level.CAUTION, "42": Level.CAUTION}


def test_no_surgery_date_is_as_if_in_the_window_and_a_finding():
    facts = plan(exercise("cat-cow"), conditions=(condition("microdiscectomy_postop"),))
    assert fired(facts) == {"28": Level.CAUTION, "42": Level.CAUTION}
    assert the("date_missing", facts).condition == "microdiscectomy_postop"


def test_new_disc_trouble_makes_bending_exercises_avoid():
    items = (exercise("single-knee-to-chest"), exercise("cat-cow"), exercise("pelvic-tilt"))
    for onset, level in ((days_ago(7), Level.AVOID), (days_ago(90), None)):
        facts = plan(*items, conditions=(condition("disc_herniation", onset=onset),))
        found = {f.item for f in findings(facts) if f.level is Level.AVOID}
        assert found == ({"single-knee-to-chest", "cat-cow"} if level else set())


def test_order_is_level_then_exercise_with_the_plan_first_then_code():
    items = [
        exercise(code, equipment=frozenset({"mat"}), dose=replace(DOSE, side=Side.LEFT))
        for code in ("walking", "cat-cow", "prone-press-up")
    ]
    facts = plan(
        *items,
        conditions=(condition("disc_herniation"), condition("spinal_infection")),
        symptoms=(SymptomFacts(code="fever", name="Fever", red_flag=RedFlag.SAME_DAY),),
        review_date=None,
    )
    place = {None: -1, "walking": 0, "cat-cow": 1, "prone-press-up": 2}
    found = findings(facts)
    keys = [(f.level.rank, place[f.item], f.code) for f in found]
    assert keys == sorted(keys)
    assert len({key[0] for key in keys}) == 4
    assert {f.item for f in found} == set(place)


def test_every_finding_has_its_level_in_the_table():
    facts = plan(
        *(exercise(code, text_state=ReviewState.MISSING, dose=Dose(sets=Span(0, 3))) for code in EXERCISES),
        conditions=tuple(
            condition(code, onset=days_ago(-1)) for code in ("disc_herniation", "spinal_tumour")
        ),
        language_ready=False,
        review_date=None,
    )
    found = findings(facts)
    assert len({f.code for f in found}) >= 10
    assert all(f.level in KINDS[f.code].levels for f in found)
    assert all(f.message.endswith(".") and f.action.endswith(".") for f in found)


def test_a_book_gives_the_same_for_many_plans():
    book = RuleBook(RULES, VOCABULARY)
    for code in EXERCISES:
        facts = plan(exercise(code), conditions=(condition("disc_herniation"), condition("osteoporosis")))
        assert check_with(facts, book) == check(facts, RULES, VOCABULARY)


@pytest.mark.parametrize(
    ("facts", "rules", "message"),
    [
        (
            plan(conditions=(condition("backache"),)),
            RULES,
            "The patient's condition Backache names condition backache",
        ),
        (plan(item("spine_bending")), RULES, "Exercise exercise-item names movement spine_bending"),
        (plan(), (replace(RULES[0], condition="backache"),), "Rule 1 names condition backache"),
        (plan(), (replace(RULES[0], movements=frozenset({"bend"})),), "Rule 1 names movement bend"),
    ],
)
def test_a_word_that_matches_nothing_is_an_error(facts, rules, message):
    with pytest.raises(UnknownCode, match=f"{message}, which the library does not have"):
        findings(facts, rules)


def test_five_hundred_exercises_and_a_rule_that_names_all_movements():
    everything = replace(RULES[0], movements=frozenset(MOVEMENTS), condition="sciatica")
    facts = plan(*(item(*MOVEMENTS, key=str(n)) for n in range(500)), conditions=(condition("sciatica"),))
    spoken = [f.item for f in findings(facts, (everything,)) if f.code == "condition_rule"]
    assert spoken == [str(n) for n in range(500)]


def test_an_empty_plan_is_not_an_all_clear():
    facts = replace(plan(), items=(), conditions=())
    assert codes(facts) == ["no_condition"]
    assert [finding.code for finding in nothing_to_do(facts)] == ["plan_empty"]
    assert not list(nothing_to_do(plan()))


def test_days_pass_and_a_finding_keeps_its_name():
    bending, disc = item("spine_flexion"), condition("disc_herniation", onset=days_ago(7))
    today = plan(bending, conditions=(disc,))
    tomorrow = replace(today, today=TODAY + timedelta(days=1))
    assert the("condition_rule", today).message != the("condition_rule", tomorrow).message
    assert the("condition_rule", today).fingerprint == the("condition_rule", tomorrow).fingerprint


def test_rules_of_one_exercise_come_in_the_order_of_their_codes():
    later, sooner = (replace(RULES[0], code=code, condition=code) for code in ("sciatica", "osteoporosis"))
    patient = (condition("sciatica", onset=days_ago(9)), condition("osteoporosis", onset=days_ago(8)))
    renamed = (replace(later, code="a"), replace(sooner, code="b"))
    facts = plan(item("spine_flexion_end_range"), conditions=patient)
    for given in (renamed, renamed[::-1]):
        assert [f.rule_code for f in findings(facts, given)] == ["a", "b"]
