import numpy as np
import pytest

from plans.figures.body.body import BodyName
from plans.figures.body.load import load_body
from plans.figures.draw.props import meshes_of
from plans.figures.read.figure import parse_figure
from plans.figures.solve.posed import Posed, attempt_panel
from plans.figures.words import PropKind

FIGURE = """
figure: rides
start: sitting
alt: {en: "One."}
props: [{chair: {height: 53, distance: 20, pedals: true}}]
free: [feet, palms]
joints: {body lean forward: 14, shoulder flexion: 62, elbow flexion: 14}
panels:
  - joints: {right hip flexion: 78, right knee flexion: 92, left hip flexion: 40, left knee flexion: 38}
"""


@pytest.fixture(scope="module")
def seen() -> Posed:
    figure = parse_figure(FIGURE, file="rides.yaml")
    return attempt_panel(figure, figure.panels[0], load_body(BodyName.MAN_75))


def test_a_chair_with_pedals_is_a_bike_under_feet_and_hands(seen: Posed) -> None:
    chair = next(prop for prop in seen.props if prop.kind is PropKind.CHAIR)
    (bike,) = meshes_of(chair, seen.body.stature)
    right_foot, left_foot, *hands = (np.array(place) for place in chair.through)
    assert right_foot[1] > left_foot[1] + 10
    for held in (right_foot, left_foot, *hands):
        assert np.linalg.norm(bike.vertices - held, axis=1).min() < 8
    assert bike.vertices[:, 1].min() == pytest.approx(0, abs=1)


def test_its_saddle_is_as_high_as_the_seat(seen: Posed) -> None:
    chair = next(prop for prop in seen.props if prop.kind is PropKind.CHAIR)
    (bike,) = meshes_of(chair, seen.body.stature)
    behind = bike.vertices[bike.vertices[:, 0] < chair.at[0] + chair.size[0] / 2]
    assert behind[:, 1].max() == pytest.approx(chair.size[1], abs=1)
