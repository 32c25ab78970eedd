"""What is refused before any figure is built."""

import re

import pytest

from plans import yaml_nodes
from plans.figures.errors import FigureFileError
from plans.figures.read.figure import parse_figure
from plans.figures.read.values import LIMITS, MAX_CHARACTERS, MAX_PROBLEMS
from tests.figures.read.helpers import HEAD, problems_of


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("figure: x\n" + "#" * 1_000_000, f"1: 1000010 characters, at most {MAX_CHARACTERS} are read"),
        ("panels: " + "[" * LIMITS.depth, f"1: nested deeper than {LIMITS.depth} levels"),
        (
            "panels:\n  [" + "1," * LIMITS.values + "1]",
            f"2: too many values, at most {LIMITS.values} are read",
        ),
        ("a: &a [x, x]\nb: [*a, *a]\n", "1: anchors and aliases are not read here"),
        ("b: [*a, *a]\n", "1: anchors and aliases are not read here"),
        ("figure: !!python/name:os.system f\n", "1: tags are not read here"),
        ("figure: x\n\x07", "2: a character that YAML does not allow"),
    ],
    ids=["long", "deep", "many", "anchor", "alias", "tag", "bell"],
)
def test_nothing_is_built_from_what_is_too_much(text, problem, monkeypatch):
    monkeypatch.setattr(yaml_nodes.yaml, "compose", None)
    with pytest.raises(FigureFileError) as caught:
        parse_figure(text, file="new.yaml")

    assert caught.value.problems[0].startswith(f"new.yaml:{problem}")


def test_the_first_problems_are_enough_to_begin_with():
    wrong = ", ".join(f"wrong{n}: 3" for n in range(30))

    assert len(problems_of(f"panels: [{{joints: {{{wrong}}}}}, {{joints: {{{wrong}}}}}]")) == MAX_PROBLEMS


def test_a_problem_is_one_short_line():
    text = HEAD.format(start="standing") + "panels: [{? " + '"a\\nb' + "x" * 500 + '" : 3}]'
    with pytest.raises(FigureFileError) as caught:
        parse_figure(text)

    (problem,) = caught.value.problems
    assert re.fullmatch(r"figure:4: a bx+\.\.\. is not known here; .{20,200}", problem)


@pytest.mark.parametrize("word", ["yes", "True", "1", "'true'", "~", "[true]"])
def test_true_and_false_are_the_only_flags(word):
    assert "true or false is expected here" in problems_of(f"panels: [{{}}]\nkeep_sides: {word}")[0]
