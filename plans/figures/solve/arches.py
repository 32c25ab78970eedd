"""The inner arch of the foot, lifted or sunk: no joint of the body does it, so the skin of the foot is moved."""

from collections.abc import Mapping

import numpy as np

from plans.figures.body.body import Body
from plans.figures.body.segments import SEGMENTS
from plans.figures.solve.rig import Points
from plans.figures.solve.skin import Bones, rounded
from plans.figures.solve.vectors import Mat

ARCH = {".R": "arch.R", ".L": "arch.L"}
"""Their turns stand among those of toes and fingers, so that they go over into each other as these do."""
# On the base mesh, decimetres: the arch from heel to ball, the inner and outer border of the foot, sole and instep.
HEEL, BALL = 0.0, 1.1
INNER, OUTER = 1.85, 2.6
SOLE, ANKLE = -7.9, -7.2
HALF_FOOT = 0.075  # of the stature in front of the heel, where the arch is highest
OUTER_SHARE, INSTEP_SHARE, SHORTER = 0.3, 0.8, 0.55


def with_arches(body: Body, bones: Bones, turns: Mapping[str, Mat], skin: Points) -> Points:
    """Return the skin, the sole and the instep of a lifted arch raised and its toes drawn to the heel."""
    found = skin
    for end, name in ARCH.items():
        if name in turns:
            foot = bones.turns[body.bones.index(f"foot{end}")]
            sine = turns[name][1][2]
            found = _arched(body, end, foot, HALF_FOOT * body.stature * sine, found)
    return rounded(found) if found is not skin else skin


def _arched(body: Body, end: str, foot: Mat, lift: float, skin: Points) -> Points:
    side = "_l" if end == ".L" else "_r"
    named = [n for n, s in enumerate(SEGMENTS) if s.startswith(("foot", "toe")) and s.endswith(side)]
    of_foot = np.isin(body.segment, named)
    x, y, z = (body.canonical[:, axis].astype(np.float64) for axis in range(3))
    along = (z - (HEEL + BALL) / 2) / ((BALL - HEEL) / 2)
    bowed = np.clip(1 - along * along, 0, 1)
    inward = 1 - (1 - OUTER_SHARE) * np.clip((np.abs(x) - INNER) / (OUTER - INNER), 0, 1)
    above = np.clip((y - SOLE) / (ANKLE - SOLE), 0, 1)
    up = lift * bowed * inward * np.where(above > 0, INSTEP_SHARE * (1 - above * above), 1.0)
    back = lift * SHORTER * np.clip((z - HEEL) / (BALL - HEEL), 0, 1) * (1 - above)
    moved = up[:, None] * np.array(foot[1]) - back[:, None] * np.array(foot[2])
    result: Points = skin + np.where(of_foot[:, None], moved, 0.0)
    return result
