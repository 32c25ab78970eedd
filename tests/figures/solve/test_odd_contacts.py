"""Contacts that nobody would write are posed or refused in words; nothing else comes out."""

import pytest

from plans.figures.body.load import load_body
from plans.figures.errors import PoseError
from plans.figures.solve.posed import attempt_panel
from tests.figures.read.helpers import figure_of

LINE = 5


def posed(start: str, panel: str) -> None:
    figure = figure_of(f"panels:\n  - {{{panel}}}\n", start=start)
    attempt_panel(figure, figure.panels[0], load_body("man50"))


@pytest.mark.parametrize("start", ["supine", "standing", "sitting"])
def test_a_body_without_any_contact_is_posed(start: str) -> None:
    posed(start, "free: [all]")


@pytest.mark.parametrize(
    ("panel", "words"),
    [
        ("contacts: [right hand on pillow]", "right hand on pillow: there is no pillow under it"),
        ("contacts: [low back on ball], props: [ball behind low back]", "there is no ball under it"),
    ],
)
def test_what_is_not_there_carries_nothing(panel: str, words: str) -> None:
    with pytest.raises(PoseError) as caught:
        posed("standing", panel)

    assert caught.value.line == LINE
    assert words in caught.value.words
