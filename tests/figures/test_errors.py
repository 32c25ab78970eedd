"""What the figures' errors carry for those who show them."""

import pickle

from plans.figures.errors import FigureFileError, PoseError


def test_each_problem_of_a_file_stands_alone():
    error = FigureFileError.of(["x.yaml:1: one", "x.yaml:2: two"])

    assert error.problems == ("x.yaml:1: one", "x.yaml:2: two")
    assert str(error).startswith("The figure cannot be read: x.yaml:1: one")


def test_a_pose_error_names_its_line_and_comes_back_from_a_worker():
    error = PoseError(line=7, words="right palm on floor: misses by 4.0 cm")
    back = pickle.loads(pickle.dumps(error))

    assert (back.line, back.words) == (7, "right palm on floor: misses by 4.0 cm")
    assert str(back) == "Line 7: right palm on floor: misses by 4.0 cm."
