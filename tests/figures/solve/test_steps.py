"""Steps that follow on each other, their handrail, and things that only one panel has."""

import numpy as np
import pytest

from plans.figures.body.load import load_body
from plans.figures.read.figure import parse_figure
from plans.figures.solve.posed import solve_panel
from plans.figures.words import PropKind, Surface

UP_AND_DOWN = """
figure: stairs
start: standing
feet: shoes
alt: {en: Two.}
panels:
  - props: [{step: {where: forward, height: 9, distance: 9, steps: 4, rail: left}}]
    free: [left foot]
    contacts: [{right foot: {on: step, below: pelvis, forward: 15}}, left hand holds rail]
    joints: {right hip flexion: 50, right knee flexion: 58}
  - props: [{step: {where: back, height: 9, distance: -9, steps: 4, rail: right}}]
    free: [left foot]
    contacts: [{right foot: {on: step, below: pelvis, forward: 1}}, right hand holds rail]
    joints: {right hip flexion: 30, right knee flexion: 46}
"""


@pytest.fixture(scope="module")
def panels():
    figure = parse_figure(UP_AND_DOWN)
    return [solve_panel(figure, panel, load_body("man50", feet="shoes")) for panel in figure.panels]


@pytest.mark.parametrize(("index", "hand"), [(0, "wrist.L"), (1, "wrist.R")])
def test_a_hand_holds_the_rail_that_slopes(panels, index, hand):
    pose = panels[index]
    rail = pose.setting.grounds[Surface.RAIL]
    wrist = pose.joints[pose.body.bones.index(hand)]
    away = wrist - np.array(rail.origin)
    beside = away - np.array(rail.along) * float((away * np.array(rail.along)).sum())

    assert rail.along[1] > 0.2
    assert np.sqrt((beside * beside).sum()) < 13  # from wrist to palm


def test_the_rail_is_on_the_side_of_the_person_that_is_said(panels):
    # Who stands looks along x: the left is -z, also where the steps are behind.
    assert (
        panels[0].setting.grounds[Surface.RAIL].origin[2]
        < 0
        < panels[1].setting.grounds[Surface.RAIL].origin[2]
    )


def test_a_panel_has_its_own_things_alone(panels):
    for pose in panels:
        assert [prop.kind for prop in pose.props] == [PropKind.STEP]
        assert [stand.prop.rail for stand in pose.setting.stands] == [pose.task.panel.props[0].rail]
    going_up, going_down = (pose.setting.grounds[Surface.RAIL].origin[0] for pose in panels)
    assert going_up != going_down


def test_nobody_stands_in_the_second_step(panels):
    step = panels[0].props[0]
    front = step.at[0] + step.size[0] / 2
    inside = panels[0].vertices[
        (panels[0].vertices[:, 0] > front + 2) & (panels[0].vertices[:, 1] < step.size[1])
    ]

    assert len(inside) == 0
