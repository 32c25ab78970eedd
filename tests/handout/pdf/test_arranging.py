"""Blocks of known heights: which page each comes to, and how it is filled."""

import pytest

from plans.handout.pdf.arranging import Measured, arrange
from plans.handout.pdf.blocks import Kind, Variant

USUAL, ROOMY, TIGHT = Variant
ROOM = 1000.0


def plain(height, kind=Kind.PLAIN):
    return Measured(kind, {USUAL: height})


def exercise(usual, roomy=None, tight=None):
    heights = {USUAL: usual, ROOMY: roomy, TIGHT: tight}
    return Measured(Kind.EXERCISE, {size: height for size, height in heights.items() if height})


def pages(*blocks, early=1, start=USUAL):
    return arrange(blocks, early=early, room=ROOM, start=start)


def numbers(found):
    return [[one.block for one in page.chosen] for page in found]


def test_exercises_begin_on_the_first_page_where_there_is_room():
    found = pages(plain(500), plain(50, Kind.KEPT), exercise(400), exercise(400))
    assert numbers(found) == [[0, 1, 2], [3]]


def test_a_heading_goes_with_what_it_heads():
    found = pages(plain(800), plain(100, Kind.KEPT), exercise(400))
    assert numbers(found) == [[0], [1, 2]]


def test_an_exercise_grows_where_its_page_has_room_and_not_on_a_full_one():
    found = pages(
        exercise(500, 700), exercise(450, 600), exercise(300, 500), exercise(300, 360), exercise(900)
    )
    assert numbers(found) == [[0, 1], [2, 3], [4]]
    assert [one.variant for one in found[1].chosen] == [ROOMY, ROOMY]
    assert [one.variant for one in found[0].chosen] == [USUAL, USUAL]
    assert found[1].left == pytest.approx(140)


def test_those_grow_that_fill_the_page_best():
    found = pages(exercise(300, 420), exercise(300, 390), exercise(300, 310), exercise(900))
    assert [one.variant for one in found[0].chosen] == [USUAL, ROOMY, ROOMY]


def test_an_exercise_that_is_lower_with_its_steps_on_whole_lines_is_printed_so():
    found = pages(exercise(800, 500), exercise(450))
    assert numbers(found) == [[0, 1]]
    assert found[0].chosen[0].variant is ROOMY


def test_tight_exercises_grow_back_where_they_can():
    blocks = (exercise(520, 600, 480), exercise(500, 600, 470))
    assert len(pages(*blocks)) == 2
    found = pages(*blocks, start=TIGHT)
    assert [[one.variant for one in page.chosen] for page in found] == [[USUAL, TIGHT]]


def test_other_blocks_are_tight_too_where_that_saves_a_page():
    lower = Measured(Kind.PLAIN, {USUAL: 520, TIGHT: 480})
    assert len(pages(lower, exercise(500))) == 2
    (page,) = pages(lower, exercise(500), start=TIGHT)
    assert [one.variant for one in page.chosen] == [TIGHT, USUAL]


def test_questions_never_stand_between_two_exercises():
    """They would look like the end of the plan."""
    blocks = (plain(900), exercise(700), exercise(900))
    assert numbers(pages(*blocks, plain(250, Kind.MOVABLE), early=9)) == [[0], [1, 3], [2]]
    assert numbers(pages(*blocks, plain(250, Kind.AROUND), early=9)) == [[0], [1], [2], [3]]


def test_the_head_of_the_log_stays_with_its_first_week_when_advice_moves_there():
    blocks = (exercise(900), plain(600, Kind.MOVABLE), plain(100, Kind.KEPT), plain(500, Kind.WEEK))
    assert numbers(pages(*blocks)) == [[0], [1], [2, 3]]


def test_weeks_after_the_first_are_told_as_what_is_not_needed():
    (page,) = pages(exercise(200), plain(300, Kind.WEEK), plain(250, Kind.WEEK), plain(240, Kind.WEEK))
    assert page.extra == 490


@pytest.mark.parametrize(
    ("first", "order"),
    [(500, [[0, 1, 2, 3], [4]]), (750, [[0, 3], [1, 2, 4]])],
    ids=["advice after the exercises", "advice fills the first page"],
)
def test_what_may_move_goes_where_it_fills_a_page(first, order):
    blocks = (plain(first), exercise(150), exercise(150), plain(200, Kind.MOVABLE), plain(600))
    if first == 750:
        blocks = (plain(first), exercise(300), exercise(100), plain(200, Kind.MOVABLE), plain(600))
    assert numbers(pages(*blocks)) == order


def test_weeks_fill_the_last_page_and_make_no_new_one():
    weeks = [plain(200, Kind.WEEK)] * 6
    found = pages(exercise(300), plain(100, Kind.KEPT), *weeks)
    assert numbers(found) == [[0, 1, 2, 3, 4]]


def test_the_log_takes_something_along_to_a_page_of_its_own():
    blocks = (exercise(600, 950), plain(300, Kind.MOVABLE), plain(100, Kind.KEPT), plain(300, Kind.WEEK))
    assert numbers(pages(*blocks, early=0)) == [[0], [1, 2, 3]]


@pytest.mark.parametrize(
    ("before", "order"), [(500, [[0, 1], [], [], [2]]), (800, [[0], [1], [], [2]])], ids=["begins", "waits"]
)
def test_what_is_higher_than_a_page_goes_on_over_the_next(before, order):
    found = pages(plain(before), exercise(2300), exercise(600))
    assert numbers(found) == order
    assert [page.long for page in found if page.long] == [[1]]


def test_a_heading_and_a_long_block_that_have_no_page_together_are_parted():
    found = pages(plain(100, Kind.KEPT), exercise(950), plain(20))
    assert numbers(found) == [[0], [1, 2]]


def test_one_block_is_one_page():
    assert numbers(pages(exercise(300, 500))) == [[0]]
