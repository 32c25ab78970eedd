"""Arrows, tints, marks and ghosts."""

import pytest

from plans.figures.spec import ArrowKind, Ghost, Move, Way
from plans.figures.words import Direction, MarkKind
from tests.figures.read.helpers import figure_of, panel_of, panel_problems, problems_of


def arrow(given):
    (found,) = figure_of(f"panels: [{{}}, {{arrows: [{given}]}}]").panels[1].arrows
    return found


def test_a_part_alone_is_followed_from_the_panel_before():
    found = arrow("right ankle")

    assert (found.kind, found.start_panel) == (ArrowKind.ONE_WAY, 0)
    assert found.start == found.end
    assert str(found.start.part) == "right ankle"


def test_a_followed_part_may_be_told_from_beside_it():
    found = arrow("{follow: right ankle, up: 4, kind: two-way, bend: -5}")

    assert (found.kind, found.bend, found.start.moves) == (ArrowKind.TWO_WAY, -5, (Move(Direction.UP, 4),))


def test_of_a_long_way_only_the_end_is_drawn():
    assert (arrow("{follow: right ankle, length: 9}").length, arrow("right ankle").length) == (9, None)


def test_from_one_place_to_another():
    found = arrow("{from: head, to: {at: chest, ahead: 9}}")

    assert (str(found.start.part), str(found.end.part), found.start_panel) == ("head", "chest", None)


@pytest.mark.parametrize(
    ("way", "moves"),
    [
        ("way: up", (Move(Direction.UP, 10),)),
        ("way: down, length: 6", (Move(Direction.DOWN, 6),)),
        ("way: up and out, length: 10", (Move(Direction.UP, 7.07), Move(Direction.OUT, 7.07))),
    ],
)
def test_some_way_from_a_place(way, moves):
    found = arrow(f"{{from: {{at: head, forward: 2}}, {way}}}")

    assert found.end.moves == (Move(Direction.FORWARD, 2), *moves)


def test_turning_and_held():
    assert arrow("{around: right thigh, way: out}").kind is ArrowKind.TURNING
    pressed = arrow("{press: right palm, way: toward left palm}")
    assert (pressed.kind, str(pressed.way.toward)) == (ArrowKind.HELD, "left palm")


@pytest.mark.parametrize(
    ("given", "problem"),
    [
        ("{from: head}", "an arrow goes from a place to another, or some way with a length"),
        ("{from: head, to: head}", "the arrow ends where it starts"),
        ("{from: head, to: chest, way: up}", "an arrow goes from a place to another"),
        ("{from: head, way: toward chest}", "to leads toward a part"),
        ("{from: head, follow: chest}", "an arrow has one of: from, follow, around, press"),
        ("{around: right thigh}", "this arrow needs a way"),
        ("{from: head, to: chest, bend: 90}", "90: -40 to 40 is possible here"),
        ("ankles", "ankles: right or left is needed here"),
    ],
)
def test_wrong_arrows(given, problem):
    assert problem in panel_problems(f"arrows: [{given}]")[0]


def test_the_first_panel_follows_nothing():
    assert panel_problems("arrows: [head]") == [
        "6: the first panel has none before it to follow a part from; say from and to"
    ]


def test_tints():
    tints = panel_of("tint: {left glute: working, abdomen: stretched, calf: working}").tints

    assert [(t.muscle.value, t.side and t.side.value, t.effect.value) for t in tints] == [
        ("glute", "left", "working"),
        ("abdomen", None, "stretched"),
        ("calf", "right", "working"),
        ("calf", "left", "working"),
    ]
    assert (
        "left glut is no muscle to tint; did you mean left glute?"
        in panel_problems("tint: {left glut: working}")[0]
    )
    assert "tired is not known here" in panel_problems("tint: {glute: tired}")[0]


def test_marks():
    marks = panel_of("marks: [breathe in, gaze left, gaze toward right thumb, pelvic floor lift]").marks

    assert [mark.kind for mark in marks] == [
        MarkKind.BREATHE_IN,
        MarkKind.GAZE,
        MarkKind.GAZE,
        MarkKind.PELVIC_FLOOR_LIFT,
    ]
    assert marks[1].way == Way((Direction.LEFT,))
    assert str(marks[2].way.toward) == "right thumb"
    assert "smile is no mark" in panel_problems("marks: [smile]")[0]
    assert "gaze is no mark" in panel_problems("marks: [gaze]")[0]


def test_ghosts():
    panels = figure_of("panels: [{}, {ghost: start}, {ghost: before}, {ghost: start}]").panels

    assert [panel.ghost and panel.ghost.panel for panel in panels] == [None, 0, 1, 0]
    assert panels[1].ghost == Ghost(0, 4)
    assert "end is not known here; known are: start, before" in problems_of("panels: [{}, {ghost: end}]")[0]


def test_a_way_along_the_floor_has_its_places_in_turn():
    found = arrow("{walk: [right foot, {at: pelvis, forward: 40}, left foot]}")

    assert found.kind is ArrowKind.WALKED
    assert [str(place.part) for place in found.through] == ["right foot", "pelvis", "left foot"]
    assert found.start == found.through[0]


@pytest.mark.parametrize("given", ["[right foot]", "[]"])
def test_a_way_of_fewer_than_two_places_is_refused(given):
    assert panel_problems(f"{{arrows: [{{walk: {given}}}]}}") == [
        "6: a way along the floor has at least two places"
    ]


def test_letters_have_a_place_and_a_height():
    given = "{write: ABC, at: {at: right big toe, forward: 8}, size: 12}, {write: b, at: head}"
    large, small = panel_of(f"{{marks: [{given}]}}").marks

    assert (large.kind, large.text, large.size) == (MarkKind.WRITING, "ABC", 12)
    assert (str(large.at.part), large.at.moves) == ("right big toe", (Move(Direction.FORWARD, 8),))
    assert small.size == 8


@pytest.mark.parametrize(
    ("given", "problem"),
    [
        ("{write: ABCD, at: head}", "ABCD: one to three letters are expected here"),
        ("{write: 'a!', at: head}", "a!: one to three letters are expected here"),
        ("{write: A}", "letters in the air need both: write and at"),
        ("{write: A, at: head, size: 2}", "2: 3 to 30 is possible here"),
    ],
)
def test_letters_that_cannot_be_drawn_are_refused(given, problem):
    assert panel_problems(f"{{marks: [{given}]}}") == [f"6: {problem}"]


def test_an_inset_is_a_close_up_with_arrows_of_its_own():
    arrows = "[{from: right hip, way: left}]"
    inset = panel_of(f"{{inset: {{close-up: pelvis, from: back, width: 34, arrows: {arrows}}}}}").inset

    assert (inset.camera.around, inset.camera.close_up.width) == (-90, 34)
    assert str(inset.camera.close_up.center.part) == "pelvis"
    assert len(inset.arrows) == 1


def test_an_inset_names_a_part_and_stands_beside_a_whole_view():
    assert panel_problems("{inset: {from: back}}") == [
        "6: an inset names the part that it shows with close-up"
    ]
    close = "{camera: {close-up: head}, inset: {close-up: pelvis}}"
    assert panel_problems(close) == [
        "6: an inset stands beside a whole view; this panel is a close-up itself"
    ]
