import itertools
from math import hypot, pi

import pytest

from plans.figures_1.paths import Box, Path, Segment, bounds, curve, disc, flattened, moved, polyline


def area(outline):
    return abs(sum(x * b - a * y for (x, y), (a, b) in itertools.pairwise(outline))) / 2


def test_a_disc_is_round_everywhere():
    (outline,) = flattened(disc((3, 4), 5), off=0.001)
    assert all(hypot(x - 3, y - 4) == pytest.approx(5) for x, y in outline)
    assert area(outline) == pytest.approx(25 * pi, rel=0.001)


def test_a_finer_tolerance_gives_more_lines():
    assert len(flattened(disc((0, 0), 5), off=0.001)[0]) > 2 * len(flattened(disc((0, 0), 5), off=0.1)[0])


def test_a_large_arc_goes_the_long_way():
    quarter = Segment("A", ((0.0, 5.0),), 5.0)
    rest = Segment("A", ((5.0, 0.0),), 5.0, large=True)
    (outline,) = flattened([Segment("M", ((5.0, 0.0),)), quarter, rest], off=0.001)
    assert area(outline) == pytest.approx(25 * pi, rel=0.001)


def test_a_curve_passes_half_way_between_chord_and_control():
    (outline,) = flattened(curve((0, 0), (5, 10), (10, 0)), off=0.001)
    assert max(y for _, y in outline) == pytest.approx(5, abs=0.01)
    assert outline[-1] == (10, 0)


def test_a_closed_line_ends_where_it_began():
    (outline,) = flattened(polyline([(0, 0), (1, 0), (1, 1)], closed=True))
    assert outline[0] == outline[-1]


def test_bounds_count_the_stroke():
    line = Path(polyline([(0, 0), (10, 0)]), stroke="#000000", width=2)
    fill = Path(disc((20, 0), 3), fill="#000000")
    assert bounds([line, fill]) == Box(-1, pytest.approx(-3, abs=0.1), 23, pytest.approx(3, abs=0.1))


def test_moving_moves_every_point():
    path = moved(Path(curve((0, 0), (1, 2), (3, 0)), fill="#000000"), 10, -1)
    assert [s.points for s in path.segments] == [((10, -1),), ((11, 1), (13, -1))]


def test_box():
    box = Box(0, 0, 4, 2)
    assert (box.width, box.height) == (4, 2)
    assert box.contains((4, 1))
    assert not box.contains((4, 3))
    assert box.union(Box(-1, 1, 2, 9)) == Box(-1, 0, 4, 9)
