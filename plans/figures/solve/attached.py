"""Things that the body carries along: pillows under and between, balls, weights and sticks in hands, towels, bands."""

import math
from collections.abc import Sequence

import numpy as np

from plans.figures.body.body import Body
from plans.figures.solve.places import place_in
from plans.figures.solve.planes import Plane
from plans.figures.solve.posing import Solved
from plans.figures.solve.props import HEIGHTS, PlacedProp
from plans.figures.solve.setting import Setting
from plans.figures.solve.spots import spot_of
from plans.figures.solve.straps import Strap, palm_at, skin_at
from plans.figures.solve.vectors import Vec, add, length, mix, scale, sub, unit
from plans.figures.spec import Attach, Part, Place, Prop
from plans.figures.words import LimbSide, PartName, PropKind, Side, Surface

# Percent of stature.
PILLOW_LENGTH, PILLOW_WIDTH, BALL_IN_HAND, BALL_BETWEEN, WEIGHT, STICK = 20.0, 32.0, 5.0, 11.0, 11.0, 14.0
# A rolled towel: its length under a limb and under the trunk, its least thickness, how far about it looks for skin.
ROLL, ROLL_OF_TRUNK, ROLL_LEAST, ROLL_FEELS = 19.0, 38.0, 2.2, 1.2


