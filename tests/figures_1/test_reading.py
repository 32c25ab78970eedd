"""What is refused before any work is done with it."""

import re

import pytest

from plans import yaml_nodes
from plans.figures_1 import FigureFileError, parse_figure
from plans.figures_1.reading import LIMITS, MAX_CHARACTERS, MAX_PROBLEMS, Reader
from tests.figures_1.conftest import HEAD

STAND = "  - pose: {position: standing}\n"
ARROW = "      - {from: head, to: hip}\n"


def problems_of(text):
    with pytest.raises(FigureFileError) as caught:
        parse_figure(text, file="new.yaml")
    return caught.value.problems


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (HEAD + STAND + "#" * 1_000_000, r"new.yaml:1: \d+ characters, at most 10000 are read"),
        ("panels: " + "[" * LIMITS.depth, "new.yaml:1: nested deeper than 10 levels"),
        (HEAD + "  - [" + "1," * LIMITS.values + "1]", "new.yaml:4: too many values, at most 1000 are read"),
        ("a: &a [x, x]\nb: [*a, *a]\n", "new.yaml:1: anchors and aliases are not read here"),
        ("b: [*a, *a]\n", "new.yaml:1: anchors and aliases are not read here"),
        ("figure: !!python/name:os.system f\n", "new.yaml:1: tags are not read here"),
    ],
    ids=["long", "deep", "many", "anchor", "alias", "tag"],
)
def test_nothing_is_built_from_what_is_too_much(text, problem, monkeypatch):
    monkeypatch.setattr(yaml_nodes.yaml, "compose", None)

    found = problems_of(text)[0]

    assert re.fullmatch(problem + ".*", found), found


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (
            HEAD + STAND + "    arrows:\n" + ARROW * 9,
            "new.yaml:6: at most 8 entries are expected here, not 9",
        ),
        (HEAD + STAND + "    behind: [" + "head, " * 9 + "]", "new.yaml:5: at most 8 entries"),
        (
            HEAD + STAND + "    props:\n      - {kind: towel, through: [" + "head, " * 9 + "]}",
            "new.yaml:6: at most 8 entries",
        ),
        (HEAD.replace("figure: f", "figure: " + "f" * 65) + STAND, "65 characters, at most 64"),
    ],
)
def test_a_panel_holds_no_more_than_can_be_seen(text, problem):
    assert any(problem in one for one in problems_of(text))


def test_a_figure_at_its_bounds_is_drawn():
    towel = "      - {kind: towel, through: [" + "head, " * 8 + "]}\n"
    panel = STAND + "    arrows:\n" + ARROW * 8 + "    props:\n" + towel * 8

    assert len(HEAD + panel * 3) < MAX_CHARACTERS
    assert len(parse_figure(HEAD + panel * 3).panels) == 3


def test_a_page_of_mistakes_is_told_in_part():
    assert (
        len(problems_of(HEAD + "  - {" + ", ".join(f"x{number}: 1" for number in range(400)) + "}"))
        <= MAX_PROBLEMS
    )


def test_the_reader_says_what_yaml_itself_refuses():
    reader = Reader("new.yaml")

    assert reader.document("a: [1") is None
    assert len(reader.problems) == 1
