"""Which figures are better left still: those that hardly move, and those whose way back would teach the wrong thing."""

from collections.abc import Mapping, Sequence
from itertools import pairwise

import numpy as np

from plans.figures.draw.pose import Pose
from plans.figures.errors import StillFigure
from plans.figures.spec import Figure

LEAST_CM = 1.5
"""Of the way of any point of the body between two panels. What moves less is told by arrows, and those do not move."""

WALK = "Two moments of a walk: played to and fro, the person would walk on the spot with sliding feet."
LOWERED = "Only the way down is the exercise: played back, one side would lift what both lift."
STILL: Mapping[str, str] = {
    "figure-eight-walk": WALK,
    "foam-stand": "Floor and cushion: between the two pictures the cushion would come out of nothing.",
    "heel-drop-floor": LOWERED,
    "heel-drop-step": LOWERED,
    "heel-to-toe-walk": WALK,
    "heel-walk": WALK,
    "interval-walking": WALK,
    "stair-walk": WALK,
    "toe-walk": WALK,
    "walking": WALK,
    "walking-head-turns": WALK,
    "water-walking": WALK,
    "wrist-extension-eccentric": LOWERED,
}
"""By the figure's code the reason. A clinic's own figure of that code is a changed copy, and as well left still."""


def check_moves(figure: Figure, poses: Sequence[Pose] = ()) -> None:
    """Raise StillFigure for what is shown by its panels; with the poses of all panels also for what hardly moves."""
    if len(figure.panels) < 2:
        raise StillFigure(reason="It has a single panel.")
    if reason := STILL.get(figure.code):
        raise StillFigure(reason=reason)
    if poses and max(_way(a, b) for a, b in pairwise(poses)) < LEAST_CM:
        raise StillFigure(reason="Its poses are nearly the same.")


def _way(start: Pose, end: Pose) -> float:
    return float(np.abs(start.vertices - end.vertices).max())
