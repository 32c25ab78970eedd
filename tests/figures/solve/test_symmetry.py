import pytest

from plans.figures.body.body import BodyName
from plans.figures.body.load import load_body
from plans.figures.read.figure import parse_figure
from plans.figures.solve.posed import Posed, attempt_panel
from plans.figures.solve.rows import FREE

HEAD = "figure: x\nalt: {en: One.}\n"
BOTH_KNEES = (
    "start: hook lying\nfree: [feet, palms]\ncontacts: [{palms: {hold: shins, along: 40}}]\npanels: [{}]\n"
)
ROUNDED = "start: hands and knees\npanels:\n  - joints: {lumbar flexion: 28, thoracic flexion: 34}\n"
MIDDLE = [axis for axis in FREE if axis.endswith((" side", " turn"))]
PAIRS = [(axis, axis.replace(" left", " right")) for axis in FREE if axis.endswith(" left")]


def posed(text: str) -> Posed:
    figure = parse_figure(HEAD + text)
    return attempt_panel(figure, figure.panels[0], load_body(BodyName.WOMAN_50, build="heavy"))


@pytest.mark.parametrize("text", [BOTH_KNEES, ROUNDED])
def test_what_is_said_of_both_sides_alike_neither_twists_nor_leans(text: str) -> None:
    angles = posed(text).solved.angles
    assert [axis for axis in MIDDLE if abs(angles[axis]) > 1e-6] == []
    assert [left for left, right in PAIRS if abs(angles[left] - angles[right]) > 1e-6] == []
    assert abs(angles.position[2]) < 1e-6


@pytest.mark.parametrize(
    "one_sided",
    [
        "joints: {trunk rotation left: 20}",
        "free: [left palm]\n    joints: {left shoulder flexion: 150}",
        "contacts: [left palm on right thigh]",
    ],
)
def test_one_side_alone_goes_its_own_way(one_sided: str) -> None:
    angles = posed(f"start: hook lying\npanels:\n  - {one_sided}\n").solved.angles
    assert any(abs(angles[left] - angles[right]) > 5 for left, right in PAIRS) or angles["lumbar turn"] > 5


def test_a_chair_on_one_side_leaves_the_other_hand_where_it_is() -> None:
    angles = posed(
        "start: standing\nprops: [{chair: {where: left, distance: 26}}]\n"
        "contacts: [left hand holds top of chair back]\npanels: [{}]\n"
    ).solved.angles
    assert abs(angles["elbow flexion left"] - angles["elbow flexion right"]) > 5
