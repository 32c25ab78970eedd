import pytest

from plans.figures_1 import FigureFileError, parse_figure, read_figure
from plans.figures_1.camera import VIEWS
from tests.figures_1.conftest import CODES, HEAD, POSES

STAND = "  - pose: {position: standing}\n"


def problems_of(text):
    with pytest.raises(FigureFileError) as caught:
        parse_figure(text, file="new.yaml")
    return caught.value.problems


def test_the_least_that_a_figure_needs():
    figure = parse_figure(HEAD + STAND)
    assert figure.code == "f"
    assert figure.view == VIEWS["side"]
    assert figure.ground == "mat"
    assert len(figure.panels) == 1


@pytest.mark.parametrize(
    ("panel", "expected"),
    [
        ("  - pose: {position: flying}", "new.yaml:4: flying is not one of: lying-on-back"),
        (
            "  - pose: {position: standing, tail: 5}",
            "new.yaml:4: tail is not known here; known are: position",
        ),
        ("  - pose: {position: standing, look: far}", "new.yaml:4: a number like 12 or -3.5 is expected"),
        ("  - pose: {position: standing, look: 1:30}", "new.yaml:4: a number like"),
        ("  - pose: {position: standing, look: .nan}", "new.yaml:4: a number like"),
        ("  - pose: {position: standing, spine: [1, 2]}", "new.yaml:4: the spine has three angles"),
        ("  - pose: {position: standing, hip: [1]}", "new.yaml:4: the hip has two numbers"),
        ("  - pose: {position: standing, look: 1, look: 2}", "new.yaml:4: look is given twice"),
        ("  - pose: {hip: [0, 50]}", "new.yaml:4: the pose lacks spine, neck, head, right_arm"),
        ("  - arrows: []", "new.yaml:4: the panel lacks a pose"),
        (
            "  - pose: {position: standing}\n    props: [{kind: piano}]",
            "new.yaml:5: piano is not one of: pillow",
        ),
        ("  - pose: {position: standing}\n    props: [{kind: wall}]", "new.yaml:5: a wall needs at"),
        ("  - pose: {position: standing}\n    props: [{at: [1, 2]}]", "new.yaml:5: a thing has a kind"),
        (
            "  - pose: {position: standing}\n    arrows: [{from: [1, 2]}]",
            "new.yaml:5: an arrow has from and to",
        ),
        ("  - pose: {position: standing}\n    in_front: [tail]", "new.yaml:5: tail is not one of: trunk"),
        ("  - pose: {position: standing}\n    arrows: {}", "new.yaml:5: a list is expected"),
        ("  - pose: standing", "new.yaml:4: names with values are expected"),
        (
            "  - pose:\n      position: standing\n      arms: {upper: 1, palm: [0, 0]}",
            "new.yaml:6: a limb has either upper",
        ),
        ("  - pose:\n      position: standing\n      legs: {foot: 1}", "new.yaml:6: a limb has either thigh"),
    ],
)
def test_what_is_wrong_is_named_with_its_line(panel, expected):
    assert [p for p in problems_of(HEAD + panel + "\n") if p.startswith(expected)]


@pytest.mark.parametrize(
    ("limb", "expected"),
    [
        ("left_arm: {palm: [90, 90]}", "new.yaml:6: The left arm cannot reach its target"),
        ("legs: {heel: [70, 0]}", "new.yaml:6: The right leg cannot reach its target"),
        ("right_leg: {thigh: -90, shin: -50}", "new.yaml:4: The right knee bends -40 degrees"),
        ("arms: {palm: right_wing}", "new.yaml:4: There is no part of the body named right_wing"),
    ],
)
def test_a_pose_that_cannot_be_drawn_is_found_where_it_is_written(limb, expected):
    text = f"{HEAD}  - pose:\n      position: standing\n      {limb}\n"
    (problem,) = problems_of(text)
    assert problem.startswith(expected.replace(":4:", ":5:"))


@pytest.mark.parametrize(
    ("arrow", "expected"),
    [
        ("{from: right_wing, to: [0, 0]}", "There is no part of the body named right_wing"),
        ("{from: [5, 5], to: [5, 5]}", "An arrow starts and ends at the same place"),
    ],
)
def test_an_arrow_that_cannot_be_drawn_is_found(arrow, expected):
    (problem,) = problems_of(f"{HEAD}{STAND}    arrows: [{arrow}]\n")
    assert problem.startswith(f"new.yaml:4: {expected}")


def test_all_problems_are_told_at_once():
    found = problems_of(
        HEAD + "  - pose: {position: flying, tail: 1}\n  - pose: {position: standing, look: x}\n"
    )
    assert [problem.split(":")[1] for problem in found] == ["4", "4", "5"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", "new.yaml:1: the file is empty"),
        ("a: [1", "new.yaml:1:"),
        ("a: b\n c: d: e", "new.yaml:2:"),
        ("figure: \x00", "new.yaml:1:"),
        ("[" * 5000, "new.yaml:1: nested deeper than 10 levels"),
        ("just words", "new.yaml:1: names with values are expected here"),
        ("figure: f\n", "new.yaml:1: the figure lacks alt, panels"),
        ("figure: f\nalt: words\npanels:\n" + STAND, "new.yaml:2: the alternative text is given by language"),
        ("figure: f\nalt: {en: ' '}\npanels:\n" + STAND, "new.yaml:2: a text is expected here"),
        ("figure: f\nalt: {en: x}\npanels: []\n", "new.yaml:3: a figure has one to 3 panels, not 0"),
        ("figure: f\nalt: {en: x}\npanels:\n" + 4 * STAND, "new.yaml:4: a figure has one to 3 panels, not 4"),
        ("view: moon\n" + HEAD + STAND, "new.yaml:1: moon is not one of: side, front"),
        ("view: [1]\n" + HEAD + STAND, "new.yaml:1: 2 numbers are expected here, not 1"),
        ("shoes: perhaps\n" + HEAD + STAND, "new.yaml:1: perhaps is not one of: true, false"),
    ],
)
def test_a_broken_file_is_told_with_its_line(text, expected):
    assert problems_of(text)[0].startswith(expected)


def test_a_file_that_is_not_there_or_not_text_is_a_named_error(tmp_path):
    with pytest.raises(FigureFileError, match=r"gone\.yaml:1:"):
        read_figure(tmp_path / "gone.yaml")
    (tmp_path / "bytes.yaml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(FigureFileError, match=r"bytes\.yaml:1:"):
        read_figure(tmp_path / "bytes.yaml")


@pytest.mark.parametrize("code", CODES)
def test_every_file_names_the_exercise_of_its_name(code):
    assert read_figure(POSES / f"{code}.yaml").code == code
