import pytest

from plans.figures.body.body import BodyName
from plans.figures.body.load import load_body
from plans.figures.draw.props import meshes_of
from plans.figures.read.figure import parse_figure
from plans.figures.solve.posed import Posed, attempt_panel
from plans.figures.solve.props import PlacedProp
from plans.figures.words import PropKind

FIGURE = """
figure: near
start: supine
alt: {{en: "One."}}
props: [{towel}]
joints: {{right hip flexion: {hip}, right knee flexion: {knee}}}
panels: [{{}}]
"""


def posed(hip: int, towel: str = "towel under right knee") -> Posed:
    figure = parse_figure(FIGURE.format(hip=hip, knee=2 * hip, towel=towel), file="near.yaml")
    return attempt_panel(figure, figure.panels[0], load_body(BodyName.MAN_75))


def roll(seen: Posed) -> PlacedProp:
    return next(found for found in seen.props if found.kind is PropKind.TOWEL)


def test_a_rolled_towel_fills_the_room_below_the_knee() -> None:
    low, high = roll(posed(12)), roll(posed(24))
    assert 3 < low.size[0] < high.size[0]
    for found in (low, high):
        (_, lowest, _), (_, end, _) = found.through
        assert lowest == end == pytest.approx(found.size[0] / 2, abs=0.1)


def test_it_lies_across_the_leg() -> None:
    (x, _, z), (other_x, _, other_z) = roll(posed(20)).through
    assert abs(z - other_z) > 5 * abs(x - other_x)


def test_it_may_have_a_thickness_of_its_own() -> None:
    stature = load_body(BodyName.MAN_75).stature
    assert roll(posed(20, "{towel: {under: right knee, height: 4}}")).size[0] == pytest.approx(stature * 0.04)


def test_it_is_drawn_round() -> None:
    found = roll(posed(20))
    (mesh,) = meshes_of(found, 170)
    height = mesh.vertices[:, 1].max() - mesh.vertices[:, 1].min()
    assert height == pytest.approx(found.size[0], rel=0.05)
