"""Which findings are one cause, and when its card is shown."""

from dataclasses import replace

import pytest

from plans.contraindications import (
    Disagreement,
    Level,
    RedFlag,
    ReviewState,
    Said,
    SymptomFacts,
    Vocabulary,
    causes_of,
    check,
    fingerprints_of,
    make_cards,
)
from plans.contraindications.finding import item_finding, plan_finding
from tests.contraindications.world import CAUSE_FIRST, CONDITIONS, MOVEMENTS, RULES, condition, item, plan

WORDS = Vocabulary(
    movements=MOVEMENTS
    | {
        "leg_weight_bearing": (),
        "single_leg_loading": ("leg_weight_bearing",),
        "step_climbing": ("leg_weight_bearing",),
        "knee_bend": (),
        "lifting_max_load": ("lifting", "spine_flexion"),
    },
    conditions=CONDITIONS | {"falls_risk": None, "sprain": None},
    cause_first=CAUSE_FIRST,
)
BALANCE = ("unstable_stance", "step_climbing")
BOTH = Disagreement(sides=(Said("A", "yes."), Said("B", "no.")), go_on_when="tried.")


def rule(code, of, *movements, level=Level.CAUTION, counter=""):
    return replace(
        RULES[0],
        code=code,
        condition=of,
        movements=frozenset(movements),
        whole_plan=not movements,
        level=level,
        anchor=None,
        from_day=None,
        to_day=None,
        until_cleared=False,
        counter_evidence=counter,
    )


def cards_of(rules, *items, **facts):
    facts.setdefault(
        "conditions", tuple(condition(code) for code in sorted({one.condition for one in rules}))
    )
    return make_cards(check(plan(*items, **facts), rules, WORDS), WORDS)


def causes(cards):
    """Name what is in each card: the rules, or else the code, with the exercise."""
    return [
        " ".join(sorted({f"{finding.rule_code or finding.code}" for finding in card.findings}))
        for card in cards
    ]


@pytest.mark.parametrize(
    ("rules", "cards"),
    [
        pytest.param(
            [rule("bend", "sciatica", "spine_flexion"), rule("far", "sciatica", "spine_flexion_end_range")],
            ["bend far"],
            id="one disease's rules on the same movement, narrow and wide, are one",
        ),
        pytest.param(
            [
                rule("bend", "sciatica", "spine_flexion", level=Level.AVOID),
                rule("far", "sciatica", "spine_flexion_end_range"),
            ],
            ["bend far"],
            id="also when one is graver",
        ),
        pytest.param(
            [rule("bend", "sciatica", "spine_flexion"), rule("disc", "disc_herniation", "spine_flexion")],
            ["bend", "disc"],
            id="another disease is another cause",
        ),
        pytest.param(
            [rule("falls", "falls_risk", *BALANCE), rule("bone", "osteoporosis", "unstable_stance")],
            ["bone falls"],
            id="balance is said once a plan",
        ),
        pytest.param(
            [
                rule("sprain", "sprain", "leg_weight_bearing"),
                rule("girdle", "pregnancy", "single_leg_loading"),
            ],
            ["girdle sprain"],
            id="loading a leg is said once a plan",
        ),
        pytest.param(
            [
                rule("foot", "sprain", "leg_weight_bearing", level=Level.AVOID),
                rule("girdle", "pregnancy", "single_leg_loading"),
            ],
            ["foot", "girdle"],
            id="what is avoided is answered for its own disease",
        ),
        pytest.param(
            [rule("knee", "sprain", "knee_bend", "unstable_stance"), rule("falls", "falls_risk", *BALANCE)],
            ["falls", "knee"],
            id="a rule that speaks of more than balance stays with its disease",
        ),
        pytest.param(
            [rule("daily", "sprain"), rule("weekly", "sprain"), rule("other", "falls_risk")],
            ["daily weekly", "other"],
            id="what one disease says of the whole plan is one",
        ),
    ],
)
def test_rules_of_one_cause_are_one_card(rules, cards):
    asked = item("spine_flexion_end_range", "spine_extension", *BALANCE, "single_leg_loading", "knee_bend")
    assert sorted(causes(cards_of(rules, asked))) == cards


BEND, BACK = (
    rule("bend", "sciatica", "spine_flexion", level=Level.AVOID),
    rule("back", "sciatica", "spine_extension", level=Level.AVOID),
)
WARN = rule("warn", "sciatica", "neural_tension")
DAILY = rule("daily", "sciatica")
BENDS, ARCHES, PULLS = (
    ("1", ("spine_flexion",)),
    ("2", ("spine_extension",)),
    ("3", ("neural_tension",)),
)
ALL = ("4", ("spine_flexion", "spine_extension", "neural_tension"))