class Carried:
    """Places one thing on a solved pose."""

    def __init__(self, setting: Setting, solved: Solved, prop: Prop) -> None:
        self.setting, self.solved, self.prop = setting, solved, prop
        self.body: Body = setting.body
        self.cm = self.body.stature / 100

    def placed(self) -> PlacedProp:
        kind = self.prop.kind
        flat = any(part.name is PartName.FOOT for part in self.prop.parts)
        if kind is PropKind.TOWEL and self.prop.attach is Attach.UNDER and not (self.prop.ends or flat):
            return self._roll()
        if kind in (PropKind.TOWEL, PropKind.BAND):
            return Strap(self.setting, self.solved, self.prop).placed()
        if kind is PropKind.STICK:
            return self._thing((0.0, 0.0, 0.0), (0.0, 0.0, 0.0), through=self._stick())
        if kind is PropKind.WEIGHT:
            return self._weight()
        return self._ball() if kind is PropKind.BALL else self._pillow()

    def _thing(self, at: Vec, size: Vec, degrees: float = 0.0, through: Sequence[Vec] = ()) -> PlacedProp:
        return PlacedProp(self.prop.kind, at, size, degrees, through=tuple(through), line=self.prop.line)

    def _skin(self, part: Part, side: LimbSide | None = None) -> Vec:
        return skin_at(self.setting, self.solved, part, side)

    def _middle(self) -> Vec:
        found = [
            place_in(self.body, Place(part), self.setting.base, self.solved.room) for part in self.prop.parts
        ]
        return scale(
            (sum(p[0] for p in found), sum(p[1] for p in found), sum(p[2] for p in found)), 1 / len(found)
        )

    def _palm(self, side: Side, out: float = 0.0) -> Vec:
        return palm_at(self.setting, self.solved, side, out)

    # Pillows and balls

    def _pillow(self) -> PlacedProp:
        height = (self.prop.height or HEIGHTS[PropKind.PILLOW]) * self.cm
        x, y, z = self._middle()
        wide, deep = PILLOW_WIDTH * self.cm, PILLOW_LENGTH * self.cm
        if self.prop.attach is Attach.UNDER:
            plane = self.setting.grounds.get(Surface.PILLOW)
            top = plane.origin[1] if isinstance(plane, Plane) else height
            return self._thing((x, top - height, z), (deep, height, wide))
        if self.prop.attach is Attach.BETWEEN:
            first, last = (self._skin(part, LimbSide.INNER) for part in self.prop.parts[:2])
            upright = abs(first[1] - last[1]) > abs(first[2] - last[2])
            thick = max(height * 0.6, length(sub(first, last)) + 1.5)
            size = (deep, thick, deep * 0.8) if upright else (deep, deep * 0.8, thick)
            return self._thing((x, y - size[1] / 2, z), size)
        back = scale(self.solved.room.way(0, (0.0, 0.0, 1.0)), -1)
        behind = add((x, y, z), scale(back, 9.0 * self.cm))
        return self._thing(add(behind, (0.0, -deep / 2, 0.0)), (height, deep, wide))

    def _roll(self) -> PlacedProp:
        """Return a towel rolled up, across the part and as thick as the room below it."""
        spots = [spot_of(self.body, part) for part in self.prop.parts]
        ways = [self.solved.room.way(spot.node, (1.0, 0.0, 0.0)) for spot in spots]
        across = unit((sum(way[0] for way in ways), 0.0, sum(way[2] for way in ways)))
        x, y, z = self._middle()
        level = self._ground()
        near = np.abs(self.solved.skin[:, [0, 2]] - np.array([x, z])).max(axis=1) < ROLL_FEELS * self.cm
        below = self.solved.skin[near & (self.solved.skin[:, 1] < y), 1]
        room = float(below.min()) - level if len(below) else 0.0
        thick = self.prop.height * self.cm if self.prop.height else max(room, ROLL_LEAST * self.cm)
        trunk = not any(part.side for part in self.prop.parts) and self.prop.parts[0].name not in (
            PartName.HEAD,
            PartName.NECK,
        )
        wide = (ROLL_OF_TRUNK if trunk else ROLL) * self.cm
        half = scale(across, wide / 2)
        middle = (x, level + thick / 2, z)
        through = (sub(middle, half), add(middle, half))
        return self._thing((0.0, 0.0, 0.0), (thick, thick, wide), through=through)

    def _ground(self) -> float:
        plane = self.setting.grounds.get(Surface.BED) or self.setting.grounds.get(Surface.FLOOR)
        return plane.origin[1] if isinstance(plane, Plane) else 0.0

    def _ball(self) -> PlacedProp:
        prop, middle = self.prop, self._middle()
        if prop.attach is Attach.IN:
            wide = (prop.height or BALL_IN_HAND) * self.cm
            palms = [self._palm(part.side or Side.RIGHT, wide / 2) for part in prop.parts]
            middle = palms[0] if len(palms) == 1 else mix(palms[0], palms[1], 0.5)
            if len(palms) > 1:
                wide = max(wide, length(sub(self._palm(Side.LEFT), self._palm(Side.RIGHT))))
        elif prop.attach is Attach.BETWEEN:
            first, last = (self._skin(part, LimbSide.INNER) for part in prop.parts[:2])
            wide, middle = max(length(sub(first, last)), 3.0), mix(first, last, 0.5)
        else:
            wide = (prop.height or HEIGHTS[PropKind.BALL]) * self.cm
            middle = (middle[0], wide / 2, middle[2]) if prop.attach is Attach.UNDER else middle
        return self._thing((middle[0], middle[1] - wide / 2, middle[2]), (wide, wide, wide))

    def _weight(self) -> PlacedProp:
        part = self.prop.parts[0]
        if self.prop.attach is Attach.AROUND:
            return self._thing(self._middle(), (WEIGHT * self.cm * 0.8,) * 3)
        across = self.solved.room.way(
            spot_of(self.body, Part(PartName.PALM, part.side)).node, (0.0, 0.0, 1.0)
        )
        degrees = math.degrees(math.atan2(-across[2], across[0]))
        return self._thing(self._palm(part.side or Side.RIGHT, 1.6), (WEIGHT * self.cm,) * 3, degrees)

    def _stick(self) -> tuple[Vec, ...]:
        hands = [self._palm(part.side or Side.RIGHT, 1.4) for part in (*self.prop.parts, *self.prop.ends)]
        if len(hands) > 1:
            way = unit(sub(hands[1], hands[0]))
        else:
            spot = spot_of(self.body, Part(PartName.PALM, self.prop.parts[0].side))
            way = self.solved.room.way(spot.node, (0.0, 0.0, 1.0))
        beyond = scale(way, STICK * self.cm * (1.0 if len(hands) > 1 else 2.0))
        return sub(hands[0], beyond), add(hands[-1], beyond)
