from plans.figures.body.body import BodyName
from plans.figures.body.load import load_body
from plans.figures.read.figure import parse_figure
from plans.figures.solve.nodes import NODE
from plans.figures.solve.posed import attempt_panel

ROUNDED = """
figure: rounded
start: hands and knees
alt: {en: One., es: Uno.}
panels:
  - {}
  - joints: {hip flexion: 50, lumbar flexion: 28, thoracic flexion: 34, elbow flexion: 2}
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
