import numpy as np

from plans.figures.draw.pen import disc, long_lines, stroke

HEIGHT, WIDTH = 30, 40


def marked(*places):
    return np.array(sorted(row * WIDTH + column for row, column in places))


def test_a_crumb_is_left_out_and_a_line_with_a_small_gap_is_kept():
    line = [(10, column) for column in range(5, 30) if column != 15]
    marks = marked(*line, (20, 20), (20, 21))
    kept = long_lines(marks, np.ones(len(marks), bool), HEIGHT, WIDTH, least=20, sure_least=1)
    assert kept.sum() == 24
    assert not kept[-2:].any()


def test_a_long_crease_without_a_sure_mark_is_left_out():
    marks = marked(*((10, column) for column in range(5, 35)))
    sure = np.zeros(len(marks), bool)
    assert not long_lines(marks, sure, HEIGHT, WIDTH, least=20, sure_least=5).any()
    sure[:5] = True
    assert long_lines(marks, sure, HEIGHT, WIDTH, least=20, sure_least=5).all()


def test_no_marks_no_lines():
    none = np.zeros(0, np.int64)
    assert len(long_lines(none, np.zeros(0, bool), HEIGHT, WIDTH, least=2, sure_least=1)) == 0


def test_the_pen_is_round_and_stays_on_the_paper():
    ink = stroke(marked((0, 0), (15, 20)), 2.8, HEIGHT, WIDTH)
    assert ink.sum() == len(disc(2.8)) + 8  # a quarter of the disc at the corner
    assert not ink[:, -1].any()
