"""Joints by clinical name."""

import pytest

from plans.figures.joints import AXES, MIDLINE
from plans.figures.read.names import JOINTS
from tests.figures.read.helpers import panel_of, panel_problems


def angles(joints, *, start="standing"):
    panel = panel_of(f"joints: {{{joints}}}", start=start)
    return {
        (str(angle.side) if angle.side else None, str(angle.joint), angle.movement): angle.degrees
        for angle in panel.joints
        if angle.line == 6
    }


def test_without_a_side_both_are_meant():
    assert angles("hip flexion: 90") == {("right", "hip", "flexion"): 90, ("left", "hip", "flexion"): 90}
    assert angles("left hip flexion: 90.5") == {("left", "hip", "flexion"): 90.5}
    assert angles("neck rotation right: 3") == {(None, "neck", "rotation right"): 3}


@pytest.mark.parametrize(
    "joints", ["hip flexion: 20, right hip extension: 5", "right hip extension: 5, hip flexion: 20"]
)
def test_the_narrower_name_counts_whatever_the_order(joints):
    assert angles(joints) == {("right", "hip", "extension"): 5, ("left", "hip", "flexion"): 20}


def test_names_for_several_joints_are_taken_apart():
    assert angles("trunk flexion: 50") == {(None, "lumbar", "flexion"): 30, (None, "thoracic", "flexion"): 20}
    assert angles("right toes extension: 30") == {
        ("right", "big toe", "extension"): 30,
        ("right", "small toes", "extension"): 30,
    }
    fist = angles("right fingers flexion: 80, right index pip flexion: 10")
    assert len(fist) == 12
    assert (fist["right", "index pip", "flexion"], fist["right", "little dip", "flexion"]) == (10, 80)


def test_a_panel_turns_the_joint_the_other_way_than_the_start_pose():
    panel = panel_of("joints: {right hip extension: 12}", start="hands and knees")
    hips = [(a.side, a.signed) for a in panel.joints if a.joint == "hip" and a.axis.name == "flexion"]

    assert dict(hips) == {"right": -12, "left": 90}


@pytest.mark.parametrize(
    ("joints", "problem"),
    [
        ("right hip flexion: 400", "right hip flexion 400: a person's joint goes 0 to 140 degrees"),
        ("trunk rotation left: 60", "trunk rotation left 60: a person's joint goes 0 to 53 degrees"),
        ("knee flexion: -5", "knee flexion -5: the name tells the direction, so write extension for the other one"),
        ("knee extension: -5", "knee extension -5: the name tells the direction, so write flexion for the other one"),
        ("trunk flexion: -5", "so write extension for the other one"),
        ("left knee: 5", "left knee needs a movement: flexion, extension"),
        ("knee flexon: 5", "knee flexon is no movement of a joint; did you mean knee flexion?"),
        ("xyzzy: 5", "xyzzy is no movement of a joint; see docs/how-to/pose-language.md"),
        ("hip flexion: 5, hip extension: 5", "hip extension and hip flexion turn the same joint"),
        ("hip flexion: 5, hip flexion: 6", "hip flexion is given twice"),
        ("hip flexion: off", "off: a number like 12 or 3.5 is expected here"),
        ("hip flexion: -.2", "-.2: a number like 12 or 3.5 is expected here"),
        ("hip flexion: 1_0", "1_0: a number like 12 or 3.5 is expected here"),
        ("hip flexion: 0x1", "0x1: a number like 12 or 3.5 is expected here"),
        ("hip flexion: 1:30", "1:30: a number like 12 or 3.5 is expected here"),
        ("hip flexion: 012", "012: a number like 12 or 3.5 is expected here"),
        ("hip flexion: '12'", "12: a number like 12 or 3.5 is expected here"),
        ("hip flexion: [12]", "this: a number like 12 or 3.5 is expected here"),
        ("[1, 2]: 3", "a name is expected here, before a colon"),
    ],
)  # fmt: skip
def test_wrong_angles_are_told_with_their_line(joints, problem):
    found = panel_problems(f"joints: {{{joints}}}")

    assert found[0].startswith("6: ")
    assert problem in found[0]


def test_every_movement_has_a_name_a_range_and_an_opposite():
    for joint, axes in AXES.items():
        for axis in axes:
            assert axis.most > 0
            assert axis.least >= 0
            assert (f"{joint} {axis.positive}" in JOINTS, f"{joint} {axis.negative}" in JOINTS) == (
                True,
                axis.least > 0,
            )
        assert (f"left {joint} {axes[0].positive}" in JOINTS) == (joint not in MIDLINE)
