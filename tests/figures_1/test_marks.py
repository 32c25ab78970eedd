import pytest

from plans.figures_1.colours import ARROW, PAPER, contrast
from plans.figures_1.errors import ArrowWithoutLength
from plans.figures_1.marks import HALO, draw_arrow, draw_badge, draw_step
from plans.figures_1.paths import bounds


def test_an_arrow_carries_a_white_rim_so_that_it_stands_out_from_anything():
    *rims, shaft, head = draw_arrow((0, 0), (20, 0), 0)
    assert [rim.stroke for rim in rims] == [PAPER, PAPER]
    for rim, part in zip(rims, (shaft, head), strict=True):
        assert rim.segments == part.segments
        assert rim.width == pytest.approx(part.width + 2 * HALO)
        assert part.stroke == ARROW
    assert contrast(ARROW, PAPER) >= 3


def test_an_arrow_ends_at_its_tip_and_bows_to_its_left():
    paths = draw_arrow((0, 0), (20, 0), 4)[-2:]
    box = bounds(paths)
    assert box.right == pytest.approx(20, abs=0.5)
    assert box.top < -3
    assert bounds(draw_arrow((0, 0), (20, 0), -4)[-2:]).bottom > 3


def test_an_arrow_without_length_is_an_error():
    with pytest.raises(ArrowWithoutLength):
        draw_arrow((1, 1), (1, 1), 0)


@pytest.mark.parametrize("number", [1, 2, 3])
def test_a_digit_lies_inside_its_badge(number):
    disc, digit = draw_badge((10, 10), number)
    outer, inner = bounds([disc]), bounds([digit])
    assert outer.left < inner.left < inner.right < outer.right
    assert outer.top < inner.top < inner.bottom < outer.bottom


def test_the_three_digits_differ():
    assert len({draw_badge((0, 0), number)[1].segments for number in (1, 2, 3)}) == 3


def test_the_step_arrow_points_the_way_of_reading():
    def tip(path):
        middle = (bounds([path]).left + bounds([path]).right) / 2
        return [s.points[0][0] > middle for s in path.segments if s.points and s.points[0][1] == 0]

    assert tip(draw_step((0, 0), mirrored=False)) == [True]
    assert tip(draw_step((0, 0), mirrored=True)) == [False]
