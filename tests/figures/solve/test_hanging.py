"""How arms and hands hang where nothing is said of them."""

import pytest

from plans.figures.body.load import load_body
from plans.figures.read.figure import parse_figure
from plans.figures.solve.posed import Posed, solve_panel
from plans.figures.solve.vectors import dot, length, sub
from plans.figures.words import Side

HEAD = "figure: x\nstart: standing\nalt: {en: One.}\n"


def posed(name: str, build: str | None = None, panel: str = "{}") -> Posed:
    figure = parse_figure(f"{HEAD}panels:\n  - {panel}\n")
    return solve_panel(figure, figure.panels[0], load_body(name, build=build))


@pytest.mark.parametrize(
    ("name", "build"), [("man75", "slender"), ("woman50", "heavy"), ("pregnant30", "average")]
)
def test_arms_hang_beside_the_body_and_not_behind_it(name: str, build: str) -> None:
    angles = posed(name, build).solved.angles
    for side in Side:
        assert abs(angles[f"shoulder flexion {side}"]) < 5
        assert 5 < angles[f"shoulder abduction {side}"] < 30


def width_of(seen: Posed, joint: int) -> float:
    """From index to little finger, as far as it is across the hand."""
    index, little, middle, wrist = (
        tuple(seen.joints[seen.body.bones.index(name)].tolist())
        for name in (f"finger2-{joint}.R", f"finger5-{joint}.R", "finger3-1.R", "wrist.R")
    )
    along, gap = sub(middle, wrist), sub(little, index)
    return (length(gap) ** 2 - (dot(gap, along) / length(along)) ** 2) ** 0.5


def test_fingers_hang_side_by_side_and_are_spread_when_it_is_said() -> None:
    hanging, spread = posed("woman30"), posed("woman30", panel="joints: {fingers abduction: 20}")
    assert width_of(hanging, 3) < 1.2 * width_of(hanging, 1)
    assert width_of(spread, 3) > 1.2 * width_of(hanging, 3)
