from itertools import pairwise
from math import cos, hypot, pi, radians, sin

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plans.figures_1.bands import band
from plans.figures_1.paths import flattened

numbers = st.integers(-20, 20)
circles = st.lists(st.tuples(numbers, numbers, st.integers(1, 9)), min_size=1, max_size=8)


def outline_of(shapes):
    (outline,) = flattened(band(shapes), off=0.001)
    return outline


def reach(points, angle):
    return max(x * cos(angle) + y * sin(angle) for x, y in points)


@given(circles)
def test_the_band_touches_the_outermost_circle_in_every_direction(shapes):
    outline = outline_of(shapes)
    for degrees in range(0, 360, 15):
        angle = radians(degrees)
        expected = max(x * cos(angle) + y * sin(angle) + r for x, y, r in shapes)
        assert reach(outline, angle) == pytest.approx(expected, abs=0.01)


@given(circles)
def test_the_band_is_convex(shapes):
    outline = [point for point, following in pairwise(outline_of(shapes)) if point != following]
    for a, b, c in zip(outline, outline[1:], outline[2:], strict=False):
        turn = (b[0] - a[0]) * (c[1] - b[1]) - (b[1] - a[1]) * (c[0] - b[0])
        assert turn >= -1e-6 * max(1, hypot(b[0] - a[0], b[1] - a[1]))


def test_a_circle_inside_another_leaves_no_trace():
    assert band([(0, 0, 5), (1, 1, 2)]) == band([(0, 0, 5)])


def test_equal_circles_in_a_row_make_a_rounded_box():
    corners = [(x, y, 1) for x in (0, 5, 10) for y in (0, 4)]
    outline = outline_of(corners)
    size = abs(sum(x * b - a * y for (x, y), (a, b) in pairwise(outline))) / 2
    assert size == pytest.approx(10 * 4 + 2 * 10 + 2 * 4 + pi, rel=0.001)
