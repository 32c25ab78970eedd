"""A foot whose arch is lifted: sole and instep rise on the inner side, heel and toes stay on the floor."""

import numpy as np
import pytest

from plans.figures.body.load import load_body
from plans.figures.read.figure import parse_figure
from plans.figures.solve.posed import between, solve_panel

HEAD = "figure: x\nstart: standing\nalt: {en: One.}\npanels:\n  - {}\n  - joints: {right arch lift: 14}\n"


@pytest.fixture(scope="module")
def feet():
    figure = parse_figure(HEAD)
    return [solve_panel(figure, panel, load_body("woman30")) for panel in figure.panels]


def moved(flat, lifted, where):
    places = flat.body.canonical
    chosen = where(places[:, 0], places[:, 1], places[:, 2]) & (places[:, 1] < -7.6)
    return (lifted.vertices - flat.vertices)[chosen]


def test_the_inner_arch_rises_and_the_heel_stays(feet):
    inner = moved(*feet, lambda x, y, z: (x < -1.8) & (x > -2.1) & (y < -8) & (np.abs(z - 0.55) < 0.2))
    outer = moved(*feet, lambda x, y, z: (x < -2.5) & (y < -8) & (np.abs(z - 0.55) < 0.2))
    heel = moved(*feet, lambda x, y, z: (x < 0) & (z < -0.2))

    assert inner[:, 1].max() > 2
    assert outer[:, 1].max() < inner[:, 1].max() / 2
    assert np.abs(heel).max() < 0.2


def test_the_ball_comes_nearer_to_the_heel_and_the_other_foot_does_nothing(feet):
    ball = moved(*feet, lambda x, y, z: (x < 0) & (z > 1.2))
    other = moved(*feet, lambda x, y, z: x > 0)

    assert ball[:, 0].max() < -0.5  # who stands looks along x
    assert np.abs(ball[:, 1]).max() < 0.3
    assert np.abs(other).max() < 0.1


def test_on_the_way_there_it_is_half_lifted(feet):
    flat, lifted = feet
    half = between(flat, lifted, 0.5)
    highest = np.argmax((lifted.vertices - flat.vertices)[:, 1])
    rise = (lifted.vertices - flat.vertices)[highest, 1]

    assert 0.3 * rise < (half.vertices - flat.vertices)[highest, 1] < 0.7 * rise
