"""An exercise bike: its saddle is where a seat is, its pedals and handlebars where feet and hands are."""

from collections.abc import Sequence

import numpy as np

from plans.figures.draw.arrays import Points
from plans.figures.draw.furniture import STEEL
from plans.figures.draw.mesh import Mesh, joined
from plans.figures.draw.shapes import Place, box, placed, tube

# Centimetres.
SADDLE, PEDAL = (22.0, 5.0, 15.0), (10.0, 2.0, 9.0)
POST, BAR, AXLE, WHEEL, WHEEL_THICK, FOOT = 2.6, 1.6, 1.4, 17.0, 6.0, 40.0
WHEEL_AHEAD, BEFORE_EDGE = 20.0, -5.0


def bike(at: Place, size: Place, turn: float, held: Sequence[Place]) -> Mesh:
    """`size`: depth, height of the saddle, width; `held`: right and left foot, right and left hand."""
    right_foot, left_foot, right_hand, left_hand = (np.asarray(place, np.float64) for place in held)
    ahead = placed(np.array([[1.0, 0.0, 0.0]]), (0, 0, 0), turn)[0]
    across = placed(np.array([[0.0, 0.0, 1.0]]), (0, 0, 0), turn)[0]
    saddle = np.asarray(at, np.float64) + ahead * (size[0] / 2 - BEFORE_EDGE)
    crank = (right_foot + left_foot) / 2
    crank = crank + across * float((saddle - crank) @ across)
    hands = (right_hand + left_hand) / 2
    axle = crank + ahead * WHEEL_AHEAD
    ends = [np.array([place[0], 2.0, place[2]]) for place in (saddle - ahead * 12, axle + ahead * 18)]
    parts = [
        box(saddle + np.array([0, size[1] - SADDLE[1], 0]), SADDLE, STEEL, turn),
        tube([saddle + np.array([0, size[1] - SADDLE[1], 0]), crank], POST, STEEL),
        tube([crank, axle], POST, STEEL),
        tube([axle, hands - np.array([0, 3.0, 0])], POST, STEEL),
        tube([right_hand + (right_hand - hands) * 0.25, left_hand + (left_hand - hands) * 0.25], BAR, STEEL),
        tube([axle - across * WHEEL_THICK / 2, axle + across * WHEEL_THICK / 2], WHEEL, STEEL),
        tube([ends[0], ends[1]], POST, STEEL),
        tube([crank, (ends[0] + ends[1]) / 2], POST, STEEL),
        *(tube([end - across * FOOT / 2, end + across * FOOT / 2], POST, STEEL) for end in ends),
    ]
    for foot in (right_foot, left_foot):
        aside = across * float((foot - crank) @ across)
        parts.append(tube([crank + aside, foot], AXLE, STEEL))
        parts.append(box(_under(foot), PEDAL, STEEL, turn))
    return joined(parts)


def _under(foot: Points) -> Place:
    return foot[0], foot[1] - PEDAL[1] - 0.5, foot[2]
