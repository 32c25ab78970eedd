"""What is drawn on top: arrows of movement, numbers of panels, the arrow from panel to panel."""

from dataclasses import replace
from math import atan2, cos, hypot, sin

from plans.figures_1.colours import ARROW, LINE, PAPER
from plans.figures_1.errors import ArrowWithoutLength
from plans.figures_1.paths import Path, Point, Segment, curve, disc, moved, polyline

ARROW_WIDTH, ARROW_HEAD, HALO = 1.9, 5.2, 1.5
BADGE = 5.2
_DIGIT_WIDTH = 1.4
_SHORTEST = 0.1
STEP_COLOUR = "#46525d"


def draw_arrow(start: Point, end: Point, bend: float) -> list[Path]:
    control = _bowed(start, end, bend)
    angle = atan2(end[1] - control[1], end[0] - control[0])
    neck = (end[0] - 0.8 * ARROW_HEAD * cos(angle), end[1] - 0.8 * ARROW_HEAD * sin(angle))
    shaft = Path(curve(start, control, neck), stroke=ARROW, width=ARROW_WIDTH)
    barbs = [
        (end[0] - ARROW_HEAD * cos(angle + turn), end[1] - ARROW_HEAD * sin(angle + turn))
        for turn in (-0.5, 0.5)
    ]
    head = Path(polyline([end, *barbs], closed=True), fill=ARROW, stroke=ARROW, width=0.6)
    rims = [replace(part, stroke=PAPER, width=part.width + 2 * HALO) for part in (shaft, head)]
    return [*rims, shaft, head]


def _bowed(start: Point, end: Point, bend: float) -> Point:
    dx, dy = end[0] - start[0], end[1] - start[1]
    size = hypot(dx, dy)
    if size < _SHORTEST:
        raise ArrowWithoutLength
    return ((start[0] + end[0]) / 2 + 2 * bend * dy / size, (start[1] + end[1]) / 2 - 2 * bend * dx / size)


def draw_badge(centre: Point, number: int) -> list[Path]:
    """The number of a panel, 1 to 3, as shapes: no font is needed and a mirrored page keeps it upright."""
    digit = moved(Path(_DIGITS[number], stroke=PAPER, width=_DIGIT_WIDTH), *centre)
    return [Path(disc(centre, BADGE), fill=LINE), digit]


def _line(*points: Point) -> tuple[Segment, ...]:
    return polyline(points)


def _curves(start: Point, *curves: tuple[Point, Point]) -> tuple[Segment, ...]:
    return (Segment("M", (start,)), *(Segment("Q", pair) for pair in curves))


_DIGITS: dict[int, tuple[Segment, ...]] = {
    1: _line((-1.5, -1.7), (0.4, -3.1), (0.4, 3.1)),
    2: (
        *_curves(
            (-1.9, -1.5),
            ((-1.9, -3.1), (0.0, -3.1)),
            ((1.9, -3.1), (1.9, -1.4)),
            ((1.9, -0.4), (0.4, 1.1)),
        ),
        Segment("L", ((-1.9, 3.0),)),
        Segment("L", ((2.1, 3.0),)),
    ),
    3: _curves(
        (-1.8, -2.5),
        ((-1.0, -3.1), (0.0, -3.1)),
        ((1.8, -3.1), (1.8, -1.6)),
        ((1.8, -0.2), (-0.3, -0.2)),
        ((2.1, -0.2), (2.1, 1.5)),
        ((2.1, 3.1), (0.0, 3.1)),
        ((-1.2, 3.1), (-2.1, 2.3)),
    ),
}


def draw_step(centre: Point, *, mirrored: bool) -> Path:
    x, y = centre
    way = -1 if mirrored else 1
    corners = ((-4, -1.6), (0.4, -1.6), (0.4, -4), (4.6, 0), (0.4, 4), (0.4, 1.6), (-4, 1.6))
    return Path(polyline([(x + way * dx, y + dy) for dx, dy in corners], closed=True), fill=STEP_COLOUR)
