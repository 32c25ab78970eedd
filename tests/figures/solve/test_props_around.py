import pytest

from plans.figures.body.body import BodyName
from plans.figures.body.load import load_body
from plans.figures.read.figure import parse_figure
from plans.figures.solve.posed import Posed, attempt_panel
from plans.figures.solve.props import PlacedProp
from plans.figures.words import PropKind

FIGURE = 'figure: near\nstart: {start}\nalt: {{en: "One."}}\nprops: [{props}]\npanels: [{{}}]\n'


def posed(start: str, props: str) -> Posed:
    figure = parse_figure(FIGURE.format(start=start, props=props), file="near.yaml")
    return attempt_panel(figure, figure.panels[0], load_body(BodyName.MAN_75))


def prop(kind: PropKind, seen: Posed) -> PlacedProp:
    return next(found for found in seen.props if found.kind is kind)


def test_distance_of_a_chair_is_from_its_front_edge_to_the_knees_of_who_sits_on_it() -> None:
    near, far = (prop(PropKind.CHAIR, posed("sitting", f"{{chair: {{distance: {d}}}}}")) for d in (3, 9))
    stature = load_body(BodyName.MAN_75).stature
    assert near.at[0] - far.at[0] == pytest.approx(0.06 * stature, abs=0.5)


def test_a_wall_behind_who_sits_stands_at_the_back_of_the_chair() -> None:
    seen = posed("sitting", "{chair: {distance: 9}}, {wall: {where: back}}")
    chair, wall = prop(PropKind.CHAIR, seen), prop(PropKind.WALL, seen)
    back_of_chair, front_of_wall = chair.at[0] - chair.size[0] / 2, wall.at[0] + wall.size[0] / 2
    assert front_of_wall == pytest.approx(back_of_chair, abs=0.1)


def test_a_pool_with_its_edge_beside_is_longer_along_the_edge_than_away_from_it() -> None:
    pool = prop(PropKind.POOL, posed("standing", "{pool: {where: left}}"))
    assert pool.edge
    assert pool.size[2] > 1.5 * pool.size[0]
