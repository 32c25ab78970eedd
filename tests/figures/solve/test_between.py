import pytest

from plans.figures.body.body import BodyName
from plans.figures.body.load import load_body
from plans.figures.read.figure import parse_figure
from plans.figures.solve.posed import Posed, between, solve_panel

BIRD_DOG = """
figure: bird-dog
start: hands and knees
alt: {en: A person on hands and knees lifts one leg.}
panels:
  - {}
  - free: [right leg]
    joints: {right hip extension: 14, right knee flexion: 6}
"""


@pytest.fixture(scope="module")
def ends() -> tuple[Posed, Posed]:
    figure, body = parse_figure(BIRD_DOG), load_body(BodyName.WOMAN_50)
    start, end = (solve_panel(figure, panel, body) for panel in figure.panels)
    return start, end


def test_the_ends_are_the_poses_themselves(ends: tuple[Posed, Posed]) -> None:
    start, end = ends
    assert between(start, end, 0) is start
    assert between(start, end, 1) is end


@pytest.mark.parametrize("share", [0.3, 0.6])
def test_contacts_of_both_hold_in_between_and_the_rest_moves_on(
    ends: tuple[Posed, Posed], share: float
) -> None:
    start, end = ends
    middle = between(start, end, share)
    assert not [miss for miss in middle.misses if miss.cm > 1]
    foot = start.body.bones.index("foot.R")
    low, high = start.joints[foot][1], end.joints[foot][1]
    assert low < middle.joints[foot][1] < high
    hand = start.body.bones.index("wrist.L")
    assert abs(middle.joints[hand] - start.joints[hand]).max() < 2
