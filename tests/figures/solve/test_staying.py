from plans.figures.body.body import BodyName
from plans.figures.body.load import load_body
from plans.figures.read.figure import parse_figure
from plans.figures.solve.nodes import ANGLE, NODE
from plans.figures.solve.posed import attempt_panel

ROUNDED = """
figure: rounded
start: hands and knees
alt: {en: One., es: Uno.}
panels:
  - {}
  - joints: {hip flexion: 50, lumbar flexion: 28, thoracic flexion: 34, elbow flexion: 2}
"""
BESIDE_A_CHAIR = """
figure: beside-a-chair
start: right half kneeling
alt: {en: One., es: Uno.}
props: [{chair: {where: left, distance: 28}}]
contacts: [left hand holds top of chair back]
panels: [{}]
"""


def test_hands_and_knees_stay_where_the_start_pose_put_them() -> None:
    figure = parse_figure(ROUNDED, file="rounded.yaml")
    body = load_body(BodyName.WOMAN_30)
    before, after = (attempt_panel(figure, panel, body).solved.room.stance for panel in figure.panels)
    for name in ("hand right", "hand left", "shin right", "shin left", "foot right", "foot left"):
        x, _, z = before.heads[NODE[name]]
        now_x, _, now_z = after.heads[NODE[name]]
        assert abs(now_x - x) < 2
        assert abs(now_z - z) < 2


def test_a_hand_that_takes_hold_of_a_chair_bends_its_arm_and_keeps_within_the_chair() -> None:
    figure = parse_figure(BESIDE_A_CHAIR, file="beside.yaml")
    posed = attempt_panel(figure, figure.panels[0], load_body(BodyName.WOMAN_30, build="slender"))
    assert posed.solved.angles.degrees[ANGLE["elbow flexion left"]] > 40
    hand, chair = posed.solved.room.stance.heads[NODE["hand left"]], posed.props[-1]
    assert abs(hand[0] - chair.at[0]) < chair.size[2] / 2


def test_who_reaches_for_a_thing_stays_where_it_was_put_for_them() -> None:
    figure = parse_figure(BESIDE_A_CHAIR, file="beside.yaml")
    posed = attempt_panel(figure, figure.panels[0], load_body(BodyName.WOMAN_30, build="slender"))
    assert abs(posed.solved.room.stance.heads[NODE["pelvis"]][2]) < 6
