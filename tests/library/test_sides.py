"""On which side an exercise asks for a movement: what its own words carry, else it is of both."""

from dataclasses import replace

import pytest

from plans.contraindications import ItemFacts, MovementSide, Vocabulary
from plans.contraindications.body_sides import read_item
from plans.dose import Side
from tests.library.facts import facts, parts

SIDES = {row["exercise"]: row for row in facts("sides")}
"""Each exercise that tells a side, and those that do not although one leg or arm works, with the words that show it."""


@pytest.fixture(scope="module")
def one_sided(starter):
    return {exercise.code: exercise for exercise in starter.exercises if exercise.one_sided}


@pytest.fixture(scope="module")
def vocabulary(starter):
    return Vocabulary(movements={one.code: one.implies for one in starter.movements}, conditions={})


def asked_of(exercise, side, vocabulary):
    item = ItemFacts(
        key="item",
        exercise_code=exercise.code,
        name=exercise.code,
        position=exercise.position,
        movements=frozenset(exercise.movements),
        dose=replace(exercise.dose, side=side),
        revision_id="r1",
        in_use_number=1,
        one_sided=True,
        sides=exercise.movement_sides,
    )
    return read_item(item, vocabulary)


def test_files_tell_the_sides_of_the_table_and_no_other(one_sided):
    told = {code: dict(one.movement_sides) for code, one in one_sided.items() if one.movement_sides}
    table = {
        code: dict.fromkeys(parts(row["working"]), MovementSide.WORKING)
        | dict.fromkeys(parts(row["other"]), MovementSide.OTHER)
        for code, row in SIDES.items()
    }
    assert told == {code: sides for code, sides in table.items() if sides}


@pytest.mark.parametrize("code", SIDES)
def test_the_words_of_the_table_are_those_of_the_exercise(one_sided, code):
    text = one_sided[code].texts["en"]
    assert SIDES[code]["words"] in " ".join([text.start, *text.steps])


def test_who_stands_carries_on_both_feet_and_may_fall_to_either_side(one_sided, vocabulary):
    standing = [one for one in one_sided.values() if one.position == "standing"]
    for exercise in standing:
        everything = asked_of(exercise, Side.EACH, vocabulary).left
        of_both = everything & {"leg_weight_bearing", "unstable_stance"}
        for side in (Side.LEFT, Side.RIGHT):
            asked = asked_of(exercise, side, vocabulary)
            assert of_both <= asked.left & asked.right, exercise.code
    assert {"calf-stretch-wall", "one-leg-stand", "step-up"} <= {one.code for one in standing}


@pytest.mark.parametrize(
    ("code", "movement"),
    [
        ("seated-figure-four-stretch", "hip_flexion_over_90"),  # the trunk leans over both thighs
        ("split-squat", "knee_flexion_loaded"),  # both knees bend
        ("heel-drop-floor", "calf_raise"),  # both feet rise
        ("heel-drop-step", "calf_raise"),
        ("heel-drop-step", "ankle_dorsiflexion_loaded_end_range"),  # both heels are over the edge
        ("single-leg-bridge", "leg_weight_bearing"),  # no word says whose leg the side is
        ("hip-hitch", "hip_abduction_active"),
        ("slide-forward-back", "knee_flexion_loaded"),
        ("shoulder-isometric-internal-rotation", "shoulder_resisted"),  # one hand presses, the other holds
        ("ankle-band-eversion", "ankle_resisted"),  # one foot pulls, the other holds
    ],
)
def test_what_both_sides_do_is_asked_of_both(one_sided, vocabulary, code, movement):
    for side in (Side.LEFT, Side.RIGHT):
        asked = asked_of(one_sided[code], side, vocabulary)
        assert movement in asked.left & asked.right
