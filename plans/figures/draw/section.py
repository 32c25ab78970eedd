"""The pelvic floor as a small section from the side: pubic bone, sacrum, bladder, the floor lifted, sunk or at rest."""

import numpy as np

from plans.figures.draw import palette as inks
from plans.figures.draw.arrays import Points
from plans.figures.draw.arrows import ArrowShape, draw_arrows
from plans.figures.draw.canvas import Canvas, bow, turned_by
from plans.figures.words import MarkKind

# In radii of the round picture, right and up, the front of the body to the left.
UPRIGHT: Points = np.array([(-1.0, 0.0), (0.0, 1.0)])
"""Where the front and the upper end of the trunk are, right and up: as books draw the section."""
SACRUM = ((0.30, 0.82), (0.52, 0.72), (0.66, 0.4), (0.70, 0.05), (0.60, -0.28), (0.52, -0.26), (0.55, 0.02),
          (0.46, 0.32), (0.30, 0.56))  # fmt: skip
FRONT_END, BACK_END = (-0.50, -0.16), (0.53, -0.22)
LIFTED, SUNK, AT_REST = -0.12, 0.26, 0.10
# Where the floor is and how far the bladder is carried up.
SHOWN = {
    MarkKind.PELVIC_FLOOR_LIFT: (LIFTED, 0.08),
    MarkKind.PELVIC_FLOOR_RELEASE: (SUNK, 0.0),
    MarkKind.PELVIC_FLOOR_REST: (AT_REST, 0.04),
}


def draw_section(
    canvas: Canvas,
    middle: Points,
    radius: float,
    pelvis: Points,
    pen: float,
    *,
    shows: MarkKind,
    turned: Points = UPRIGHT,
) -> None:
    """`pelvis`: where a thin line leads to; `pen`: width of a strong line; `turned`: front and up of who is drawn."""
    canvas.curve(np.stack([pelvis, _toward(middle, pelvis, radius)]), pen * 0.6, inks.STEP)
    canvas.disc(middle, radius, inks.LINE)
    canvas.disc(middle, radius - pen, inks.PAPER)

    def at(points: Points) -> Points:
        seen = -points[:, :1] * turned[0] + points[:, 1:] * turned[1]
        placed: Points = middle + seen * np.array([1, -1]) * radius
        return placed

    _outlined(canvas, at(np.array(SACRUM)), pen * 0.6, inks.BONE)
    _outlined(canvas, at(_oval((-0.58, -0.08), 0.13, 0.24, 35)), pen * 0.6, inks.BONE)
    now, bladder = SHOWN[shows]
    _outlined(canvas, at(_oval((-0.20, 0.22 + bladder), 0.27, 0.20, -15)), pen * 0.6, inks.STRETCHED)
    ends = np.array(FRONT_END), np.array(BACK_END)
    rests = shows is MarkKind.PELVIC_FLOOR_REST
    rest = at(bow(*ends, AT_REST))
    for k in range(0, 0 if rests else len(rest) - 2, 4):  # dashed: where a floor that moves was
        canvas.curve(rest[k : k + 3], pen * 0.5, inks.STEP)
    floor = at(bow(*ends, now))
    canvas.curve(floor, pen * 2.6, inks.LINE)
    # Orange is work: a floor that rests or lets go is pale.
    canvas.curve(floor, pen * 1.5, inks.WORKING if shows is MarkKind.PELVIC_FLOOR_LIFT else inks.BONE)
    if rests:
        return
    low, high = np.array([0.02, -0.82]), np.array([0.02, -0.44])
    arrow = at(np.stack([low, high] if shows is MarkKind.PELVIC_FLOOR_LIFT else [high, low]))
    draw_arrows(canvas, [ArrowShape(arrow, (False, True))], pen * 1.5)


def _outlined(canvas: Canvas, points: Points, pen: float, number: int) -> None:
    canvas.polygon(points, number)
    canvas.curve(np.concatenate([points, points[:1]]), pen, inks.LINE)


def _oval(middle: tuple[float, float], wide: float, high: float, tilt: float) -> Points:
    c, s = turned_by(tilt)
    points = []
    for k in range(24):
        x, y = turned_by(k * 15)
        x, y = x * wide, y * high
        points.append((middle[0] + c * x - s * y, middle[1] + s * x + c * y))
    return np.array(points)


def _toward(middle: Points, point: Points, radius: float) -> Points:
    away = point - middle
    edge: Points = middle + away * (radius / max(float(np.sqrt(away[0] * away[0] + away[1] * away[1])), 1e-9))
    return edge
