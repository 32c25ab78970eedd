import numpy as np
import pytest

from plans.figures.draw import palette as inks
from plans.figures.draw.arrow_plans import plan_arrow
from plans.figures.draw.arrows import ArrowShape, draw_arrows
from plans.figures.draw.camera import Camera
from plans.figures.draw.canvas import Canvas, bow
from plans.figures.spec import Arrow, ArrowKind, Part, Place, Way
from plans.figures.words import Direction, PartName, Side
from tests.figures.draw.poses import StandIn

LINE = np.stack([np.linspace(20, 120, 20), np.full(20, 50.0)], axis=1)
WRIST, KNEE = Part(PartName.WRIST, Side.LEFT), Part(PartName.KNEE, Side.LEFT)
POSE = StandIn(places={"left wrist": (60, 100, 0), "left knee": (20, 50, 0), "pelvis": (0, 95, 0)})
FRONT = Camera(0, 0)


def drawn(shape, paper=7):
    canvas = Canvas(np.full((100, 140), paper, np.uint8))
    draw_arrows(canvas, [shape], 6)
    return canvas.ids


def heights(ids):
    return (ids == inks.ARROW).sum(axis=0)


def test_a_one_way_arrow_has_its_head_at_the_tip():
    wide = heights(drawn(ArrowShape(LINE, (False, True))))
    assert wide[100:115].max() > 2 * wide[60]
    assert wide[20:40].max() <= wide[60] + 1


def test_a_two_way_arrow_has_a_head_at_either_end():
    wide = heights(drawn(ArrowShape(LINE, (True, True))))
    assert wide[100:115].max() > 2 * wide[60]
    assert wide[25:40].max() > 2 * wide[60]


def test_a_held_arrow_ends_at_a_bar():
    wide = heights(drawn(ArrowShape(LINE, (False, True), bar=True)))
    assert wide[126:134].max() > 20


def test_white_lies_around_an_arrow_on_whatever_it_crosses():
    ids = drawn(ArrowShape(LINE, (False, True)))
    red = ids == inks.ARROW
    for shifted in (ids[1:][red[:-1]], ids[:-1][red[1:]], ids[:, 1:][red[:, :-1]], ids[:, :-1][red[:, 1:]]):
        assert set(np.unique(shifted)) <= {inks.ARROW, inks.PAPER}


def test_a_bow_swings_to_its_left():
    up = bow(np.array([0.0, 100.0]), np.array([0.0, 0.0]), 10)  # upward in a picture
    assert up[16, 0] == pytest.approx(-10, abs=0.5)


def test_an_arrow_runs_from_its_start_to_its_end_in_the_view():
    end = Place(KNEE)
    shape = plan_arrow(Arrow(ArrowKind.ONE_WAY, Place(WRIST), end), [POSE], 0, FRONT)
    assert shape.heads == (False, True)
    assert np.allclose(shape.line[0], (60, 100))
    assert np.allclose(shape.line[-1], (20, 50))


def test_an_arrow_that_begins_in_another_panel_begins_where_the_part_was_there():
    before = StandIn(places={"left wrist": (10, 20, 0)})
    arrow = Arrow(ArrowKind.ONE_WAY, Place(WRIST), Place(WRIST), start_panel=0)
    shape = plan_arrow(arrow, [before, POSE], 1, FRONT)
    assert np.allclose(shape.line[[0, -1]], [(10, 20), (60, 100)])


def test_a_held_arrow_pushes_along_its_way():
    shape = plan_arrow(Arrow(ArrowKind.HELD, Place(WRIST), way=Way((Direction.LEFT,))), [POSE], 0, FRONT)
    assert shape.bar
    assert shape.line[-1, 0] > shape.line[0, 0] > 60
    assert np.allclose(shape.line[:, 1], 100)


@pytest.mark.parametrize(("way", "sign"), [(Direction.LEFT, 1), (Direction.RIGHT, -1)])
def test_a_turning_arrow_leads_what_we_see_of_the_part_the_way_that_is_said(way, sign):
    shape = plan_arrow(Arrow(ArrowKind.TURNING, Place(WRIST), way=Way((way,))), [POSE], 0, FRONT)
    middle = len(shape.line) // 2
    assert (shape.line[middle + 1, 0] - shape.line[middle - 1, 0]) * sign > 0


def test_along_the_part_it_tilts_the_front_of_the_part():
    arrow = Arrow(ArrowKind.TURNING, Place(Part(PartName.PELVIS)), way=Way((Direction.UP,)))
    shape = plan_arrow(arrow, [POSE], 0, Camera(90, 0))  # seen from its left, the front to our left
    middle = len(shape.line) // 2
    assert shape.line[middle, 0] < shape.line[[0, -1], 0].min()
    assert shape.line[-1, 1] > shape.line[0, 1]
