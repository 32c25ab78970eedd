import numpy as np
import pytest

from plans.figures import load_body, parse_figure
from plans.figures.draw import ground
from plans.figures.draw.shots import take
from plans.figures.solve.posed import solve_panel

EIGHT = [np.array(p, float) for p in ((0, 90, 0), (60, 90, 30), (120, 90, 0), (60, 90, -30), (0, 90, 0))]


def tops(mesh, x):
    """The highest place of a thing near x."""
    return float(mesh.vertices[np.abs(mesh.vertices[:, 0] - x) < 5, 1].max())


def test_each_step_is_higher_than_the_one_before_it_and_further_on():
    (flight,) = ground.steps((15, 0, 0), (30, 16, 60), 0, 170, count=3, rail=0)

    assert [tops(flight, x) for x in (0, 30, 60)] == [16, 32, 48]
    assert (flight.vertices[:, 0].min(), flight.vertices[:, 0].max()) == (0, 90)


@pytest.mark.parametrize("side", [1, -1])
def test_a_rail_rises_with_its_steps_on_its_side(side):
    _, rail = ground.steps((15, 0, 0), (30, 16, 60), 0, 170, count=3, rail=side)

    assert (np.sign(rail.vertices[:, 2]) == -side).all()  # to the left of who looks along x is -z
    low, high = (rail.vertices[np.abs(rail.vertices[:, 0] - x) < 3.5, 1].max() for x in (0, 90))
    assert high - low == pytest.approx(48, abs=3)


def test_a_way_lies_on_the_floor_and_ends_in_a_tip():
    way = ground.way(EIGHT)

    assert way.vertices[:, 1].max() < 1
    assert way.vertices[:, 0].max() == pytest.approx(120 + ground.WAY_HALF, abs=1)
    wide = way.vertices[:, 2].max() - way.vertices[:, 2].min()
    assert 55 < wide < 85
    away = np.abs(way.vertices[:, [0, 2]]).max(axis=1)
    assert (away < 0.01).any()


def test_what_stands_on_a_way_hides_it():
    text = "figure: x\nstart: standing\nalt: {{en: One.}}\npanels:\n  - arrows: [{}]\n"
    arrows = {
        "flat": "{walk: [{at: pelvis, back: 30}, {at: pelvis, forward: 30}]}",
        "over": "{from: {at: pelvis, back: 30}, to: {at: pelvis, forward: 30}}",
    }
    shots = {}
    for name, arrow in arrows.items():
        figure = parse_figure(text.format(arrow))
        pose = solve_panel(figure, figure.panels[0], load_body("woman30"))
        shots[name] = take(figure.panels[0], [pose], 0)

    assert [thing.colour for thing in shots["flat"].things].count(ground.WAY) == 1
    assert (len(shots["flat"].arrows), len(shots["over"].arrows)) == (0, 1)
