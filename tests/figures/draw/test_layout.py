from dataclasses import dataclass

import pytest

from plans.figures.draw.camera import Window
from plans.figures.draw.layout import FULL_WIDTH, GAP, MAX_HEIGHT, arrange


@dataclass
class Seen:
    """What the layout asks of a shot."""

    window: Window
    near: bool = False


LYING, STANDING, LOW = (Window(-90, -3, 90, 60), Window(-30, -3, 30, 175), Window(-40, -20, 40, 60))
CLOSE = Seen(Window(0, 0, 40, 36), near=True)


def placed(*windows, **how):
    return arrange([Seen(window) for window in windows], **{"right_to_left": False, **how})


def test_two_panels_stand_side_by_side_at_one_scale_on_one_floor():
    layout = placed(STANDING, LOW)
    a, b = layout.cells
    assert a.scale == b.scale
    assert a.top + a.height == b.top + b.height
    assert b.left == pytest.approx(a.left + a.width + GAP)
    # The lower edge of the row is that of the lowest panel.
    assert (a.lift, b.lift) == (17, 0)


@pytest.mark.parametrize(
    "windows", [(LYING,), (LYING, LYING), (STANDING,) * 3, (LYING,) * 4, (LYING, STANDING)]
)
def test_a_figure_fits_its_width_and_the_largest_height(windows):
    layout = placed(*windows)
    assert layout.height <= MAX_HEIGHT
    for cell in layout.cells:
        assert cell.left >= -1e-6
        assert cell.left + cell.width <= FULL_WIDTH + 1e-6


def test_four_who_lie_are_shown_in_two_rows_and_larger_four_who_stand_in_one():
    assert placed(*(LYING,) * 4).rows == (0, 0, 1, 1)
    assert placed(*(STANDING,) * 4).rows == (0, 0, 0, 0)
    assert placed(LYING, LYING).rows == (0, 0)


def test_from_right_to_left_the_first_stands_on_the_right():
    one, two = placed(LYING, LYING, right_to_left=True).cells
    assert one.left > two.left


def test_close_ups_have_a_scale_of_their_own():
    close, whole = arrange([CLOSE, Seen(STANDING)], right_to_left=False).cells
    assert close.scale > 2 * whole.scale
    assert close.top + close.height == pytest.approx(whole.top + whole.height)


@pytest.mark.parametrize("count", [1, 2, 3, 4])
def test_ever_so_many_close_ups_fit(count):
    layout = arrange([CLOSE] * count, right_to_left=False)
    assert layout.height <= MAX_HEIGHT
    assert max(cell.left + cell.width for cell in layout.cells) <= FULL_WIDTH + 1e-6
