"""Props: by name, by phrase, with options."""

import pytest

from plans.figures.spec import Attach
from tests.figures.read.helpers import panel_of, panel_problems


def props(given, **how):
    return panel_of(f"props: [{given}]", **how).props


@pytest.mark.parametrize(
    ("given", "attach", "parts", "ends"),
    [
        ("pillow under head", Attach.UNDER, ["head"], []),
        ("ball between knees", Attach.BETWEEN, ["right knee", "left knee"], []),
        ("weight in right hand", Attach.IN, ["right hand"], []),
        (
            "towel around right foot from both hands",
            Attach.AROUND,
            ["right foot"],
            ["right hand", "left hand"],
        ),
        ("{band: {around: thighs}}", Attach.AROUND, ["right thigh", "left thigh"], []),
        ("{band: {from: right hand, anchor: forward}}", None, [], ["right hand"]),
    ],
)
def test_what_hangs_on_the_body(given, attach, parts, ends):
    (prop,) = props(given)

    assert (prop.attach, [str(part) for part in prop.parts]) == (attach, parts)
    assert [str(part) for part in prop.ends] == ends
    assert prop.line == 6


def test_what_stands_beside_the_person():
    (chair,) = props("{chair: {where: left, armrests: true, height: 24, distance: 10}}")

    assert (chair.where, chair.armrests, chair.height, chair.distance) == ("left", True, 24, 10)


def test_a_wall_that_a_contact_names_is_there():
    panel = panel_of("contacts: [back on wall, right hand holds table edge]")

    assert [str(prop.kind) for prop in panel.props] == ["wall", "table"]


@pytest.mark.parametrize(
    ("start", "given", "kinds", "carriers"),
    [
        ("supine", "[]", ["mat"], {"floor"}),
        ("supine", "[bed]", ["bed"], {"bed"}),
        ("supine", "[{bed: {where: left}}]", ["mat", "bed"], {"floor"}),
        ("supine", "[pillow under head]", ["mat", "pillow"], {"floor", "pillow"}),
        ("sitting", "[]", ["chair"], {"seat", "floor"}),
        ("sitting", "[bed]", ["bed"], {"bed edge", "floor"}),
        ("sitting", "[ball under pelvis]", ["ball"], {"ball", "floor"}),
        ("sitting", "[{chair: {armrests: true}}]", ["chair"], {"seat", "floor"}),
        ("sitting", "[{wall: {where: back}}]", ["chair", "wall"], {"seat", "floor"}),
    ],
)
def test_what_carries_the_person_takes_the_place_of_what_the_start_pose_brings(start, given, kinds, carriers):
    panel = panel_of(start=start, shared=f"props: {given}")

    assert [str(prop.kind) for prop in panel.props] == kinds
    assert {str(c.target) for c in panel.contacts if not hasattr(c.target, "side")} == carriers


@pytest.mark.parametrize(
    ("given", "problem"),
    [
        ("carpet", "carpet is no prop"),
        ("pillow", "pillow: where? under or between or behind a part of the body"),
        ("pillow under hed", "hed is no part of the body; did you mean head?"),
        ("mat under head", "mat is not under a part"),
        ("weight in right foot", "weight is held in a hand"),
        ("ball between right knee", "ball between: both of a pair, like knees"),
        ("pillow under head from hands", "pillow has no ends"),
        ("towel around right foot from knees", "the ends of a towel are held by hands or feet"),
        ("{pillow: {under: head, behind: back}}", "not both"),
        ("{chair: {height: 300}}", "300: 1 to 80 is possible here"),
        ("{chair: {armrests: no}}", "no: true or false is expected here"),
        ("{chair: {where: up}}", "up is not known here; known are: left, right, forward, back"),
        ("{sofa: {}}", "sofa is no prop"),
        ("{}", "one prop is expected here"),
    ],
)
def test_wrong_props(given, problem):
    assert problem in panel_problems(f"props: [{given}]")[0]


def test_a_band_says_how_far_and_how_high_it_is_fixed():
    (band,) = props("{band: {in: hands, anchor: forward, distance: 70, height: 60}}")

    assert (band.distance, band.height) == (70, 60)


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ("{band: {in: right hand, distance: 40}}", "say its anchor"),
        ("{band: {in: right hand, height: 40}}", "say its anchor"),
        ("{towel: {under: right knee, gathered: true}}", "lies flat under a foot"),
        ("{towel: {around: right foot, from: hands, gathered: true}}", "lies flat under a foot"),
    ],
)
def test_what_a_band_or_towel_cannot_be_is_told(given, words):
    assert any(words in problem for problem in panel_problems(f"props: [{given}]"))


def test_steps_may_follow_on_each_other_and_have_a_rail():
    flight, single = props("{step: {where: forward, steps: 4, rail: left}}")[0], props("step")[0]

    assert (flight.flight, flight.rail) == (4, "left")
    assert (single.flight, single.rail) == (1, None)
