"""A slider changes one number of the text and nothing else."""

import pytest

from plans.figures.errors import FigureFileError
from plans.figures.read.edit import add_panel, set_joint, set_start
from plans.figures.read.figure import parse_figure
from plans.figures.read.vocabulary import slider_values, sliders
from plans.figures.words import StartPose
from tests.figures.read.helpers import HEAD

TEXT = """\
figure: small        # a name
start: supine
alt: {en: "A person: lying."}
panels:
  - {}               # the start
  - free: [right leg]   # the leg that moves
    joints: {hip flexion: 20, right knee flexion: 90}   # degrees
  - joints:
      neck flexion: 12   # a nod

      elbow flexion: 3
  - {arrows: [right ankle]}
"""


def changed(before, after):
    old, new = before.split("\n"), after.split("\n")
    return [line.strip() for line in new if line not in old], [
        line.strip() for line in old if line not in new
    ]


@pytest.mark.parametrize(
    ("panel", "name", "degrees", "line"),
    [
        (1, "right knee flexion", 100, "joints: {hip flexion: 20, right knee flexion: 100}   # degrees"),
        (1, "right knee flexion", -4, "joints: {hip flexion: 20, right knee extension: 4}   # degrees"),
        (1, "right hip flexion", 30.25, "joints: {hip flexion: 20, right knee flexion: 90, right hip flexion: 30.2}   # degrees"),  # noqa: E501
        (2, "neck extension", 5, "neck extension: 5   # a nod"),
        (2, "neck flexion", 0, "neck flexion: 0   # a nod"),
        (2, "left wrist flexion", 8, "left wrist flexion: 8"),
        (0, "left hip flexion", 8, "- {joints: {left hip flexion: 8}}               # the start"),
        (3, "jaw opening", 8, "- {joints: {jaw opening: 8}, arrows: [right ankle]}"),
        (None, "jaw opening", 8, "joints: {jaw opening: 8}"),
    ],
)  # fmt: skip
def test_one_joint_is_set(panel, name, degrees, line):
    text = set_joint(TEXT, panel=panel, name=name, degrees=degrees)

    new, old = changed(TEXT, text)
    assert new == [line]
    assert len(old) <= 1
    assert text.count("#") == TEXT.count("#")
    parse_figure(text)


def test_a_panel_without_joints_gets_them_before_its_first_key():
    before = (
        HEAD.format(start="supine") + "panels:\n  - free: [right heel]   # off\n    marks: [breathe in]\n"
    )
    text = set_joint(before, panel=0, name="right hip flexion", degrees=40)

    assert text.splitlines()[4:] == [
        "  - joints: {right hip flexion: 40}",
        "    free: [right heel]   # off",
        "    marks: [breathe in]",
    ]


@pytest.mark.parametrize(
    ("panel", "name", "degrees"),
    [
        (4, "neck flexion", 1),
        (-1, "neck flexion", 1),
        (0, "hip bending", 1),
        (0, "neck flexion", 400),
        (0, "jaw opening", -3),
    ],
)
def test_what_cannot_be_set(panel, name, degrees):
    with pytest.raises(FigureFileError):
        set_joint(TEXT, panel=panel, name=name, degrees=degrees)


@pytest.mark.parametrize("text", ["", "[", "- a", "panels: [{joints: 3}]", "panels: [3]"])
def test_a_text_that_is_no_figure_is_left_alone(text):
    with pytest.raises(FigureFileError):
        set_joint(text, panel=0, name="neck flexion", degrees=3)


def test_a_start_pose_is_set():
    assert set_start(TEXT, StartPose.HANDS_AND_KNEES) == TEXT.replace("supine", "hands and knees")
    with pytest.raises(FigureFileError, match="lacks start"):
        set_start("figure: x\n", StartPose.SUPINE)


@pytest.mark.parametrize("end", ["most", "least"])
def test_every_slider_can_be_moved_to_both_ends(end):
    for slider in sliders():
        text = set_joint(TEXT, panel=0, name=slider.name, degrees=getattr(slider, end))
        assert slider_values(parse_figure(text).panels[0])[slider.name] == getattr(slider, end)


@pytest.mark.parametrize(
    ("panels", "with_one_more"),
    [
        ("panels:\n  - {}\n", "panels:\n  - {}\n  - {}\n"),
        ("panels:\n- {} # start", "panels:\n- {} # start\n- {}"),
        ("panels: [{}]\n", "panels: [{}, {}]\n"),
        (
            "panels:\n  - joints:\n      right hip flexion: 20 # end\n\n# mine\nfree: [neck]\n",
            "panels:\n  - joints:\n      right hip flexion: 20 # end\n  - {}\n\n# mine\nfree: [neck]\n",
        ),
        (
            "panels:\n  - contacts:\n      - right palm on floor\n",
            "panels:\n  - contacts:\n      - right palm on floor\n  - {}\n",
        ),
    ],
)
def test_a_panel_is_added_after_the_last_one_and_all_else_stays(panels, with_one_more):
    head = "figure: x\nstart: supine\n"

    assert add_panel(head + panels) == head + with_one_more


@pytest.mark.parametrize(
    "text", ["figure: x\n", "figure: x\npanels: 3\n", "figure: x\npanels: []\n", "- x\n"]
)
def test_without_panels_none_is_added(text):
    with pytest.raises(FigureFileError):
        add_panel(text)
