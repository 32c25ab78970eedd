"""A file becomes a figure, or a list of all that is wrong with it."""

import pytest

from plans.figures.errors import FigureFileError
from plans.figures.read.figure import parse_figure, read_figure
from plans.figures.words import Effect, MarkKind, StartPose
from tests.figures.read.helpers import HEAD, figure_of, panel_of, panel_problems, problems_of

BIRD_DOG = """\
figure: bird-dog
start: hands and knees
feet: bare
keep_sides: true
alt:
  en: >-
    Two pictures of a person
    on hands and knees.
  es: Dos dibujos.
panels:
  - {}
  - free: [right leg, left arm]
    joints: {right hip extension: 14, right knee flexion: 6, left shoulder flexion: 160}
    arrows: [right ankle, left wrist]
    tint: {right glute: working}
    ghost: start
    marks: [breathe out]
"""


def test_a_file_becomes_a_figure():
    figure = parse_figure(BIRD_DOG)
    first, second = figure.panels

    assert (figure.code, figure.start, figure.feet) == ("bird-dog", StartPose.HANDS_AND_KNEES, "bare")
    assert figure.keep_sides
    assert figure.alt == {"en": "Two pictures of a person on hands and knees.", "es": "Dos dibujos."}
    assert (first.joints, first.contacts) == (figure.base.joints, figure.base.contacts)
    assert {str(c) for c in first.contacts} - {str(c) for c in second.contacts} == {
        "right knee on floor",
        "right top of foot on floor",
        "left palm on floor",
    }
    assert [(str(tint.side), tint.effect) for tint in second.tints] == [("right", Effect.WORKING)]
    assert [mark.kind for mark in second.marks] == [MarkKind.BREATHE_OUT]
    assert second.ghost.panel == 0


def test_every_value_knows_its_line():
    figure = parse_figure(BIRD_DOG)
    panel = figure.panels[1]

    own = {angle.line for angle in panel.joints if angle not in figure.base.joints}
    assert own == {13}
    assert {angle.line for angle in figure.base.joints} == {2}
    assert {contact.line for contact in panel.contacts} == {2}
    assert [arrow.line for arrow in panel.arrows] == [14, 14]
    assert (panel.tints[0].line, panel.ghost.line, panel.marks[0].line) == (15, 16, 17)
    assert (figure.line, panel.line) == (2, 12)


def test_what_the_figure_says_holds_for_every_panel():
    figure = figure_of("joints: {neck flexion: 9}\ncamera: front\npanels:\n  - {}\n  - {camera: back}\n")

    for panel in figure.panels:
        assert [a.degrees for a in panel.joints if a.joint == "neck"] == [9]
    assert [panel.camera.around for panel in figure.panels] == [90, -90]


def test_all_problems_are_told_at_once():
    found = problems_of("feet: boots\nlegs: 2\npanels:\n  - {joints: {hip bending: 3}, marks: [smile]}\n")

    assert sorted(problem.partition(":")[0] for problem in found) == ["4", "5", "7", "7"]
    assert any("legs is not known here" in problem for problem in found)
    assert any("boots is not known here" in problem for problem in found)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("start: standing\n", "1: the figure lacks figure, alt, panels"),
        ("- a\n", "1: names with values are expected here"),
        ("", "1: the file is empty"),
        ("figure: [", "1: not readable as YAML"),
    ],
)
def test_a_file_that_is_no_figure(text, problem):
    with pytest.raises(FigureFileError) as caught:
        parse_figure(text, file="new.yaml")

    assert f"new.yaml:{problem}" in caught.value.problems[0]


@pytest.mark.parametrize(
    ("panels", "problem"),
    [
        ("panels: []", "4: a figure has one to 4 panels"),
        ("panels: [{}, {}, {}, {}, {}]", "4: at most 4 entries are expected here, not 5"),
        ("panels: [{}]\nkeep_sides: yes", "5: yes: true or false is expected here"),
        ("panels: [{}]\nfeet: socks", "5: socks is not known here; known are: bare, shoes"),
        ("panels: [{free: [left leg, left leg, right arm]}]", "4: right arm has no contact to give up"),
        ("panels: [{pose: 3}]", "4: pose is not known here"),
    ],
)
def test_wrong_panels(panels, problem):
    assert problem in "\n".join(problems_of(panels))


def test_the_alternative_text_is_in_languages_of_the_service():
    text = "figure: x\nstart: standing\nalt: {xx: A, en: ''}\npanels: [{}]\n"
    with pytest.raises(FigureFileError) as caught:
        parse_figure(text)

    assert ["xx is no language" in p or "a text is expected" in p for p in caught.value.problems] == [
        True,
        True,
    ]


@pytest.mark.parametrize("code", ["Bird-dog", "bird_dog", "-x", "a--b", "x" * 65, "../x"])
def test_a_code_is_plain(code):
    with pytest.raises(FigureFileError, match="lower-case letters"):
        parse_figure(HEAD.format(start="standing").replace("small", code) + "panels: [{}]")


def test_everything_can_be_let_go():
    assert panel_of("free: [all]", start="supine").contacts == ()


def test_a_start_pose_that_is_not_known_is_met_with_the_nearest():
    assert (
        "2: hands and kness is not known here; did you mean hands and knees?"
        in problems_of("panels: [{}]", start="hands and kness")[0]
    )


def test_a_file_of_a_megabyte_is_not_read(tmp_path):
    path = tmp_path / "long.yaml"
    path.write_text(BIRD_DOG + "# é\n" * 250_000)
    with pytest.raises(FigureFileError, match=r"long.yaml:1: \d+ characters, at most 10000 are read"):
        read_figure(path)


def test_a_file_that_is_not_there_or_no_text(tmp_path):
    (tmp_path / "picture.yaml").write_bytes(b"\x89PNG\xff")
    for name in ("missing.yaml", "picture.yaml"):
        with pytest.raises(FigureFileError, match=f"{name}:1: not readable as text"):
            read_figure(tmp_path / name)


def test_the_ghost_needs_a_panel_before_it():
    assert panel_problems("ghost: start") == ["6: the first panel has none before it, so no ghost"]
