import pytest

from plans.figures_1 import BODIES, UnknownBody, parse_figure
from plans.figures_1.colours import LINE
from plans.figures_1.marks import STEP_COLOUR, draw_badge
from plans.figures_1.paths import bounds, flattened
from plans.figures_1.scene import compose
from tests.figures_1.conftest import HEAD

TWO = HEAD + "  - pose: {position: standing}\n  - pose: {position: hands-and-knees}\n"


def digits(scene):
    """Numbers of the panels by where they stand, from left to right."""
    shapes = {}
    for number in (1, 2, 3):
        strokes = draw_badge((0, 0), number)[1].segments
        for path in scene.paths:
            if path.stroke == "#ffffff" and len(path.segments) == len(strokes):
                shifts = [
                    (x - u, y - v)
                    for a, b in zip(path.segments, strokes, strict=True)
                    for (x, y), (u, v) in zip(a.points, b.points, strict=True)
                ]
                if all(shift == pytest.approx(shifts[0]) for shift in shifts):
                    shapes[shifts[0][0]] = number
    return [shapes[x] for x in sorted(shapes)]


def test_panels_stand_in_reading_order_with_upright_numbers(figure):
    expected = list(range(1, len(figure.panels) + 1))
    assert digits(compose(figure)) == expected
    assert digits(compose(figure, mirrored=True)) == expected[::-1]


def test_one_panel_needs_no_number():
    assert digits(compose(parse_figure(HEAD + "  - pose: {position: standing}\n"))) == []


@pytest.mark.parametrize("mirrored", [False, True])
def test_everything_lies_on_the_page(figure, mirrored):
    for body in BODIES:
        scene = compose(figure, body=body, mirrored=mirrored)
        box = bounds(scene.paths)
        assert box.left >= 0
        assert box.top >= 0
        assert box.right <= scene.width
        assert box.bottom <= scene.height


def test_a_picture_is_never_taller_than_its_place(figure):
    scene = compose(figure)
    assert scene.width / scene.height >= 1.7
    assert scene.width >= 170


def test_mirroring_mirrors_the_drawing(figure):
    plain, mirrored = compose(figure), compose(figure, mirrored=True)
    assert (mirrored.width, mirrored.height) == pytest.approx((plain.width, plain.height), abs=15)
    fills = [sorted(path.fill or "" for path in scene.paths) for scene in (plain, mirrored)]
    assert fills[0] == fills[1]


def test_a_person_whose_sides_matter_is_not_mirrored():
    def arm_leans_right(figure, mirrored):
        scene = compose(figure, mirrored=mirrored)
        body = BODIES["slender"]
        skin, shirt = (
            bounds(p for p in scene.paths if p.fill == fill.near) for fill in (body.skin, body.shirt)
        )
        return skin.right - shirt.right > shirt.left - skin.left

    text = HEAD + "  - pose: {position: standing, right_arm: {upper: 0}}\n"
    kept = parse_figure("keep_sides: true\n" + text)
    assert arm_leans_right(parse_figure(text), mirrored=False)
    assert not arm_leans_right(parse_figure(text), mirrored=True)
    assert arm_leans_right(kept, mirrored=True)


def test_all_panels_stand_on_one_line():
    scene = compose(parse_figure("ground: floor\n" + TWO))
    grounds = [bounds([path]) for path in scene.paths if path.fill == "#e6e8ea"]
    assert len(grounds) == 2
    assert grounds[0].bottom == pytest.approx(grounds[1].bottom)


def test_a_number_never_covers_the_drawing(figure):
    paths = compose(figure).paths
    badges = [i for i, path in enumerate(paths) if path.fill == LINE and not path.stroke and _is_badge(path)]
    assert len(badges) == len(figure.panels)
    for index in badges:
        box = bounds([paths[index]])
        others = (path for i, path in enumerate(paths) if i not in (index, index + 1))
        assert not any(box.contains(p) for path in others for line in flattened(path.segments) for p in line)


def _is_badge(path):
    box = bounds([path])
    return box.width == pytest.approx(10.4, abs=0.3) and box.height == pytest.approx(10.4, abs=0.3)


def test_one_arrow_leads_from_panel_to_panel(figure):
    steps = [path for path in compose(figure).paths if path.fill == STEP_COLOUR]
    assert len(steps) == len(figure.panels) - 1


def test_an_unknown_body_is_an_error_that_names_the_known():
    with pytest.raises(UnknownBody, match="no body named giant; known are: slender, sturdy"):
        compose(parse_figure(TWO), body="giant")
