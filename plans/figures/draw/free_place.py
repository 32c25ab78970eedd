"""Where beside a body there is room for a round picture."""

import numpy as np

from plans.figures.draw.arrays import Points
from plans.figures.draw.canvas import turned_by

AWAY = range(4, 69, 4)  # centimetres from what it shows to its rim: the nearest free place is taken
AROUND = (90, 70, 110, 50, 130, 30, 150, 0, 180)  # degrees, upward first
SPARE = 2.0  # centimetres between the rim and the body


def free_place(body: Points, shown: Points, radius: float) -> Points:
    """Return a middle where the circle hides nothing of the body and stays above its lowest part."""
    floor = float(body[:, 1].min())
    middle = shown
    for away in AWAY:
        for angle in AROUND:
            c, s = turned_by(angle)
            middle = shown + np.array([c, s]) * (away + radius)
            apart = body - middle
            clear = apart[:, 0] * apart[:, 0] + apart[:, 1] * apart[:, 1] > (radius + SPARE) ** 2
            if middle[1] - radius >= floor and clear.all():
                return middle
    return middle
