import numpy as np

from plans.figures.draw.raster import NOTHING, plane, visible

SQUARE = np.array([[2.0, 2.0, 0.0], [10.0, 2.0, 0.0], [10.0, 8.0, 0.0], [2.0, 8.0, 0.0]])
HALVES = np.array([[0, 1, 2], [0, 2, 3]], np.int32)


def test_two_halves_of_a_square_fill_it_without_a_crack_or_an_overlap():
    seen = visible(SQUARE, HALVES, np.zeros(2), 12, 12)
    assert (seen[2:8, 2:10] != NOTHING).all()
    assert (seen != NOTHING).sum() == 6 * 8


def test_the_nearer_triangle_hides_the_other_and_a_bias_brings_it_nearer():
    points = np.concatenate([SQUARE, SQUARE + np.array([0, 0, 5])])
    triangles = np.concatenate([HALVES, HALVES + 4]).astype(np.int32)
    assert set(visible(points, triangles, np.zeros(4), 12, 12)[4, 4:6]) <= {2, 3}
    assert set(visible(points, triangles, np.array([6.0, 6.0, 0, 0]), 12, 12)[4, 4:6]) <= {0, 1}


def test_what_hangs_over_the_edge_is_cut_off():
    seen = visible(SQUARE - np.array([6, 5, 0]), HALVES, np.zeros(2), 5, 5)
    assert (seen != NOTHING).sum() == 3 * 4


def test_many_chunks_give_what_one_gives(monkeypatch):
    rng = np.random.default_rng(3)
    points = rng.uniform(0, 60, (90, 3)).round(1)
    triangles = np.arange(90, dtype=np.int32).reshape(-1, 3)
    whole = visible(points, triangles, np.zeros(30), 60, 60)
    monkeypatch.setattr("plans.figures.draw.raster.AT_ONCE", 50)
    assert (visible(points, triangles, np.zeros(30), 60, 60) == whole).all()


def test_a_value_at_the_corners_is_carried_over_the_triangle():
    base, across, down = plane(SQUARE, HALVES, SQUARE[:, 0] * 2 + SQUARE[:, 1] * 3 + 1)
    assert np.allclose(base, 1)
    assert np.allclose(across, 2)
    assert np.allclose(down, 3)
