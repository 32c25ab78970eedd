"""Where an arrow begins."""

import numpy as np
import pytest

from plans.figures.draw.arrow_plans import last_of_way


@pytest.mark.parametrize(("length", "start"), [(5, [7, 6]), (10, [4, 2]), (20, [4, 2])])
def test_of_a_long_way_only_the_last_part_is_kept(length, start):
    assert last_of_way(np.array([4.0, 2.0]), np.array([10.0, 10.0]), length).tolist() == start
