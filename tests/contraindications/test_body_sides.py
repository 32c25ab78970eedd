"""Rules compare sides: that of a movement, as the library tells it, and that of the condition."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plans.contraindications import Anchor, Level, MovementSide, Operated, Rule, Vocabulary, check
from plans.dose import Side
from tests.contraindications.world import DOSE, TODAY, condition, days_ago, item, limit, plan

WORKING, OTHER = MovementSide.WORKING, MovementSide.OTHER
VOCABULARY = Vocabulary(
    movements={
        "hip_abduction_active": (),
        "leg_weight_bearing": (),
        "single_leg_stance": ("leg_weight_bearing", "unstable_stance"),
        "unstable_stance": (),
        "side_lying": (),
        "knee_extension_end_range": (),
        "spine_rotation": (),
        "side_bending": (),
        "lifting": (),
    },
    conditions={
        "hip": None,
        "hip_front": "hip",
        "hip_back": "hip",
        "knee": None,
        "spine": None,
        "tear": None,
        "well": None,
    },
    sided=("hip", "hip_front", "hip_back", "knee"),
    ask_which=("hip",),
)


def rule(code, of, *movements, level=Level.AVOID, **facts):
    said = {"rationale": "it heals", "evidence": "opinion", "source": "ours", "version": 1}
    return Rule(code=code, condition=of, movements=frozenset(movements), level=level, **(said | facts))


RULES = (
    rule("hip", "hip", "hip_abduction_active", "leg_weight_bearing", "side_lying"),
    rule("knee", "knee", "knee_extension_end_range"),
    rule("spine", "spine", "spine_rotation"),
)


def found(*items, conditions, rules=RULES):
    return check(
        plan(*items, conditions=conditions, review_date=TODAY + timedelta(days=7)), rules, VOCABULARY
    )


def fired(*items, conditions, rules=RULES):
    return {
        (one.item, one.rule.code): one.level
        for one in found(*items, conditions=conditions, rules=rules)
        if one.code == "condition_rule"
    }


def one_sided(side, movements, **facts):
    """An exercise of one side; `movements` maps each to its side, None for one that is not told."""
    sides = {code: told for code, told in movements.items() if told}
    return item(*movements, dose=replace(DOSE, side=side), one_sided=True, sides=sides, **facts)


STANDING_LIFT = {"hip_abduction_active": WORKING, "single_leg_stance": OTHER}
CLAMSHELL = {"hip_abduction_active": WORKING, "side_lying": OTHER}


@pytest.mark.parametrize(
    ("side", "movements", "fires"),
    [
        (Side.RIGHT, STANDING_LIFT, True),  # the right leg lifts, the left hip carries the body
        (Side.LEFT, STANDING_LIFT, True),  # the left hip lifts
        (Side.RIGHT, CLAMSHELL, True),  # lying on the left hip
        (Side.LEFT, CLAMSHELL, True),
        (Side.RIGHT, {"hip_abduction_active": WORKING}, False),
        (Side.LEFT, {"hip_abduction_active": WORKING}, True),
        (Side.EACH, {"hip_abduction_active": WORKING}, True),
        (Side.RIGHT, {"hip_abduction_active": None}, True),  # the library does not say: both
        (Side.LEFT, {"side_lying": OTHER}, False),  # lying on the right
        (Side.LEFT, {"single_leg_stance": OTHER}, False),
    ],
)
def test_a_left_hip(side, movements, fires):
    patient = (condition("hip_back", side="left"),)
    assert bool(fired(one_sided(side, movements), conditions=patient)) == fires


def test_a_left_knee_and_the_left_thigh():
    lift = one_sided(Side.LEFT, {"knee_extension_end_range": WORKING})
    assert fired(lift, conditions=(condition("knee", side="left"),)) == {("item", "knee"): Level.AVOID}
    assert fired(lift, conditions=(condition("knee", side="right"),)) == {}


@pytest.mark.parametrize("side", ["", "both"])
def test_a_side_that_nobody_told_is_both(side):
    for works in (Side.LEFT, Side.RIGHT):
        lift = one_sided(works, {"knee_extension_end_range": WORKING})
        assert fired(lift, conditions=(condition("knee", side=side),))


@pytest.mark.parametrize("side", [Side.LEFT, Side.RIGHT])
@pytest.mark.parametrize("recorded", ["", "left", "right", "both"])
@pytest.mark.parametrize("movements", [{"spine_rotation": None}, {"lifting": WORKING}, {"lifting": OTHER}])
def test_rules_of_the_trunk_know_no_side(side, recorded, movements):
    """The disc bulges to the left, and the right arm lifts: the same back."""
    rules = (*RULES, rule("lift", "spine", "lifting"))
    exercise = one_sided(side, movements)
    assert fired(exercise, conditions=(condition("spine", side=recorded),), rules=rules)
    late = [replace(one, anchor=Anchor.SURGERY, from_day=10, to_day=84) for one in rules]
    soon = condition("spine", side=recorded, surgery=days_ago(5))
    assert fired(exercise, conditions=(soon,), rules=late)


ON_THE_FEET = (
    rule("sore", "knee", "leg_weight_bearing"),
    rule("falls", "knee", "unstable_stance", level=Level.CAUTION),
    rule("bends", "knee", "knee_extension_end_range"),
)


@pytest.mark.parametrize("told", [WORKING, OTHER])
@pytest.mark.parametrize("side", [Side.LEFT, Side.RIGHT])
def test_who_stands_has_weight_on_both_feet_and_falls_as_a_whole(side, told):
    stand = one_sided(
        side, {"single_leg_stance": told, "knee_extension_end_range": WORKING}, position="standing"
    )
    for sore in ("left", "right"):
        said = fired(stand, conditions=(condition("knee", side=sore),), rules=ON_THE_FEET)
        assert said.keys() - {("item", "bends")} == {("item", "sore"), ("item", "falls")}
        assert (("item", "bends") in said) == (sore == side)


@pytest.mark.parametrize("side", [Side.LEFT, Side.RIGHT])
def test_a_limit_of_one_leg_forbids_to_stand_with_the_other_at_work(side):
    stand = one_sided(side, {"single_leg_stance": WORKING}, position="standing")
    no_weight = limit("leg_weight_bearing", side="left", words="No weight on the left leg")
    said = check(plan(stand, conditions=(), limits=(no_weight,)), (), VOCABULARY)
    assert "limit" in {one.code for one in said}


def test_weight_that_the_library_tells_of_one_leg_by_name_is_on_that_leg():
    hop = one_sided(Side.RIGHT, {"leg_weight_bearing": WORKING}, position="standing")
    assert not fired(hop, conditions=(condition("knee", side="left"),), rules=ON_THE_FEET)
    assert fired(hop, conditions=(condition("knee", side="right"),), rules=ON_THE_FEET)


def test_two_hips_with_two_dates_are_two_windows():
    early = rule("early", "hip", "hip_abduction_active", anchor=Anchor.SURGERY, from_day=0, to_day=84)
    hips = (
        condition("hip_back", side="left", surgery=days_ago(7)),
        condition("hip_back", side="right", surgery=days_ago(400)),
    )
    left = one_sided(Side.LEFT, {"hip_abduction_active": WORKING}, key="left")
    right = one_sided(Side.RIGHT, {"hip_abduction_active": WORKING}, key="right")
    assert fired(left, right, conditions=hips, rules=[early]) == {("left", "early"): Level.AVOID}


def test_a_window_that_opens_for_the_other_side_alone_is_told_at_its_exercise():
    late = rule("late", "hip", "hip_abduction_active", anchor=Anchor.SURGERY, from_day=10, to_day=84)
    hips = (
        condition("hip_back", side="left", surgery=days_ago(20)),
        condition("hip_back", side="right", surgery=days_ago(5)),
    )
    left = one_sided(Side.LEFT, {"hip_abduction_active": WORKING}, key="left")
    right = one_sided(Side.RIGHT, {"hip_abduction_active": WORKING}, key="right")
    said = {
        one.item: one.holds_from
        for one in found(left, right, conditions=hips, rules=[late])
        if one.code == "condition_rule"
    }
    assert said == {"left": None, "right": TODAY + timedelta(days=5)}


# --- What is to be said more precisely ---


@pytest.mark.parametrize(("works", "level"), [(Side.LEFT, Level.CAUTION), (Side.EACH, Level.ADVICE)])
def test_a_side_that_is_missing_is_asked_for_louder_where_it_matters(works, level):
    lift = one_sided(works, {"knee_extension_end_range": WORKING})
    (asked,) = (one for one in found(lift, conditions=(condition("knee"),)) if one.code == "side_missing")
    assert (asked.level, asked.condition) == (level, "knee")


def test_no_side_is_asked_of_the_spine_nor_where_one_is_told():
    patients = (condition("spine"), condition("knee", side="both"))
    assert [one for one in found(item(), conditions=patients) if one.code == "side_missing"] == []


KINDS = (
    rule("front", "hip_front", "hip_abduction_active", anchor=Anchor.SURGERY, from_day=0, to_day=42),
    rule("back", "hip_back", "hip_abduction_active", anchor=Anchor.SURGERY, from_day=0, to_day=84),
    rule("mild", "hip_back", "side_lying", level=Level.CAUTION),
    rule("never", "hip_front", "single_leg_stance", level=Level.STOP),
)


def test_while_the_kind_is_not_told_the_strictest_kinds_avoid_is_a_caution_and_a_stop_stays():
    lift, stand = item("hip_abduction_active", key="lift"), item("single_leg_stance", key="stand")
    lie = item("side_lying", key="lie")
    said = fired(lift, stand, lie, conditions=(condition("hip", surgery=days_ago(7)),), rules=KINDS)
    assert said == {("lift", "back"): Level.CAUTION, ("stand", "never"): Level.STOP}


def test_the_kind_is_asked_for_and_offered():
    (asked,) = (one for one in found(item(), conditions=(condition("hip"),)) if one.code == "kind_missing")
    assert asked.suggested == ("hip_back", "hip_front")
    told = (condition("hip"), condition("hip_back"))
    assert [one for one in found(item(), conditions=told) if one.code == "kind_missing"] == []


@pytest.mark.parametrize(
    ("asked", "told", "answered"),
    [
        ("right", ["right"], True),
        ("right", ["both"], True),
        ("both", ["left", "right"], True),
        ("", ["left", "right"], True),
        ("", [""], True),
        ("both", ["both"], True),
        ("right", ["left"], False),  # the old hip says nothing of the new one
        ("right", [""], False),
        ("both", ["left"], False),
        ("", ["left"], False),
        ("both", [""], False),
    ],
)
def test_a_kind_answers_for_its_own_side_alone(asked, told, answered):
    new = condition("hip", side=asked, surgery=days_ago(10))
    old = [condition("hip_back", side=side, surgery=days_ago(2500)) for side in told]
    lift = item("hip_abduction_active")
    said = found(lift, conditions=(new, *old), rules=KINDS)
    assert {one.code for one in said} & {"kind_missing"} == (set() if answered else {"kind_missing"})
    cautions = [one.rule.code for one in said if one.code == "condition_rule" and one.rule.kind_of]
    assert cautions == ([] if answered else ["back"])


def test_a_kind_of_the_trunk_answers_whatever_side_was_recorded():
    vocabulary = Vocabulary(
        movements={"turn": ()}, conditions={"spine": None, "disc": "spine"}, ask_which=("spine",)
    )
    patient = plan(item("turn"), conditions=(condition("spine", side="left"), condition("disc")))
    assert "kind_missing" not in {one.code for one in check(patient, (), vocabulary)}


def test_of_two_kinds_each_movement_has_its_strictest():
    """One exercise bends and turns out: what one kind must not and what the other must not are both said."""
    rules = (
        rule("back bends", "hip_back", "side_lying", anchor=Anchor.SURGERY, from_day=0, to_day=84),
        rule("back crosses", "hip_back", "leg_weight_bearing", anchor=Anchor.SURGERY, from_day=0, to_day=84),
        rule("front bends", "hip_front", "side_lying", anchor=Anchor.SURGERY, from_day=0, to_day=42),
        rule(
            "front turns", "hip_front", "hip_abduction_active", anchor=Anchor.SURGERY, from_day=0, to_day=42
        ),
    )
    patient = (condition("hip", surgery=days_ago(10)),)
    every = item("side_lying", "leg_weight_bearing", "hip_abduction_active")
    assert fired(every, conditions=patient, rules=rules) == {
        ("item", "back bends"): Level.CAUTION,
        ("item", "back crosses"): Level.CAUTION,
        ("item", "front turns"): Level.CAUTION,
    }


def test_what_is_said_of_one_hip_does_not_stand_for_the_other():
    rules = (
        rule("late", "hip_back", "side_lying", anchor=Anchor.SURGERY, from_day=0, to_day=400),
        rule("early", "hip_front", "side_lying", anchor=Anchor.SURGERY, from_day=0, to_day=42),
        rule("old", "hip_front", "side_lying", anchor=Anchor.SURGERY, from_day=300, to_day=350),
    )
    hips = (
        condition("hip", side="left", surgery=days_ago(10)),
        condition("hip", side="right", surgery=days_ago(320)),
    )
    alone = [fired(item("side_lying"), conditions=(one,), rules=rules).keys() for one in hips]
    both = fired(item("side_lying"), conditions=hips, rules=rules).keys()
    assert alone[0] | alone[1] <= both


def test_a_kind_that_is_told_has_its_own_level():
    lift = item("hip_abduction_active")
    assert fired(lift, conditions=(condition("hip_front", surgery=days_ago(7)),), rules=KINDS) == {
        ("item", "front"): Level.AVOID
    }


# --- Operated? When? ---

AFTER = rule("after", "tear", "hip_abduction_active", anchor=Anchor.SURGERY, from_day=0, to_day=84)


@pytest.mark.parametrize(
    ("facts", "fires"),
    [
        ({}, True),
        ({"operated": Operated.DAY_UNKNOWN}, True),
        ({"operated": Operated.NO}, False),
        ({"operated": Operated.NO, "surgery": days_ago(7)}, True),  # a day that is recorded is a fact
        ({"surgery": days_ago(84)}, False),
    ],
)
def test_not_operated_ends_the_window(facts, fires):
    lift = item("hip_abduction_active")
    assert bool(fired(lift, conditions=(condition("tear", **facts),), rules=[AFTER])) == fires


@pytest.mark.parametrize(
    ("operated", "said"),
    [(None, "no date of surgery"), (Operated.DAY_UNKNOWN, "is not known"), (Operated.NO, None)],
)
def test_what_is_said_of_a_day_that_is_missing(operated, said):
    patient = condition("tear", operated=operated)
    messages = [
        one.message
        for one in found(item(), conditions=(patient,), rules=[AFTER])
        if one.code == "date_missing"
    ]
    assert [said in message for message in messages] == ([True] if said else [])


# --- What holds for all ---

movement = st.sampled_from(
    ["hip_abduction_active", "leg_weight_bearing", "side_lying", "knee_extension_end_range"]
)
exercises = st.lists(
    st.tuples(
        st.sampled_from([*Side]),
        st.dictionaries(movement, st.sampled_from([None, *MovementSide]), min_size=1),
    ),
    min_size=1,
    max_size=4,
)


def build(drawn):
    return [one_sided(side, movements, key=f"item-{n}") for n, (side, movements) in enumerate(drawn)]


@given(exercises, st.sampled_from(["hip_back", "knee"]), st.sampled_from(["left", "right"]))
def test_telling_a_side_never_adds_and_both_sides_together_say_what_none_said(drawn, code, side):
    items = build(drawn)
    untold = fired(*items, conditions=(condition(code),))
    told = fired(*items, conditions=(condition(code, side=side),))
    assert told.items() <= untold.items()
    other = "left" if side == "right" else "right"
    both = (condition(code, side=side), condition(code, side=other))
    assert fired(*items, conditions=both).items() == untold.items()


rules_of_kinds = st.lists(
    st.builds(
        lambda code, of, moves, level, window: rule(
            code, of, *moves, level=level, anchor=Anchor.SURGERY, from_day=window[0], to_day=sum(window)
        ),
        st.uuids().map(str),
        st.sampled_from(["hip", "hip_back", "hip_front", "knee", "spine"]),
        st.sets(movement, min_size=1, max_size=2),
        st.sampled_from([Level.STOP, Level.AVOID, Level.CAUTION]),
        st.tuples(st.integers(0, 50), st.integers(1, 50)),
    ),
    max_size=6,
)
patients = st.lists(
    st.builds(
        lambda code, side, days: condition(code, side=side, surgery=days and days_ago(days)),
        st.sampled_from(["hip", "hip_back", "hip_front", "knee", "spine"]),
        st.sampled_from(["", "left", "right", "both"]),
        st.none() | st.integers(1, 60),
    ),
    max_size=3,
    unique_by=lambda one: one.identity,
)


@given(exercises, rules_of_kinds, patients, patients)
def test_a_condition_of_the_other_side_takes_nothing_away(drawn, rules, left, more):
    """Nor does one whose side nobody told: only a kind of the very side, or of both, answers which kind it is."""
    items = build(drawn)
    asked = [replace(one, side="left") if one.code in VOCABULARY.sided else one for one in left]
    asked = list({one.identity: one for one in asked}.values())
    others = [replace(one, side="right" if one.side in ("left", "both") else one.side) for one in more]

    def said(conditions):
        return {
            (one.code, one.item, one.rule.code if one.rule else one.condition)
            for one in found(*items, conditions=tuple(conditions), rules=rules)
            if one.code in ("condition_rule", "kind_missing")
        }

    names = {one.identity for one in asked}
    assert said(asked) <= said([*asked, *(one for one in others if one.identity not in names)])


@given(exercises, st.permutations([condition("hip_back", side="left"), condition("knee", side="right")]))
def test_order_makes_no_difference(drawn, conditions):
    items = build(drawn)
    assert fired(*items, conditions=tuple(conditions)) == fired(
        *items, conditions=tuple(reversed(conditions))
    )
