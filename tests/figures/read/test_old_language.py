"""A figure of the old language is told apart, so that its owner can be asked to have it redrawn."""

from pathlib import Path

import pytest

from plans.figures.read.old_language import is_old_language
from tests.figures.read.helpers import HEAD

OLD = "figure: stand\nalt: {en: A person.}\npanels:\n  - pose: {position: standing}\n"


@pytest.mark.parametrize(
    "text",
    [OLD, OLD + "view: side\n", "view: side\npanels: []\n", OLD.replace("pose", "behind")],
)
def test_old(text):
    assert is_old_language(text)


@pytest.mark.parametrize(
    "text",
    [
        HEAD.format(start="standing") + "panels: [{}]\n",
        HEAD.format(start="standing") + "panels: [{pose: 3}]\nview: side\n",
        "",
        "pose: [",
        "- pose: 3\n",
        "just words",
        "view: side\n",
        "panels: 3\n",
        "view: &a side\npanels: [*a]\n",
        OLD + "#" * 1_000_000,
        "panels: " + "[" * 500,
    ],
)
def test_not_old(text):
    assert not is_old_language(text)


def test_every_pose_of_the_old_library_is_old():
    folder = Path(__file__).with_name("old_language")
    texts = [file.read_text("utf-8") for file in folder.glob("*.yaml")]

    assert texts
    assert all(is_old_language(text) for text in texts)
