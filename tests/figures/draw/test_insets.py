import io

import numpy as np
import pytest
from PIL import Image

from plans.figures import draw_figure, load_body, parse_figure
from plans.figures.draw.camera import Camera
from plans.figures.draw.insets import plan_inset
from plans.figures.solve.posed import solve_panel

ARROW = "{from: {at: right hip, right: 6}, to: {at: right hip, left: 4}}"
TEXT = """
figure: squeeze
start: {start}
alt: {{en: One.}}
panels:
  - tint: {{glute: working}}
    inset: {{close-up: pelvis, from: back, width: 34, arrows: [{arrow}]}}
"""


def planned(start):
    figure = parse_figure(TEXT.format(start=start, arrow=ARROW))
    panel = figure.panels[0]
    pose = solve_panel(figure, panel, load_body("woman30"))
    return pose, plan_inset(panel.inset, [pose], 0, Camera(panel.camera.around, panel.camera.up))


def picture(text, **how):
    figure = parse_figure(text)
    data = draw_figure(figure, body=load_body("woman30"), **how)
    return np.asarray(Image.open(io.BytesIO(data)).convert("RGB")).astype(int)


@pytest.mark.parametrize("start", ["standing", "supine", "prone", "right side lying", "sitting"])
def test_a_part_is_seen_upright_however_the_person_lies(start):
    pose, plan = planned(start)
    head, right = (
        pose.joints[pose.body.bones.index("head")],
        pose.joints[pose.body.bones.index("upperarm01.R")],
    )
    seen = plan.camera.view(np.stack([head, right, pose.joints[0]]))

    assert seen[0, 1] > seen[2, 1] + 40
    assert seen[1, 0] > seen[2, 0] + 8  # from the back the right side is to the right


def test_a_pelvis_that_tilts_turns_in_it_while_trunk_and_thigh_stay():
    def seen(tilt):
        text = TEXT.format(start="right side lying", arrow=ARROW).replace("from: back", "from: side")
        figure = parse_figure(text.replace("  - tint", f"  - joints: {{pelvis {tilt}}}\n    tint"))
        pose = solve_panel(figure, figure.panels[0], load_body("woman30"))
        plan = plan_inset(figure.panels[0].inset, [pose], 0, Camera(0, 0))
        names = ("pelvis", "upperarm01.L", "upperleg01.L", "lowerleg01.L")
        points = np.stack([pose.joints[0], *(pose.joints[pose.body.bones.index(n)] for n in names[1:])])
        _, shoulder, hip, knee = plan.camera.view(points)[:, :2]
        return np.degrees(np.arctan2(*(knee - hip)[::-1])), np.degrees(np.arctan2(*(shoulder - hip)[::-1]))

    hollow, tucked = seen("anterior tilt: 22"), seen("posterior tilt: 24")
    assert np.abs(np.subtract(hollow, tucked)).max() < 12  # of the 46 degrees of the pelvis


def test_its_arrows_are_its_own():
    _, plan = planned("supine")
    (shape,) = plan.arrows

    assert shape.line[-1, 0] < shape.line[0, 0]
    assert plan.window.left < shape.line[0, 0] < plan.window.right


def test_it_is_drawn_beside_the_body_and_mirrored_with_it():
    with_it = TEXT.format(start="supine", arrow=ARROW)
    whole, without = picture(with_it), picture(with_it.split("    inset:")[0])

    assert whole.shape[0] > without.shape[0] * 1.2
    orange = (whole[:, :, 0] > 220) & (np.abs(whole[:, :, 1] - 142) < 20) & (whole[:, :, 2] < 90)
    assert orange.sum() > 300
    mirrored = picture(with_it, mirrored=True)
    assert (mirrored[:, ::-1] == whole).mean() > 0.97
