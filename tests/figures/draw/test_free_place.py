import numpy as np

from plans.figures.draw.free_place import SPARE, free_place

LYING = np.stack(np.meshgrid(np.linspace(-90, 90, 60), np.linspace(0, 25, 12)), axis=-1).reshape(-1, 2)


def test_a_round_picture_hides_nothing_and_stays_above_the_floor():
    shown = np.array([0.0, 10.0])
    middle = free_place(LYING, shown, 30)

    away = LYING - middle
    assert np.sqrt((away * away).sum(axis=1)).min() > 30 + SPARE
    assert middle[1] - 30 >= 0


def test_it_stands_as_near_as_it_can():
    near, far = (free_place(LYING, np.array([0.0, 10.0]), radius) for radius in (10, 30))

    assert near[1] < far[1]
