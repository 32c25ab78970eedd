"""Gaze and pushes toward a part are seen from where they begin, not from the middle of the body."""

import numpy as np

from plans.figures.body.load import load_body
from plans.figures.draw.arrow_plans import plan_arrow
from plans.figures.draw.camera import Camera
from plans.figures.draw.mark_plans import plan_mark
from plans.figures.read.figure import parse_figure
from plans.figures.solve.posed import attempt_panel
from plans.figures.spec import Place

TEXT = """\
figure: look
start: standing
alt: {en: A person looks at a thumb and pushes toward the chest.}
panels:
  - joints: {right shoulder flexion: 60}
    marks: [gaze toward right thumb]
    arrows: [{press: right hand, way: toward chest}]
"""


def heading(line):
    way = line[-1] - line[0]
    return way / np.sqrt((way * way).sum())


def test_a_gaze_and_a_push_lead_to_the_part_that_is_named():
    figure = parse_figure(TEXT)
    panel = figure.panels[0]
    pose, camera = attempt_panel(figure, panel, load_body("woman30")), Camera(0.0, 0.0)
    hand, chest = (
        pose.place(Place(part))[:2] for part in (panel.arrows[0].start.part, panel.arrows[0].way.toward)
    )

    gaze = plan_mark(panel.marks[0], pose, camera).ends
    thumb = pose.place(Place(panel.marks[0].way.toward))[:2]
    assert heading(gaze) @ heading([gaze[0], thumb]) > 0.97
    push = plan_arrow(panel.arrows[0], [pose], 0, camera).line
    assert heading(push) @ heading([hand, chest]) > 0.99
