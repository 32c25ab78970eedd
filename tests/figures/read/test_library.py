"""Every figure of the starter library is written in the pose language, and short."""

from pathlib import Path

import pytest

import plans
from plans.figures.read.figure import read_figure

FIGURES = sorted((Path(plans.__file__).parent / "library" / "figures").glob("*.yaml"))
MAX_LINES = 25


@pytest.mark.parametrize("path", FIGURES, ids=lambda path: path.stem)
def test_a_figure_of_the_library_is_read_and_short(path):
    figure = read_figure(path)

    assert figure.code == path.stem
    assert {"en", "es"} <= figure.alt.keys()
    assert len(path.read_text("utf-8").splitlines()) <= MAX_LINES


def test_each_exercise_has_its_figure():
    exercises = {path.stem for path in (FIGURES[0].parents[1] / "exercises").glob("*.yaml")}

    assert {path.stem for path in FIGURES} == exercises
