import pytest

from plans.figures.body.body import BodyName
from plans.figures.body.load import load_body
from plans.figures.read.figure import parse_figure
from plans.figures.solve.posed import solve_panel
from plans.figures.solve.starts import base_of, forward_of
from plans.figures.words import StartPose

TEXT = "figure: x\nstart: {}\nalt: {{en: A person in a start pose.}}\npanels: [{{}}]\n"


@pytest.mark.parametrize("start", list(StartPose))
@pytest.mark.parametrize("name", [BodyName.MAN_30, BodyName.WOMAN_75])
def test_every_contact_of_a_start_pose_is_met(start: StartPose, name: BodyName) -> None:
    figure = parse_figure(TEXT.format(start))
    posed = solve_panel(figure, figure.panels[0], load_body(name))
    assert not [miss for miss in posed.misses if miss.cm > 1]
    assert posed.vertices[:, 1].min() > -1


@pytest.mark.parametrize(
    ("start", "forward"),
    [
        (StartPose.STANDING, "front"),
        (StartPose.RIGHT_SIDE_LYING, "front"),
        (StartPose.LEFT_SIDE_LYING, "front"),
        (StartPose.HANDS_AND_KNEES, "head"),
        (StartPose.SUPINE, "head"),
        (StartPose.PRONE, "head"),
    ],
)
def test_forward_is_along_the_floor(start: StartPose, forward: str) -> None:
    base = base_of(start)

    assert forward_of(base) == (base[2] if forward == "front" else base[1])
    assert forward_of(base)[1] == pytest.approx(0)
