"""Things in the room: how big they are, where they stand, and the surfaces that they offer."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from plans.figures.solve.planes import Edge, Ground, Plane
from plans.figures.solve.vectors import Vec, Y, add, cross, mix, scale, unit
from plans.figures.spec import Prop
from plans.figures.words import Direction, PropKind, Surface

# Usual sizes in percent of stature, so that one pose fits all bodies.
HEIGHTS: Mapping[PropKind, float] = MappingProxyType(
    {
        PropKind.CHAIR: 25.5,
        PropKind.TABLE: 43.0,
        PropKind.BED: 28.0,
        PropKind.STEP: 10.0,
        PropKind.CONE: 14.0,
        PropKind.TAPE: 0.25,
        PropKind.PILLOW: 5.5,
        PropKind.BALL: 35.0,
        PropKind.WALL: 112.0,
        PropKind.DOOR_FRAME: 118.0,
        PropKind.POOL: 66.0,
    }
)
DEPTHS: Mapping[PropKind, float] = MappingProxyType(
    {
        PropKind.CHAIR: 25.0,
        PropKind.TABLE: 36.0,
        PropKind.BED: 118.0,
        PropKind.STEP: 18.0,
        PropKind.CONE: 10.0,
        PropKind.TAPE: 118.0,
        PropKind.WALL: 3.0,
        PropKind.DOOR_FRAME: 7.0,
        PropKind.POOL: 150.0,
    }
)
WIDTHS: Mapping[PropKind, float] = MappingProxyType(
    {
        PropKind.CHAIR: 26.0,
        PropKind.TABLE: 62.0,
        PropKind.BED: 52.0,
        PropKind.STEP: 40.0,
        PropKind.CONE: 10.0,
        PropKind.TAPE: 3.2,
        PropKind.WALL: 70.0,
        PropKind.DOOR_FRAME: 52.0,
        PropKind.POOL: 70.0,
    }
)
ALONG_EDGE = (52.0, 106.0)
"""Depth and width of a pool that the person walks along its edge."""
BACK_ABOVE_SEAT = 26.0
ARMREST_ABOVE_SEAT = 13.5
RAIL_ABOVE_STEPS, RAIL_FROM_EDGE, RAIL_REACH = 49.0, 3.0, 16.0
MAT = (112.0, 1.6, 38.0)
ARM_REACH = {"front": 24.0, "side": 24.0}
"""Usual distance from the middle of the person to the near side of a thing that the hands use."""

MOVABLE = frozenset(
    {
        PropKind.CHAIR,
        PropKind.TABLE,
        PropKind.WALL,
        PropKind.STEP,
        PropKind.DOOR_FRAME,
        PropKind.BED,
        PropKind.POOL,
        PropKind.CONE,
        PropKind.TAPE,
    }
)
NOT_TOUCHED = frozenset({PropKind.CONE, PropKind.TAPE})
"""They stand or lie there to be seen: nothing rests on them."""


@dataclass(frozen=True)
class PlacedProp:
    """A thing in the room, in centimetres. `at` is the middle of its underside; local x is where its user looks."""

    kind: PropKind
    at: Vec
    size: Vec
    turn: float = 0.0
    through: tuple[Vec, ...] = ()
    """Of a strap or stick: places along it."""
    wide: Vec = Y
    """Along which direction a strap is wide, as far as it does not run along it itself."""
    widths: tuple[float, ...] = ()
    """Shares of its width at those places: where it is gripped it is gathered. None: all of it everywhere."""
    armrests: bool = False
    edge: bool = False
    post: Vec | None = None
    """Of a band: where it is fixed to a post."""
    steps: int = 1
    rail: int = 0
    """Of a flight of steps: 1, it stands to the left of who goes up; -1, to the right."""
    line: int = 0


@dataclass(frozen=True)
class Stand:
    """Where a movable thing stands: the middle of its near side on the floor, and the way from the person into it.

    `back_first`: a chair whose back is nearer than its seat. `guess`: not placed yet, only its height counts.
    """

    prop: Prop
    near: Vec
    into: Vec
    back_first: bool = False
    guess: bool = False

    def size(self, stature: float) -> Vec:
        """Return depth, height and width in centimetres."""
        kind, prop = self.prop.kind, self.prop
        height = prop.height if prop.height is not None else HEIGHTS[kind]
        width = prop.width if prop.width is not None else WIDTHS[kind]
        depth = DEPTHS[kind]
        if kind is PropKind.POOL and prop.where in (Direction.LEFT, Direction.RIGHT):
            depth, width = ALONG_EDGE
        return depth * stature / 100, height * stature / 100, width * stature / 100

    def behind(self, prop: Prop, stature: float) -> "Stand":
        """Return where a thing stands that this one is pushed against."""
        return Stand(prop, add(self.near, scale(self.into, self.size(stature)[0])), self.into)

    def placed(self, stature: float) -> PlacedProp:
        depth, height, width = self.size(stature)
        looks = self.into if self.back_first or self.prop.kind is not PropKind.CHAIR else scale(self.into, -1)
        degrees = math.degrees(math.atan2(-looks[2], looks[0]))
        # Who is in a pool has its edge in front; everything else begins where its near side is.
        away = -depth / 2 if self.prop.kind is PropKind.POOL else depth / 2
        at, size = add(self.near, scale(self.into, away)), (depth, height, width)
        armrests, line = self.prop.armrests, self.prop.line
        steps, rail = self.prop.flight, self.rail
        return PlacedProp(
            self.prop.kind, at, size, degrees, armrests=armrests, steps=steps, rail=rail, line=line
        )

    @property
    def rail(self) -> int:
        if self.prop.rail is None:
            return 0
        return 1 if (self.prop.rail is Direction.LEFT) != (self.prop.where is Direction.BACK) else -1


def surfaces_of(stand: Stand, stature: float) -> dict[Surface, Ground]:
    """Return the surfaces and edges of a thing that stands somewhere."""
    _, height, width = stand.size(stature)
    kind, inward, out = stand.prop.kind, stand.into, scale(stand.into, -1)
    along = unit(cross(Y, inward))
    top = add(stand.near, scale(Y, height))
    if kind is PropKind.CHAIR:
        return _chair(stand, stature)
    if kind in NOT_TOUCHED:
        return {}
    if kind in (PropKind.WALL, PropKind.DOOR_FRAME):
        surface = Surface.WALL if kind is PropKind.WALL else Surface.DOOR_FRAME
        return {surface: Plane(surface, stand.near, out)}
    level, edge = {
        PropKind.TABLE: (Surface.TABLE, Surface.TABLE_EDGE),
        PropKind.BED: (Surface.BED, Surface.BED_EDGE),
        PropKind.STEP: (Surface.STEP, Surface.STEP_EDGE),
        PropKind.POOL: (None, Surface.POOL_EDGE),
    }[kind]
    found: dict[Surface, Ground] = {edge: Edge(edge, top, along, out, width / 2)}
    if level:
        found[level] = Plane(level, top, Y)
    if stand.rail:
        found[Surface.RAIL] = _rail(stand, stature)
    return found


def _rail(stand: Stand, stature: float) -> Edge:
    """Return the handrail of a flight of steps, as far as who stands at its foot reaches it."""
    depth, height, width = stand.size(stature)
    left = scale(unit(cross(Y, stand.into)), float(stand.rail))
    aside = scale(left, width / 2 - RAIL_FROM_EDGE * stature / 100)
    at = add(add(stand.near, aside), scale(Y, height + RAIL_ABOVE_STEPS * stature / 100))
    along = unit(add(scale(stand.into, depth), scale(Y, height)))
    return Edge(Surface.RAIL, at, along, scale(left, -1), RAIL_REACH * stature / 100)


def _chair(stand: Stand, stature: float) -> dict[Surface, Ground]:
    depth, height, width = stand.size(stature)
    far = add(stand.near, scale(stand.into, depth))
    front, back = (far, stand.near) if stand.back_first else (stand.near, far)
    forward = scale(stand.into, 1.0 if stand.back_first else -1.0)
    along = unit(cross(Y, stand.into))
    seat, high = scale(Y, height), scale(Y, height + BACK_ABOVE_SEAT * stature / 100)
    arm = scale(Y, height + ARMREST_ABOVE_SEAT * stature / 100)
    out = scale(stand.into, -1)
    return {
        Surface.SEAT: Plane(Surface.SEAT, add(front, seat), Y),
        Surface.SEAT_EDGE: Edge(Surface.SEAT_EDGE, add(front, seat), along, forward, width / 2),
        Surface.CHAIR_BACK: Plane(Surface.CHAIR_BACK, back, forward),
        Surface.TOP_OF_CHAIR_BACK: Edge(Surface.TOP_OF_CHAIR_BACK, add(back, high), along, out, width / 2),
        Surface.ARMREST: Edge(Surface.ARMREST, add(mix(front, back, 0.4), arm), stand.into, along, depth / 3),
    }
