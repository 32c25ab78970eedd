"""An inset as it is drawn: in a circle, with a line to what it shows."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from plans.figures.draw import palette as inks
from plans.figures.draw.arrays import Points
from plans.figures.draw.arrows import ArrowShape, draw_arrows
from plans.figures.draw.canvas import Canvas
from plans.figures.draw.insets import InsetPlan
from plans.figures.draw.scene import Pen, draw_panel
from plans.figures.draw.shots import Shot

LEAD = 0.6  # of a strong line: the line to what is shown


@dataclass(frozen=True)
class Round:
    """In pixels of the panel."""

    middle: Points
    radius: float
    shown: Points


def draw_inset(
    canvas: Canvas,
    shot: Shot,
    plan: InsetPlan,
    place: Round,
    pen: Pen,
    arrow_width: float,
    fills: Mapping[str, int],
) -> None:
    canvas.curve(np.stack([place.shown, _rim(place)]), pen.line * LEAD, inks.STEP)
    canvas.disc(place.middle, place.radius, inks.LINE)
    inner = place.radius - pen.line
    canvas.disc(place.middle, inner, inks.PAPER)
    scale = 2 * place.radius / (plan.window.right - plan.window.left)
    near = Pen(scale, pen.line, True, pen.mirrored)
    body = shot.pose.body
    drawn = draw_panel(body, shot.pose.vertices, (), plan.camera, plan.window, near, fills, shot.tints)
    inside = Canvas(drawn.ids)

    def at(points: Points) -> Points:
        flat = np.concatenate([points, np.zeros((len(points), 1))], axis=1)
        return plan.window.pixels(flat, scale)[:, :2]

    arrows = [ArrowShape(at(a.line), a.heads, a.bar, a.number) for a in plan.arrows]
    draw_arrows(inside, arrows, arrow_width)
    canvas.picture(place.middle, inner, inside.ids)


def _rim(place: Round) -> Points:
    away = place.shown - place.middle
    far = max(float(np.sqrt(away[0] * away[0] + away[1] * away[1])), 1e-9)
    rim: Points = place.middle + away * (place.radius / far)
    return rim
