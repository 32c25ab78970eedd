"""Soft parts pressed flat on what carries them."""

import numpy as np

from plans.figures.body.segments import SEGMENTS
from plans.figures.solve.parts import SEGMENTS_OF
from plans.figures.solve.planes import FLOOR, Plane
from plans.figures.solve.posing import Solved
from plans.figures.solve.rig import Points
from plans.figures.solve.setting import Setting
from plans.figures.solve.skin import rounded
from plans.figures.spec import Part
from plans.figures.words import PartName, PropKind, Surface

LEFT_OVER = 0.02  # of the depth below the surface stays, so that no two places fall together
DEEPEST = 5.0  # centimetres; what is deeper below a seat or pillow hangs beside it
WIDE = (Surface.FLOOR, Surface.BED)
"""Surfaces that carry whatever comes to lie on them."""
SITTING = ("pelvis", "thigh", "trunk")


def flattened(setting: Setting, solved: Solved) -> Points:
    points = solved.skin.copy()
    touched: dict[Surface, list[Part]] = {Surface.FLOOR: []}
    for met in solved.met:
        if isinstance(met.contact.target, Surface):
            touched.setdefault(met.contact.target, []).append(met.contact.part)
    for surface, parts in sorted(touched.items()):
        plane = FLOOR if surface is Surface.FLOOR else setting.grounds[surface]
        if isinstance(plane, Plane):
            soft = None if surface in WIDE else np.isin(setting.body.segment, segments_of(parts))
            if soft is not None and surface is Surface.STEP:
                soft &= _over_a_step(setting, points)
            points = _pressed(points, plane, soft)
    return rounded(points)


def _over_a_step(setting: Setting, points: Points) -> "np.typing.NDArray[np.bool_]":
    """Return which points are over a step: a heel sinks beside it."""
    over = np.zeros(len(points), np.bool_)
    for stand in (one for one in setting.stands if one.prop.kind is PropKind.STEP):
        away = points[:, [0, 2]] - np.array([stand.near[0], stand.near[2]])
        inward = away[:, 0] * stand.into[0] + away[:, 1] * stand.into[2]
        over |= (inward > 0) & (inward < stand.size(setting.body.stature)[0])
    return over


def segments_of(parts: list[Part]) -> list[int]:
    starts = {start for part in parts for start in SEGMENTS_OF[part.name]}
    if any(part.name in (PartName.BUTTOCK, PartName.PELVIS, PartName.THIGH) for part in parts):
        starts.update(SITTING)
    return [number for number, name in enumerate(SEGMENTS) if name.startswith(tuple(starts))]


def _pressed(points: Points, plane: Plane, soft: "np.typing.NDArray[np.bool_] | None") -> Points:
    n, o = plane.normal, plane.origin
    height = (points[:, 0] - o[0]) * n[0] + (points[:, 1] - o[1]) * n[1] + (points[:, 2] - o[2]) * n[2]
    under = height < 0
    if soft is not None:
        under &= soft & (height > -DEEPEST)
    lift = np.where(under, -height * (1 - LEFT_OVER), 0.0)
    pressed: Points = points + lift[:, None] * np.array(n)
    return pressed
