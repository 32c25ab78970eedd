"""A calm, friendly face: eyes, brows, nose and smile, painted where they lie on the base mesh."""

import math

import numpy as np

from plans.figures.body.body import Material
from plans.figures.body.segments import SEGMENTS
from plans.figures.draw import palette as inks
from plans.figures.draw.arrays import Ids, Mask, Values, nearest_to
from plans.figures.draw.pixels import Pixels

HEAD = SEGMENTS.index("head") + 1
FRONT = 0.75  # decimetres forward on the base mesh: the face begins
EYE, BACK = (0.31, 7.28, 1.15), (0.31, 7.28, -0.95)
# The line from the chin back along the jaw: below it the neck begins, which may lie in shade.
CHIN, CHIN_FORWARD, JAW_SLOPE = 6.17, 1.23, 0.42
SMALL = 0.9  # pixels a centimetre below which a face is a smear


def paint_face(ids: Ids, pixels: Pixels, scale: float, *, eyes_closed: bool) -> None:
    if scale < SMALL:
        return
    geometry = pixels.geometry
    skin = geometry.group == 1 + Material.SKIN
    forward = geometry.canonical[:, 2][geometry.triangles].max(axis=1) > FRONT
    here = np.flatnonzero(pixels.of_triangle((geometry.part == HEAD) & skin & forward))
    if not len(here):
        return
    x, y, z = (pixels.carried(geometry.canonical[:, k], here) for k in range(3))
    at, x = pixels.at[here], np.abs(x)
    front = (z > FRONT + 0.1) & (y > CHIN + JAW_SLOPE * (CHIN_FORWARD - z))
    aside = _aside(pixels, scale)
    pixel = 0.1 / scale  # decimetres
    light = inks.in_light(1 + Material.SKIN)
    ids[at[front]] = light  # one tone: shadows make a face stern
    ids[at[front & _cheek(x, y)]] = inks.CHEEK
    ids[at[front & _nose(x, y, pixel)]] = inks.MOUTH
    if not pixels.of_triangle(geometry.group == 1 + Material.MOUTH).any():  # an open mouth shows itself
        ids[at[front & _mouth(x, y, pixel, aside)]] = inks.MOUTH
    ids[at[front & _eye(x, y, pixel, aside, closed=eyes_closed)]] = inks.LINE
    ids[at[front & _brow(x, y, pixel, aside)]] = inks.BROW


def _cheek(x: Values, y: Values) -> Mask:
    a, b = (x - 0.44) / 0.16, (y - 6.93) / 0.12
    inside: Mask = a * a + b * b < 1
    return inside


def _nose(x: Values, y: Values, pixel: float) -> Mask:
    thick = max(0.022, 0.8 * pixel)
    curve = 6.9 - 0.9 * x * x
    inside: Mask = (np.abs(y - curve) < thick) & (x < 0.1)
    return inside


def _mouth(x: Values, y: Values, pixel: float, aside: float) -> Mask:
    """A smile: the corners stand higher than the middle."""
    thick = max(0.03, 1.4 * pixel)
    # In profile a full smile would run up the cheek like a scar.
    curve = 6.6 + (1.5 - 0.9 * aside) * x * x
    wide = 0.3 + 0.03 * aside
    inside: Mask = (np.abs(y - curve) < thick * (1.25 - 0.6 * x / wide)) & (x < wide)
    return inside


def _eye(x: Values, y: Values, pixel: float, aside: float, *, closed: bool) -> Mask:
    across, up = (x - 0.31 - 0.11 * aside), (y - 7.28)
    if closed:
        curve = -0.03 + 2.2 * across * across
        thick = max(0.028, 0.9 * pixel)
        shut: Mask = (np.abs(up - curve) < thick) & (np.abs(across) < 0.15)
        return shut
    wide, high = max(0.082 + 0.05 * aside, 1.3 * pixel), max(0.1, 1.6 * pixel)
    a, b = across / wide, up / high
    inside: Mask = a * a + b * b < 1
    return inside


def _brow(x: Values, y: Values, pixel: float, aside: float) -> Mask:
    across = x - 0.33 - 0.08 * aside
    curve = 7.56 - 0.9 * across * across
    thick = max(0.035, 0.9 * pixel)
    inside: Mask = (np.abs(y - curve) < thick) & (np.abs(across) < 0.2)
    return inside


def _aside(pixels: Pixels, scale: float) -> float:
    """0: the face looks at us (or away); 1: we see it in profile, where eyes painted on the front would vanish."""
    corners, place = pixels.geometry.pixels, pixels.geometry.canonical
    eye, back = (corners[nearest_to(place, middle)] for middle in (EYE, BACK))
    right, down, near = (eye - back).tolist()
    right, down = right / scale, down / scale
    flat = right * right + down * down
    return math.sqrt(flat / max(flat + near * near, 1e-9))
