"""What people train on and with, as meshes. Lengths in centimetres; local +x is where its user looks."""

import numpy as np

from plans.figures.draw.arrays import Points
from plans.figures.draw.mesh import Mesh, joined
from plans.figures.draw.shapes import Place, box, cushion, placed, tube

WOOD, STEEL, CLOTH, TILE = "#e9dcc3", "#c3c9d0", "#f3efe2", "#dbe7ee"
MAT, BED, WALL, STEP, BALL, BAND, STICK = (
    "#d3e6dc", "#e8e4da", "#eceae4", "#dcd6cc", "#e9a66b", "#39a0a0", "#d9a868",
)  # fmt: skip
RAILS_ASIDE = -0.32  # of the width, from its middle
RUNGS = (8.0, 37.0, 66.0)  # below the water
WATER = "#78bee2"
LEG = 3.5
POST, POST_BEYOND, POST_LEAST = 6.0, 14.0, 36.0  # its thickness, what of it is above a band, its least height
BACK_HEIGHT, ARMREST_HEIGHT = (
    0.26,
    0.135,
)  # of a chair, above its seat, in statures: where contacts expect them


class _Local:
    """Makes boxes at places of a thing that stands turned in the room."""

    def __init__(self, at: Place, turn: float, colour: str) -> None:
        self._at, self._turn, self._colour = at, turn, colour

    def box(self, x: float, y: float, z: float, size: Place) -> Mesh:
        middle = placed(np.array([[x, y, z]]), self._at, self._turn)[0]
        return box(middle, size, self._colour, self._turn)

    def points(self, points: list[tuple[float, float, float]]) -> Points:
        return placed(np.array(points), self._at, self._turn)


def chair(at: Place, size: Place, turn: float, stature: float, *, armrests: bool = False) -> Mesh:
    """`size`: depth, height of the seat, width."""
    depth, seat, width = size
    make = _Local(at, turn, WOOD)
    x, z = depth / 2 - LEG / 2, width / 2 - LEG / 2
    back, arm = BACK_HEIGHT * stature, ARMREST_HEIGHT * stature
    parts = [make.box(0, seat - 4, 0, (depth, 4, width))]
    parts.append(make.box(-depth / 2 + 1.5, seat + back * 0.4, 0, (3, back * 0.6, width)))
    for side in (-1, 1):
        parts.append(make.box(x, 0, side * z, (LEG, seat - 4, LEG)))
        parts.append(make.box(-x, 0, side * z, (LEG, seat - 4, LEG)))
        parts.append(make.box(-x, seat, side * z, (LEG, back * 0.4, LEG)))
        if armrests:
            parts.append(make.box(x, seat, side * z, (LEG, arm - 3, LEG)))
            parts.append(make.box(0, seat + arm - 3, side * z, (depth, 3, LEG + 1)))
    return joined(parts)


def table(at: Place, size: Place, turn: float) -> Mesh:
    """`size`: depth, height of the top, width."""
    depth, height, width = size
    make = _Local(at, turn, WOOD)
    x, z = depth / 2 - 4, width / 2 - 4
    legs = [make.box(i * x, 0, k * z, (5, height - 4, 5)) for i in (-1, 1) for k in (-1, 1)]
    return joined([make.box(0, height - 4, 0, (depth, 4, width)), *legs])


def post(fixed: Place, band: float) -> list[Mesh]:
    """A post and the band around it, where `fixed` is; `band`: half its width."""
    x, y, z = (float(length) for length in fixed)
    wood = box((x, 0.0, z), (POST, max(y + POST_BEYOND, POST_LEAST), POST), WOOD)
    return [wood, box((x, y - band * 0.7, z), (POST + 1.2, band * 1.4, POST + 1.2), BAND)]


def bed(at: Place, size: Place, turn: float) -> list[Mesh]:
    """`size`: length, height of the mattress, width."""
    length, height, width = size
    thick = min(18.0, height * 0.5)
    frame = _Local(at, turn, WOOD)
    x, z = length / 2 - 4, width / 2 - 4
    legs = [frame.box(i * x, 0, k * z, (6, height - thick - 6, 6)) for i in (-1, 1) for k in (-1, 1)]
    boards = frame.box(0, height - thick - 6, 0, (length, 6, width))
    mattress = _Local(at, turn, BED).box(0, height - thick, 0, (length, thick, width))
    return [joined([boards, *legs]), mattress]


def door_frame(at: Place, size: Place, turn: float) -> Mesh:
    """`size`: depth, height, clear width between the posts."""
    depth, height, width = size
    make = _Local(at, turn, WOOD)
    posts = [make.box(0, 0, side * (width / 2 + 4), (depth, height, 8)) for side in (-1, 1)]
    return joined([*posts, make.box(0, height, 0, (depth, 8, width + 16))])


def ball(at: Place, size: Place) -> Mesh:
    return cushion(at, size, BALL, edge=1.0)


def weight(middle: Place, length: float, turn: float) -> Mesh:
    """A dumbbell, its bar along local x."""
    make = _Local(middle, turn, STEEL)
    half, head = length / 2, length * 0.24

    def rod(start: float, end: float, radius: float) -> Mesh:
        return tube(list(make.points([(start, 0, 0), (end, 0, 0)])), radius, STEEL)

    return joined(
        [
            rod(-half + head, half - head, 1.4),
            rod(-half, -half + head, length * 0.2),
            rod(half - head, half, length * 0.2),
        ]
    )


def pool(at: Place, size: Place, turn: float, *, edge: bool = True) -> list[Mesh]:
    """`size`: length, depth of the water, width; its edge with a ladder's rails at local +x."""
    length, depth, width = size
    tiles = _Local(at, turn, TILE)
    floor = tiles.box(0, -4, 0, (length, 4, width))
    water = _Local(at, turn, WATER).box(0, 0, 0, (length, depth, width))
    things = [Mesh(water.vertices, water.triangles, WATER, water.faces, water=True)]
    if edge:
        rim = tiles.box(length / 2 + 12, -4, 0, (24, depth + 16, width + 4))
        # Along an edge the ladder stands at one end: it is not seen behind the person's head.
        aside = RAILS_ASIDE * width if width > length else 0.0
        things = [joined([floor, rim]), *_rails(at, turn, (length / 2, depth, aside)), *things]
    else:
        things.insert(0, floor)
    return things


def _rails(at: Place, turn: float, where: Place) -> list[Mesh]:
    make = _Local(at, turn, STEEL)
    end, depth, aside = where
    top = depth + 12
    rails = []
    for z in (aside - 18.0, aside + 18.0):
        line = [
            (end + 16, top, z), (end + 16, top + 22, z), (end + 13, top + 30, z), (end + 6, top + 34, z),
            (end - 1, top + 30, z), (end - 4, top + 22, z), (end - 4, depth - 66, z),
        ]  # fmt: skip
        rails.append(tube(list(make.points(line)), 2.0, STEEL, thin=True))
    for under in RUNGS:
        ends = [(end - 4, depth - under, aside - 18.0), (end - 4, depth - under, aside + 18.0)]
        rails.append(tube(list(make.points(ends)), 2.0, STEEL, thin=True))
    return rails
