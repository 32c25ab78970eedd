"""The starter exercises say what their sources say: kinds, movements, doses, and where sources disagree."""

import pytest
import yaml

from plans.dose import Dose, Side, Span
from plans.libraryfiles import Equipment
from tests.contraindications.test_starter_library import LIBRARY
from tests.library.facts import facts, parts


def dose(side=None, **spans):
    return Dose(side=side, **{field: Span.parse(text) for field, text in spans.items()})


WALK = dose(sets="1", duration_seconds="300-600")
"""Ours: the guide gives no time."""

# code: kind, position, targets of the low back, movements, default dose, source
GUIDES = {
    "childs-pose": (
        "stretch kneeling L4-L5,L5-S1 spine_flexion_end_range,deep_knee_flexion,kneeling",
        dose(sets="1", repetitions="3", hold_seconds="20-30"),
        "A",
    ),
    "single-knee-to-chest": (
        "stretch supine L5-S1 spine_flexion,hip_flexion_end_range,supine",
        dose(Side.EACH, sets="1", repetitions="3", hold_seconds="15-30"),
        "A, B",
    ),
    "cat-cow": (
        "mobility hands_and_knees L4-L5,L5-S1 spine_flexion,spine_extension,kneeling,weight_on_hands",
        dose(sets="1", repetitions="10"),
        "A",
    ),
    "pelvic-tilt": (
        "strengthening supine L5-S1 supine",
        dose(sets="1", repetitions="10-15", hold_seconds="5"),
        "A",
    ),
    "bird-dog": (
        "strengthening hands_and_knees L4-L5,L5-S1 kneeling,weight_on_hands,unstable_stance",
        dose(Side.EACH, sets="1", repetitions="10", hold_seconds="5"),
        "A",
    ),
    "glute-bridge": (
        "strengthening supine L4-L5,L5-S1 supine,hip_extension_loaded",
        dose(sets="1", repetitions="10-15", hold_seconds="5"),
        "A",
    ),
    "prone-press-up": (
        "mobility prone L5-S1 spine_extension_end_range,spine_extension_repeated,prone,weight_on_hands",
        dose(sets="1", repetitions="10", hold_seconds="10"),
        "A",
    ),
    "lower-trunk-rotation": (
        "stretch supine L4-L5,L5-S1 spine_rotation_end_range,supine",
        dose(Side.EACH, sets="1", repetitions="1", hold_seconds="30"),
        "B",
    ),
    "supine-leg-raise-stretch": (
        "stretch supine L4-L5,L5-S1 neural_tension,supine",
        dose(Side.EACH, sets="1", repetitions="1", hold_seconds="30"),
        "B",
    ),
    "walking": ("aerobic standing general upright_walking", WALK, "B"),
    "water-walking": ("aerobic water general water", WALK, "B"),
}
OURS = {
    "abdominal-bracing",
    "clamshell",
    "dead-bug",
    "double-knee-to-chest",
    "hamstring-stretch-towel",
    "hip-flexor-stretch",
    "lying-face-down",
    "nerve-glide",
    "piriformis-stretch",
    "side-plank-knees",
    "sit-to-stand",
    "standing-back-bend",
    "wall-sit",
}
ADDED = {row["exercise"]: parts(row["add_movements"]) for row in facts("retag")}
"""What the movements of the whole body find in the first exercises."""
LATER = {row["code"]: row for row in facts("exercises")}
FOR_LATER = {"ankle_weight"}
"""What the table names to make it harder: words and picture do without, so nobody must have it at home."""
SOURCES = {"A", "B", "ours, for review"}
"""The two guides, and what a reviewer has yet to confirm."""


@pytest.fixture(scope="session")
def exercises(starter):
    return {exercise.code: exercise for exercise in starter.exercises}


def test_each_exercise_has_a_dose_to_start_from_that_can_be_done(starter):
    for exercise in starter.exercises:
        dose = exercise.dose
        assert dose.repetitions or dose.duration_seconds, f"{exercise.code} begins without an amount"
        assert not list(dose.problems()), exercise.code
        outside = [
            name for name, span in dose.spans().items() if span and not exercise.safe[name].holds(span)
        ]
        assert not outside, f"{exercise.code}: {outside}"


def test_all_are_there(exercises):
    assert exercises.keys() - LATER.keys() == GUIDES.keys() | OURS


