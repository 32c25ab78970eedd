from plans.figures.body.load import load_body
from plans.figures.read.figure import parse_figure
from plans.figures.solve.posed import attempt_panel
from plans.figures.solve.spots import spot_of
from plans.figures.spec import Part
from plans.figures.words import PartName, Side

FIGURE = """
figure: sinks
start: standing
alt: {en: "One."}
props: [{step: {where: forward, height: 13, distance: 6}}]
free: [feet]
contacts: [balls of feet on step]
joints: {hip flexion: 0, knee flexion: 0, body lean forward: 2}
panels:
  - joints: {ankle dorsiflexion: 24, toes extension: 24}
"""


def test_a_heel_sinks_beside_the_step_on_which_the_ball_of_the_foot_stands() -> None:
    figure = parse_figure(FIGURE, file="sinks.yaml")
    seen = attempt_panel(figure, figure.panels[0], load_body("woman50", feet="shoes"))
    top = 0.13 * seen.body.stature
    heel, ball = (
        float(seen.vertices[spot_of(seen.body, Part(name, Side.RIGHT)).vertex][1])
        for name in (PartName.HEEL, PartName.BALL_OF_FOOT)
    )
    assert heel < top - 2
    assert ball > top - 0.5
