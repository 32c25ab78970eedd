"""The starter library's figures: as everybody, and moving."""

import os
from contextlib import suppress
from pathlib import Path

import numpy as np
import pytest

import plans
from plans.drawer import missed_by
from plans.figures import BODIES, StillFigure, load_body, motion_strip, moving_picture, read_figure
from plans.figures.draw.camera import Camera
from plans.figures.solve.posed import solve_panel
from plans.figures.words import Direction, MarkKind, Muscle, PropKind, Side, Surface

FIGURES = sorted((Path(plans.__file__).parent / "library" / "figures").glob("*.yaml"))
MOST_MOVING, MOST_STRIP = 120_000, 64_000  # bytes
NAMES = [path.stem for path in FIGURES]
EVERY = bool(os.environ.get("EVERY_BODY"))
"""All people for each figure; else they take turns, as each of them costs two seconds and more."""
MOVING = FIGURES if EVERY else FIGURES[::4]


def people_for(path):
    return BODIES if EVERY else [BODIES[FIGURES.index(path) % len(BODIES)]]


@pytest.mark.parametrize(
    ("code", "muscle"),
    [
        ("band-external-rotation", Muscle.ROTATOR_CUFF),
        ("shoulder-isometric-external-rotation", Muscle.ROTATOR_CUFF),
        ("side-lying-external-rotation", Muscle.ROTATOR_CUFF),
        ("band-internal-rotation", Muscle.CHEST),
        ("shoulder-isometric-internal-rotation", Muscle.CHEST),
    ],
)
def test_the_cuff_behind_works_where_the_shoulder_turns_out_and_the_chest_where_it_turns_in(code, muscle):
    figure = read_figure(FIGURES[NAMES.index(code)])
    assert {tint.muscle for panel in figure.panels for tint in panel.tints} == {muscle}


@pytest.mark.parametrize("code", ["pelvic-floor-quick", "pelvic-floor-long-hold"])
def test_the_pelvic_floor_goes_from_rest_to_its_lift(code):
    figure = read_figure(FIGURES[NAMES.index(code)])
    shown = [[mark.kind for mark in panel.marks] for panel in figure.panels]
    assert shown == [[MarkKind.PELVIC_FLOOR_REST], [MarkKind.PELVIC_FLOOR_LIFT]]


def test_a_heel_is_lowered_behind_a_chair_after_both_have_risen():
    figure = read_figure(FIGURES[NAMES.index("heel-drop-floor")])
    assert [len(panel.arrows) for panel in figure.panels] == [0, 1, 0, 1]
    assert [[tint.side for tint in panel.tints] for panel in figure.panels] == [
        [],
        [],
        [Side.RIGHT],
        [Side.RIGHT],
    ]
    (chair,) = {prop.where for panel in figure.panels for prop in panel.props if prop.kind is PropKind.CHAIR}
    assert chair is Direction.FORWARD


def test_the_forearm_that_turns_out_in_side_lying_is_seen_at_its_length():
    figure, body = read_figure(FIGURES[NAMES.index("side-lying-external-rotation")]), load_body(BODIES[0])
    elbow, wrist = (body.bones.index(name) for name in ("lowerarm01.L", "wrist.L"))
    lifts = []
    for panel in figure.panels:
        pose = solve_panel(figure, panel, body)
        forearm = pose.joints[wrist] - pose.joints[elbow]
        seen = Camera(panel.camera.around, panel.camera.up).view(forearm[None])[0, :2]
        assert np.hypot(*seen) > 0.7 * np.sqrt((forearm * forearm).sum())
        lifts.append(np.degrees(np.arctan2(seen[1], seen[0])))
    assert lifts[1] - lifts[0] > 60


def test_who_lies_down_from_the_edge_of_the_bed_lies_on_it_whole():
    figure, body = read_figure(FIGURES[NAMES.index("brandt-daroff")]), load_body(BODIES[0])
    pose = solve_panel(figure, figure.panels[1], body)
    (bed,) = pose.props
    edge = bed.at[0] + bed.size[0] / 2
    behind = {name: edge - pose.joints[body.bones.index(name), 0] for name in body.bones}
    assert min(behind[name] for name in ("head", "root", "foot.L", "foot.R")) > 25
    assert min(behind["lowerleg01.L"], behind["lowerleg01.R"]) > 5


def test_who_gets_up_from_the_floor_pushes_on_the_seat_with_both_feet_flat_before_standing():
    figure = read_figure(FIGURES[NAMES.index("floor-and-up")])
    assert len(figure.panels) == 4
    touched = {str(contact.part): contact.target for contact in figure.panels[2].contacts}
    assert [touched[f"{side} palm"] for side in Side] == [Surface.SEAT] * 2
    assert [touched[f"{side} foot"] for side in Side] == [Surface.FLOOR] * 2


@pytest.mark.long
@pytest.mark.parametrize("path", FIGURES, ids=NAMES)
def test_a_person_in_every_build_can_do_a_figure_of_the_library(path):
    for person in people_for(path):
        assert missed_by(path.read_text(), person=person, file=path.name) == {}


@pytest.mark.long
@pytest.mark.parametrize("path", MOVING, ids=lambda path: path.stem)
def test_a_figure_of_the_library_is_small_when_it_moves(path):
    figure = read_figure(path)
    if len(figure.panels) == 1:
        with pytest.raises(ValueError, match="does not move"):
            moving_picture(figure, body=load_body(BODIES[0]))
        return
    body = load_body(BODIES[MOVING.index(path) % len(BODIES)], feet=figure.feet)
    assert len(moving_picture(figure, body=body)) < MOST_MOVING


@pytest.mark.long
@pytest.mark.parametrize("path", FIGURES, ids=NAMES)
def test_the_strip_of_a_figure_of_the_library_is_small_enough_for_a_phone(path):
    figure = read_figure(path)
    body = load_body(BODIES[FIGURES.index(path) % len(BODIES)], feet=figure.feet)
    strip = b""
    with suppress(StillFigure):
        strip = motion_strip(figure, body=body)
    assert len(strip) < MOST_STRIP