@pytest.mark.parametrize(
    ("rules", "items", "cards"),
    [
        pytest.param([BEND, BACK], [BENDS, ARCHES], ["back", "bend"], id="another movement is another cause"),
        pytest.param([BEND, BACK], [ALL], ["back bend"], id="but one exercise is decided once"),
        pytest.param([BEND, BACK], [ALL, BENDS], ["back bend"], id="by what speaks of more of them"),
        pytest.param(
            [BEND, BACK], [ALL, BENDS, ARCHES], ["back", "bend"], id="not where each has one of its own"
        ),
        pytest.param([BEND, WARN], [ALL, BENDS], ["bend warn"], id="a caution is read where it is avoided"),
        pytest.param(
            [BEND, WARN], [ALL, BENDS, PULLS], ["bend", "warn"], id="not where it says more than that"
        ),
        pytest.param([BEND, WARN], [ALL, PULLS], ["bend", "warn"], id="an avoid is never part of a caution"),
        pytest.param([BEND, DAILY], [BENDS, PULLS], ["bend daily"], id="so is what holds for the plan"),
        pytest.param([BEND, DAILY], [PULLS], ["daily"], id="or else it has a card"),
        pytest.param(
            [BEND, replace(DAILY, level=Level.AVOID)], [BENDS], ["bend", "daily"], id="but not to be answered"
        ),
        pytest.param(
            [BEND, replace(DAILY, level=Level.STOP)], [BENDS], ["bend", "daily"], id="a stop always has one"
        ),
        pytest.param(
            [BEND, replace(BACK, condition="sprain")], [ALL], ["back", "bend"], id="another disease too"
        ),
        pytest.param(
            [BEND, BACK, WARN, DAILY],
            [ALL, ("5", ("spine_extension", "neural_tension")), ARCHES],
            ["back bend daily warn"],
            id="whatever goes into what goes into another",
        ),
    ],
)
def test_what_one_disease_says_of_an_exercise_is_decided_once(rules, items, cards):
    found = cards_of(rules, *(item(*movements, key=key) for key, movements in items))
    assert sorted(causes(found)) == cards
    assert all(card.findings[0].level is card.level for card in found)


def test_a_rule_and_its_sources_disagreement_are_one():
    both = item("spine_extension", key="up", disagreement=BOTH)
    (card,) = cards_of([rule("back", "sciatica", "spine_extension", counter="Guide A differs")], both)
    assert [finding.code for finding in card.findings] == ["condition_rule", "sources_disagree"]


def test_sources_that_disagree_where_no_rule_is_against_it_are_a_note():
    (card,) = cards_of([], item("prone", disagreement=BOTH), conditions=(condition("muscle_weakness"),))
    assert card.is_note
    assert not card.is_open(())


@pytest.mark.parametrize(
    ("facts", "found"),
    [
        (
            {"text_state": ReviewState.NEEDS_REVIEW, "equipment": frozenset({"band"})},
            ["text_not_approved", "equipment_missing"],
        ),
        ({"retired": True}, ["exercise_retired", "exercise_retired"]),
    ],
)
def test_what_has_one_answer_is_said_once_and_what_is_judged_by_exercise_is_not(facts, found):
    rows = (item(key="1", **facts), item(key="2", **facts))
    assert causes(cards_of([], *rows, conditions=(condition("muscle_weakness"),))) == found


def test_facts_that_are_missing_are_one_card_and_each_red_flag_its_own():
    words = Vocabulary(movements=MOVEMENTS, conditions=CONDITIONS, sided=("sciatica", "radiculopathy"))
    flags = tuple(
        SymptomFacts(code=code, name=code, red_flag=RedFlag.SAME_DAY) for code in ("fever", "numbness")
    )
    facts = plan(conditions=(condition("sciatica"), condition("radiculopathy")), symptoms=flags)
    assert causes(make_cards(check(facts, (), words), words)) == [
        "red_flag_same_day",
        "red_flag_same_day",
        "side_missing",
    ]


def test_the_better_order_is_the_button_alone():
    assert make_cards([plan_finding("order_changes_position", "2 changes", "Put together.")], WORDS) == ()


def test_a_card_is_open_until_all_of_it_is_answered():
    rules = [rule("bend", "sciatica", "spine_flexion", level=Level.AVOID)]
    one, other = item("spine_flexion", key="1"), item("spine_flexion", key="2")
    (card,) = cards_of(rules, one)
    first = {card.findings[0].fingerprint}
    assert card.is_open(())
    assert not card.is_open(first)
    (more,) = cards_of(rules, one, other)
    assert more.cause == card.cause
    assert more.is_open(first)
    assert [finding.item for finding in more.unanswered(first)] == ["2"]


def test_a_caution_may_be_answered_and_a_stop_never_is():
    (caution,) = make_cards([plan_finding("review_date_missing", "No date.", "Enter one.")], WORDS)
    assert caution.is_open(())
    assert not caution.is_open({caution.findings[0].fingerprint})
    stop = item_finding("dose_impossible", ("1", "r"), "Cannot be.", "Correct it.")
    (card,) = make_cards([stop], WORDS)
    assert card.is_open({stop.fingerprint})
    assert fingerprints_of(card.cause, [card]) == ()


def test_a_reason_is_given_for_a_cause_or_for_one_finding():
    rules = [rule("bend", "sciatica", "spine_flexion", level=Level.AVOID)]
    cards = cards_of(rules, item("spine_flexion", key="1"), item("spine_flexion", key="2"))
    both = tuple(finding.fingerprint for finding in cards[0].findings)
    assert fingerprints_of(cards[0].cause, cards) == both
    assert fingerprints_of(both[1], cards) == (both[1],)
    assert fingerprints_of("0" * 32, cards) == ()
    assert causes_of(cards) == dict.fromkeys(both, cards[0].cause)


def test_a_cause_is_named_without_patient_data_and_keeps_its_name():
    (card,) = make_cards([plan_finding("diagnosis_named", "“gout”", "Record it.", "gout")], WORDS)
    assert card.cause == "24fae951e0d459b7aaf7d15b0a3a662c"
