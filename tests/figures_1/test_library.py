"""The starter figures, judged as far as numbers can; the contact sheets of make gallery are for the eye."""

import itertools

import pytest

from plans.figures_1 import flesh
from plans.figures_1.camera import Camera
from plans.figures_1.limits import check_joints
from plans.figures_1.panels import draw_panels
from plans.figures_1.skeleton import solve
from tests.figures_1.conftest import CODES

NEEDED = {
    *("childs-pose", "single-knee-to-chest", "cat-cow", "pelvic-tilt", "bird-dog", "glute-bridge"),
    *("prone-press-up", "lower-trunk-rotation", "supine-leg-raise-stretch", "walking", "water-walking"),
    *(
        "dead-bug",
        "side-plank-knees",
        "clamshell",
        "lying-face-down",
        "standing-back-bend",
        "piriformis-stretch",
    ),
    *("hip-flexor-stretch", "hamstring-stretch-towel", "nerve-glide", "wall-sit", "sit-to-stand"),
    *("abdominal-bracing", "double-knee-to-chest"),
}


def heights(skeleton, girth):
    """The lowest point of each part that can touch the floor."""
    yield "trunk", min(place[1] - s.radius for s in skeleton.trunk for place in s.circles())
    for side, leg in skeleton.legs.items():
        feet = (
            (leg.heel, flesh.HEEL),
            (leg.ball, flesh.BALL),
            (leg.toe, flesh.TOE),
            (leg.ankle, flesh.ANKLE),
        )
        yield f"{side} foot", min(place[1] - radius for place, radius in feet)
        yield f"{side} knee", leg.knee[1] - flesh.KNEE * girth
    for side, arm in skeleton.arms.items():
        yield f"{side} hand", min(arm.palm[1] - flesh.PALM, arm.fingertips[1] - flesh.FINGERTIP)
        yield f"{side} elbow", arm.elbow[1] - flesh.ELBOW * girth


def test_all_exercises_of_the_starter_library_have_a_figure():
    assert set(CODES) == NEEDED


def test_nobody_floats_or_sinks_into_the_floor(figure, body):
    for number, panel in enumerate(figure.panels, 1):
        low = dict(heights(solve(panel.pose, body), body.limb_girth))
        touching = [part for part, height in low.items() if -1.3 <= height <= 0.6]
        assert touching, f"panel {number} touches nothing: {low}"
        sunk = {part: round(height, 1) for part, height in low.items() if height < -1.3}
        allowed = {"right elbow", "right hand"} if figure.code == "clamshell" else set()
        assert sunk.keys() <= allowed, f"panel {number} sinks: {sunk}"


def test_every_joint_is_possible(figure, body):
    for panel in figure.panels:
        check_joints(solve(panel.pose, body))


def test_start_and_end_differ(figure, body):
    drawings = draw_panels(figure, body, Camera(*figure.view))
    assert all(one != other for one, other in itertools.pairwise(drawings))


def test_the_movement_is_large_enough_to_see(figure, body):
    if figure.code == "abdominal-bracing":  # nothing moves in it: an arrow shows where the muscle tightens
        assert figure.panels[-1].arrows
        return
    first, last = (solve(figure.panels[i].pose, body).parts() for i in (0, -1))
    assert max(abs(a - b) for part in first for a, b in zip(first[part], last[part], strict=True)) > 4


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_alternative_text_tells_number_start_and_end(figure, language):
    words = {
        "en": ({2: "Two pictures", 3: "Three pictures"}, "Start:"),
        "es": ({2: "Dos dibujos", 3: "Tres dibujos"}, "Inicio:"),
    }
    count, start = words[language]
    assert figure.alt[language].startswith(count[len(figure.panels)])
    assert start in figure.alt[language]
