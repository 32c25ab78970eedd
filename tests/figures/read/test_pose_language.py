"""docs/how-to/pose-language.md tells the language as it is."""

import re
from pathlib import Path
from textwrap import dedent

import pytest

import plans
from plans.figures.joints import AXES
from plans.figures.read.figure import KEYS, PANEL_KEYS, parse_figure
from plans.figures.read.props import KINDS
from plans.figures.words import (
    UNPAIRED,
    VIEWS,
    Direction,
    Effect,
    Muscle,
    PartName,
    StartPose,
    Surface,
)

PAGE = (Path(plans.__file__).parents[1] / "docs" / "how-to" / "pose-language.md").read_text("utf-8")
EXAMPLES = re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)
PROSE = " ".join(PAGE.split())
HEAD = "figure: x\nstart: supine\nalt: {en: A}\npanels:\n  - {}\n  -\n"


@pytest.mark.parametrize("example", EXAMPLES, ids=range(len(EXAMPLES)))
def test_every_example_is_read(example):
    whole = example.startswith("figure:")
    parse_figure(example if whole else HEAD + re.sub("(?m)^", "    ", example))


def test_the_figure_of_the_other_page_is_read():
    page = (Path(plans.__file__).parents[1] / "docs" / "how-to" / "add-a-figure.md").read_text("utf-8")
    (example,) = re.findall(r"```yaml\n(.*?)```", page, re.DOTALL)

    assert parse_figure(dedent(example)).code == "wall-push-up"


def test_every_phrase_of_the_section_on_contacts_is_read():
    listed = PAGE.split("relation = below")[1].split("- Of a pair")[0]
    phrases = re.findall(r"`([^`\n]+)`", listed.split("```")[1])

    assert len(phrases) == 10
    for phrase in phrases:
        parse_figure(HEAD + f"    contacts: [{phrase}]\n")


@pytest.mark.parametrize("joint", AXES)
def test_every_joint_stands_there_with_its_ranges(joint):
    ranges = ", ".join(
        f"{axis.positive} {axis.most:g}" + (f" / {axis.negative} {axis.least:g}" if axis.least else "")
        for axis in AXES[joint]
    )
    first, _, last = joint.rpartition(" ")
    rows = [line for line in PAGE.splitlines() if line.endswith(f"| {ranges} |")]

    assert any(first in row and re.search(rf"\b{last}\b", row) for row in rows), ranges


@pytest.mark.parametrize(
    "words",
    [KEYS, PANEL_KEYS, StartPose, PartName, Surface, Direction, Effect, Muscle, VIEWS, KINDS],
    ids=[
        "keys",
        "panel keys",
        "starts",
        "parts",
        "surfaces",
        "directions",
        "effects",
        "muscles",
        "views",
        "props",
    ],
)
def test_every_word_stands_there(words):
    assert [word for word in words if str(word) not in PROSE] == []


def test_parts_stand_under_their_heading():
    paired = PROSE.split("**Parts of the body**, with a side: ")[1].split(". In the middle: ")[0].split(", ")
    middle = (
        PROSE.split("**Parts of the body**")[1].split(". In the middle: ")[1].split(". Both")[0].split(", ")
    )

    assert set(paired) == set(PartName) - UNPAIRED
    assert set(middle) == UNPAIRED
