"""What no rule reaches is explained: a coverage that shrinks unseen is a safety net with a new hole."""

from tests.library.facts import facts

UNNAMED = {
    "breath_control": "calm breathing is for nearly everybody",
    "elbow_movement": "the limits of the elbow are those of its load and of the hand",
    "elbow_resisted": "as lifting, which exercises with a weight ask for beside it",
    "finger_movement": "fingers are to move, in a cast too",
    "pelvic_floor_contraction": "no source names a limit",
    "scapula_movement": "drawing the blades back without load is allowed early after shoulder and heart surgery",
    "side_bending": "the two guides name no limit",
    "toe_extension_end_range": "no source names a limit",
    "trunk_bracing": "gentle; its strong form is abdominal_pressure_high",
}
"""Movements that no rule speaks of, nor of what they imply."""
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
"""Exercises that ask for nothing but such movements."""
RULELESS = {
    "back_injury": "a word for advice and leaflets: its kinds have the rules",
    "cervicogenic_headache": "its parent neck_pain has the rules",
    "muscle_weakness": "a reason for exercise, no limit",
    "poor_posture": "a reason for exercise, no limit",
    "rheumatoid_arthritis": "its flare and its loose neck have the rules",
    "tight_muscles": "a reason for exercise, no limit",
}


def reach(starter):
    wider = {movement.code: movement.implies for movement in starter.movements}

    def follow(code):
        return {code}.union(*(follow(above) for above in wider[code]))

    return {code: follow(code) for code in wider}


def test_movements_that_no_rule_speaks_of(starter):
    named = {code for rule in starter.rules for code in rule.movements}
    assert {code for code, far in reach(starter).items() if not far & named} == UNNAMED.keys()


def test_exercises_that_no_rule_reaches(starter):
    named, far = {code for rule in starter.rules for code in rule.movements}, reach(starter)
    reached = {
        each.code: named & {code for one in each.movements for code in far[one]} for each in starter.exercises
    }
    assert {code for code, by in reached.items() if not by} == UNREACHED


def test_conditions_without_a_rule(starter):
    held = {rule.condition for rule in starter.rules}
    assert {entry.code for entry in starter.conditions if entry.code not in held} == RULELESS.keys()


def test_movements_that_no_exercise_asks_for(starter):
    """Rules about impact, full strength, sit-ups, planted twists and closed eyes wait for a clinic's own exercises."""
    far = reach(starter)
    asked = {code for row in facts("exercises") for one in row["movements"].split(";") for code in far[one]}
    asked |= {code for exercise in starter.exercises for one in exercise.movements for code in far[one]}
    unused = far.keys() - asked
    assert unused <= {
        "extension_with_rotation",
        "eyes_closed_balance",
        "high_impact",
        "lifting_from_floor_or_overhead",
        "lifting_max_load",
        "prolonged_standing",
        "rotation_feet_planted",
        "sit_up",
        "head_below_heart",
        "neck_side_bending_resisted",
        "wrist_flexion_resisted",
    }, unused