@pytest.mark.parametrize("code", LATER)
def test_facts_of_the_whole_body(exercises, code):
    if code not in exercises:
        return  # Its words are yet to be written.
    row, exercise = LATER[code], exercises[code]
    for name in ("region", "kind", "position"):
        assert getattr(exercise, name) == row[name], name
    for name in ("targets", "movements", "equipment", "sources"):
        assert sorted(getattr(exercise, name)) == sorted(set(parts(row[name])) - FOR_LATER), name
    assert exercise.one_sided == (row["one_sided"] == "yes")
    given = yaml.safe_load(f"{{{row['dose']}}}")
    side = Side(given.pop("side")) if "side" in given else None
    assert exercise.dose == dose(side, **{field: str(span) for field, span in given.items()})
    safe = yaml.safe_load(f"{{{row['safe']}}}")
    assert {field: str(span) for field, span in exercise.safe.items()} == {
        field: str(span) for field, span in safe.items()
    }
    for name in ("easier", "harder"):
        other = row[name] or None
        assert getattr(exercise, name) == (other if other in exercises else None), name


@pytest.mark.parametrize("code", GUIDES)
def test_facts_of_the_guides(exercises, code):
    facts, default, source = GUIDES[code]
    kind, position, targets, movements = facts.split()
    exercise = exercises[code]
    assert (exercise.kind, exercise.position, exercise.source) == (kind, position, source)
    assert set(targets.split(",")) <= set(exercise.targets)
    assert set(exercise.movements) == {*movements.split(","), *ADDED.get(code, ())}
    assert exercise.dose == default
    assert exercise.one_sided == (default.side is Side.EACH)


@pytest.mark.parametrize("code", sorted(OURS))
def test_what_is_ours_says_so(exercises, code):
    assert exercises[code].source == "ours, for review"
    assert exercises[code].dose != Dose()


def test_each_tells_its_region_level_and_whom_it_helps(exercises):
    assert [code for code, exercise in exercises.items() if not exercise.region or not exercise.level] == []
    assert [code for code, exercise in exercises.items() if not exercise.helps] == []
    first = [exercise for code, exercise in exercises.items() if code not in LATER]
    assert {mark.source for exercise in first for mark in exercise.helps} <= SOURCES


def test_each_has_another_name_in_each_language(exercises):
    names = [
        (code, tag, text) for code, exercise in exercises.items() for tag, text in exercise.texts.items()
    ]

    assert [(code, tag) for code, tag, text in names if not text.also or text.name in text.also] == []


def test_what_is_easier_or_harder_is_no_step_back(exercises):
    for exercise in exercises.values():
        if exercise.easier:
            assert exercises[exercise.easier].level <= exercise.level, exercise.code
        if exercise.harder:
            assert exercises[exercise.harder].level >= exercise.level, exercise.code


@pytest.mark.parametrize("way", ["easier", "harder"])
def test_no_way_of_steps_leads_round(exercises, way):
    for code in exercises:
        passed = []
        while code:
            assert code not in passed
            passed.append(code)
            code = getattr(exercises[code], way)


def test_every_safe_range_is_marked_for_review(starter):
    assert {exercise.safe_source for exercise in starter.exercises} == {"ours, for review"}
    assert all({"times_per_day", "days_per_week"} <= exercise.safe.keys() for exercise in starter.exercises)


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("prone-press-up", ("recommends", "contraindicated", "centralises")),
        ("standing-back-bend", ("recommends", "contraindicated", "centralises")),
        ("lower-trunk-rotation", ("suggests", "contraindicated", "did not spread")),
        ("single-knee-to-chest", ("15 to 30", "hold for 30", "short end")),
    ],
)
def test_sources_that_disagree_stand_side_by_side(exercises, code, words):
    disagreement = exercises[code].disagreement
    first, second = disagreement.sides
    assert words[0] in first.words
    assert words[1] in second.words
    assert words[2] in disagreement.go_on_when


def test_the_rest_of_the_facts(exercises):
    assert exercises["water-walking"].alternative_to == "walking"
    assert {
        code: set(exercise.equipment)
        for code, exercise in exercises.items()
        if exercise.equipment and code not in LATER
    } == {
        "hamstring-stretch-towel": {Equipment.TOWEL},
        "sit-to-stand": {Equipment.CHAIR},
        "wall-sit": {Equipment.WALL},
        "water-walking": {Equipment.POOL},
    }
    assert "sets and repetitions are ours" in exercises["lower-trunk-rotation"].source_note
    assert "therapist decides" in exercises["walking"].source_note


def test_position_and_movement_agree(starter):
    """Who lies face up or down, kneels or goes into water also meets the rules about it."""
    needed = {
        "supine": "supine",
        "prone": "prone",
        "side_lying": "side_lying",
        "kneeling": "kneeling",
        "hands_and_knees": "kneeling",
        "water": "water",
    }
    for exercise in starter.exercises:
        if exercise.position in needed:
            assert needed[exercise.position] in exercise.movements, exercise.code


def test_every_exercise_has_a_dose_to_start_from_that_can_be_followed():
    assert len(LIBRARY.exercises) > 100
    doses = {one.code: one.dose for one in LIBRARY.exercises}
    assert [code for code, dose in doses.items() if not dose.repetitions and not dose.duration_seconds] == []
