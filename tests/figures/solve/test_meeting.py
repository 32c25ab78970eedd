"""Parts of the body that meet do so within a centimetre, measured to the skin itself, on thin and on heavy people."""

import numpy as np
import pytest

from plans.figures.body.load import load_body
from plans.figures.read.figure import parse_figure
from plans.figures.solve.meeting import Meets
from plans.figures.solve.parts import flesh_of
from plans.figures.solve.posed import solve_panel
from plans.figures.solve.surface import nearest_on
from plans.figures.spec import Part

HEAD = "figure: x\nalt: {en: One.}\n"
KNEES = "start: right side lying\npanels: [{}]\n"
SHINS = "start: hook lying\nfree: [feet, palms]\njoints: {hip flexion: 110, knee flexion: 120}\npanels:\n"
SHINS += "  - contacts: [{hands: {hold: shins, along: 30}}]\n"
ANKLE = "start: hook lying\njoints: {right hip flexion: 85, right hip abduction: 40, right hip external rotation: 55,"
ANKLE += " right knee flexion: 110}\nfree: [right foot]\npanels:\n"
ANKLE += "  - contacts: [{right ankle: {touch: left thigh, along: 80, side: front}}]\n"


@pytest.mark.parametrize("text", [KNEES, SHINS, ANKLE], ids=["knees", "shins", "ankle"])
@pytest.mark.parametrize(
    ("name", "build"), [("man30", "average"), ("woman75", "heavy"), ("man75", "slender")]
)
def test_two_parts_meet_on_the_skin(text: str, name: str, build: str) -> None:
    figure, body = parse_figure(HEAD + text), load_body(name, build=build)
    posed = solve_panel(figure, figure.panels[0], body)
    meetings = [met for met in posed.solved.met if isinstance(met.wish, Meets)]
    assert meetings
    for met in meetings:
        assert isinstance(met.contact.target, Part)
        faces = flesh_of(body).faces(met.contact.target)
        point = posed.solved.skin[met.wish.spot.vertex]
        nearest = nearest_on(posed.solved.skin, faces, tuple(point.tolist()))
        assert abs(nearest.height) <= 1.3
        corners = posed.solved.skin[np.unique(faces)]
        assert nearest.height <= float(np.sqrt(((corners - point) ** 2).sum(axis=1)).min()) + 1e-9


def test_what_is_pressed_too_deep_or_too_far_aside_is_missed() -> None:
    figure, body = parse_figure(HEAD + KNEES), load_body("man30")
    posed = solve_panel(figure, figure.panels[0], body)
    wish = next(met.wish for met in posed.solved.met if isinstance(met.wish, Meets))
    assert wish.gap(posed.solved.skin) < 0.3
    upper = wish.spot.vertex
    out = wish.touched.normal
    turns = posed.solved.room.stance.turns[wish.touched.node]
    way = np.array([sum(turns[k][axis] * out[k] for k in range(3)) for axis in range(3)])
    for far, least in ((4.0, 3.0), (-4.0, 1.0)):
        skin = posed.solved.skin.copy()
        skin[upper] += way * far
        assert wish.gap(skin) > least
