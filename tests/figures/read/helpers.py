"""Small figures for the tests of the reader."""

import pytest

from plans.figures.errors import FigureFileError
from plans.figures.read.figure import parse_figure

HEAD = "figure: small\nstart: {start}\nalt: {{en: A person.}}\n"


def figure_of(text, *, start="standing"):
    return parse_figure(HEAD.format(start=start) + text, file="small.yaml")


def panel_of(panel="{}", *, start="standing", shared=""):
    """The last panel; it stands on line 6, what `shared` says for all panels on line 4."""
    return figure_of(f"{shared or 'keep_sides: false'}\npanels:\n  - {panel}\n", start=start).panels[-1]


def problems_of(text, *, start="standing"):
    with pytest.raises(FigureFileError) as caught:
        figure_of(text, start=start)
    return [problem.removeprefix("small.yaml:") for problem in caught.value.problems]


def panel_problems(panel, *, start="standing", shared=""):
    """What is wrong with a panel that stands on line 6."""
    return problems_of(f"{shared or 'keep_sides: false'}\npanels:\n  - {panel}\n", start=start)
