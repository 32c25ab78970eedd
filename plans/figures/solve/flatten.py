"""Soft parts pressed flat on what carries them."""

import numpy as np

from plans.figures.solve.planes import FLOOR, Plane
from plans.figures.solve.posing import Solved
from plans.figures.solve.rig import Points
from plans.figures.solve.setting import Setting
from plans.figures.solve.skin import rounded
from plans.figures.words import Surface

LEFT_OVER = 0.02  # of the depth below the surface stays, so that no two places fall together


def flattened(setting: Setting, solved: Solved) -> Points:
    points = solved.skin.copy()
    touched = {met.contact.target for met in solved.met if isinstance(met.contact.target, Surface)}
    for surface in sorted(touched | {Surface.FLOOR}):
        plane = FLOOR if surface is Surface.FLOOR else setting.grounds[surface]
        if not isinstance(plane, Plane):
            continue
        n, o = plane.normal, plane.origin
        height = (points[:, 0] - o[0]) * n[0] + (points[:, 1] - o[1]) * n[1] + (points[:, 2] - o[2]) * n[2]
        most = 4.0 if surface is not Surface.FLOOR else 1e9
        under = (height < 0) & (height > -most)
        lift = np.where(under, -height * (1 - LEFT_OVER), 0.0)
        points = points + lift[:, None] * np.array(n)
    return rounded(points)
