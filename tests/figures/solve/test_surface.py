import numpy as np
import pytest

from plans.figures.solve.surface import faces_of, nearest_on

# A square of two faces in the plane y = 0, looking up, 10 wide.
SKIN = np.array([[0.0, 0, 0], [10, 0, 0], [10, 0, 10], [0, 0, 10], [0, 50, 0]])
FACES = np.array([[0, 2, 1], [0, 3, 2]], np.int32)


@pytest.mark.parametrize(
    ("point", "nearest", "height"),
    [
        ((6.0, 2.0, 3.0), (6.0, 0.0, 3.0), 2.0),
        ((6.0, -1.5, 3.0), (6.0, 0.0, 3.0), -1.5),
        ((13.0, 4.0, 5.0), (10.0, 0.0, 5.0), 5.0),
        ((-3.0, 0.0, -4.0), (0.0, 0.0, 0.0), 5.0),
    ],
)
def test_a_point_is_measured_to_the_face_or_its_border(point, nearest, height) -> None:
    found = nearest_on(SKIN, FACES, point)
    assert found.point == pytest.approx(nearest)
    assert found.height == pytest.approx(height)
    assert found.out == pytest.approx((0, 1, 0))


def test_faces_of_a_part_have_all_their_corners_in_it() -> None:
    assert faces_of(FACES, np.array([0, 1, 2])).tolist() == [[0, 2, 1]]
