"""Towels and bands: flat straps that go around a foot or limb, hang a little when slack and are gripped by hands."""

import math
from collections.abc import Sequence
from dataclasses import replace

from plans.figures.body.body import Body
from plans.figures.solve.places import place_in
from plans.figures.solve.posing import Solved
from plans.figures.solve.props import PlacedProp
from plans.figures.solve.setting import Setting
from plans.figures.solve.spots import spot_of
from plans.figures.solve.vectors import DOWN, Vec, Y, Z, add, cross, dot, length, mix, scale, sub, unit
from plans.figures.spec import Attach, Part, Place, Prop
from plans.figures.words import LimbSide, PartName, Side

# Percent of stature.
FREE_END, TAIL, SOLE_THICK, FOOT_WIDE = 15.0, 4.5, 1.5, 2.9
TO_ARCH = 0.22  # of the way from ball of foot to heel: on the toes a strap would slip off
PIECES = 6  # between a hand and what the strap goes around
GATHERED = 0.55
SLACK_FROM, SLACK_AT = 15.0, 75.0  # degrees of knee flexion between which a strap around a foot goes slack
SAGS = 0.07  # of its length
SPREAD, SPREAD_WIDE, ON_FLOOR = 9.0, 1.9, 0.4  # how far before the toes, in widths of a strap, centimetres
FOLDS = ((0.02, 1.6), (0.16, 0.4), (0.2, 2.4), (0.3, 0.5), (0.34, 2.1), (0.44, 0.4), (0.7, 0.4))
"""Of a towel that toes have drawn in: how far before them, in SPREADs, and how high, in centimetres."""
SOLES = (PartName.FOOT, PartName.BALL_OF_FOOT, PartName.HEEL, PartName.TOES)
TOP_THICK = 3.2  # percent of stature from the sole to a strap over the foot
AROUND_SOLE = (
    (1.2, -1.8), (1.1, -0.2), (0.6, 0.5), (0.0, 0.6), (-0.6, 0.5), (-1.1, -0.2), (-1.2, -1.8),
)  # fmt: skip
"""Half-widths aside and thicknesses below the sole."""


def skin_at(setting: Setting, solved: Solved, part: Part, side: LimbSide | None = None) -> Vec:
    x, y, z = solved.skin[spot_of(setting.body, part, None, side).vertex].tolist()
    return x, y, z


def palm_at(setting: Setting, solved: Solved, side: Side, out: float = 0.0) -> Vec:
    part = Part(PartName.PALM, side)
    spot = spot_of(setting.body, part)
    return add(skin_at(setting, solved, part), scale(solved.room.way(spot.node, spot.normal), out))


class Strap:
    """Lays one towel or band on a solved pose."""

    def __init__(self, setting: Setting, solved: Solved, prop: Prop) -> None:
        self.setting, self.solved, self.prop = setting, solved, prop
        self.body: Body = setting.body
        self.cm = self.body.stature / 100

    def placed(self) -> PlacedProp:
        rows = self._rows()
        return PlacedProp(
            self.prop.kind,
            (0.0, 0.0, 0.0),
            (0.0, 0.0, 0.0),
            through=tuple(place for place, _ in rows),
            wide=self._wide(),
            widths=tuple(width for _, width in rows),
            line=self.prop.line,
        )

    def _rows(self) -> Sequence[tuple[Vec, float]]:
        """Return places along the strap, each with the share of its width."""
        prop = self.prop
        if prop.attach is Attach.UNDER and not prop.ends:
            return self._spread()
        if prop.attach is Attach.AROUND and prop.anchor and not prop.ends:
            return self._tied()
        if prop.attach is Attach.AROUND and not prop.ends:
            return [(place, 1.0) for place in self._loop()]
        holders = prop.parts if prop.attach is Attach.IN else prop.ends
        ends = [self._end(part) for part in holders]
        if prop.attach is not Attach.AROUND:
            return self._held(ends)
        around = self._around(prop.parts[0])
        if self._crosses(ends, around):
            around = tuple(reversed(around))
        first = [*self._tail(ends[0]), *self._span(ends[0], around[0])]
        last_span = self._span(ends[-1], around[-1])[::-1]
        if prop.anchor and len(ends) == 1:
            first, last_span = [], [*last_span]
        return [*first, *((place, 1.0) for place in around), *last_span, *self._tail(ends[-1])[::-1]]

    def _held(self, ends: Sequence[Vec]) -> Sequence[tuple[Vec, float]]:
        """Return a strap from hand to hand, from a hand to its post, or from hand to post to hand."""
        first, last, post = ends[0], ends[-1], self._post()
        if post:
            back = [*self._span(last, post)[::-1], *self._tail(last)] if len(ends) > 1 else []
            return [*self._tail(first), *self._span(first, post), (post, GATHERED), *back]
        if len(ends) > 1:
            return [*self._tail(first), *self._span(first, last), *self._tail(last)[::-1]]
        hangs = add(first, (0.0, -FREE_END * self.cm, 0.0))
        return [*self._tail(first), *self._span(first, hangs), (hangs, 1.0)]

    def _post(self) -> Vec | None:
        return self.setting.posts.get(replace(self.prop, line=0))

    def _tied(self) -> Sequence[tuple[Vec, float]]:
        """Return a strap around one limb of which both ends go to the same post."""
        around, end = self._around(self.prop.parts[0]), self._post()
        ends = [(end, GATHERED)] if end else []
        return [*ends, *((place, 1.0) for place in around), *ends]

    def _spread(self) -> Sequence[tuple[Vec, float]]:
        """Return a towel that lies flat under a foot, from the heel to before the toes, there perhaps in folds."""
        heel, toes, ahead = self._foot()
        before = FOLDS if self.prop.gathered else ((1.0, ON_FLOOR),)
        places = [sub(heel, scale(ahead, 0.3)), mix(heel, toes, 0.5)]
        places += [add(toes, scale(ahead, share)) for share, _ in before]
        levels = [ON_FLOOR, ON_FLOOR, *(level for _, level in before)]
        return [((x, level, z), SPREAD_WIDE) for (x, _, z), level in zip(places, levels, strict=True)]

    def _foot(self) -> tuple[Vec, Vec, Vec]:
        """Return heel, toes and a SPREAD along the floor from one to the other."""
        heel, toes = (
            skin_at(self.setting, self.solved, Part(name, self.prop.parts[0].side))
            for name in (PartName.HEEL, PartName.TOES)
        )
        return (
            heel,
            toes,
            scale(unit(sub((toes[0], 0.0, toes[2]), (heel[0], 0.0, heel[2]))), SPREAD * self.cm),
        )

    def _crosses(self, ends: Sequence[Vec], around: Sequence[Vec]) -> bool:
        straight = length(sub(ends[0], around[0])) + length(sub(ends[-1], around[-1]))
        return straight > length(sub(ends[0], around[-1])) + length(sub(ends[-1], around[0]))

    def _span(self, hand: Vec, far: Vec) -> list[tuple[Vec, float]]:
        sags = SAGS * self._slack() * length(sub(far, hand))
        shares = [k / PIECES for k in range(PIECES)]
        return [
            (
                add(mix(hand, far, k), scale(DOWN, sags * 4 * k * (1 - k))),
                GATHERED + (1 - GATHERED) * min(3 * k, 1),
            )
            for k in shares
        ]

    def _slack(self) -> float:
        part = self.prop.parts[0] if self.prop.parts else None
        if part is None or part.name not in SOLES:
            return 0.0
        bent = self.solved.angles[f"knee flexion {part.side}"]
        return min(max((bent - SLACK_FROM) / (SLACK_AT - SLACK_FROM), 0.0), 1.0)

    def _tail(self, hand: Vec, gripped: bool = True) -> list[tuple[Vec, float]]:
        return [(add(hand, scale(DOWN, TAIL * self.cm)), 1.0)] if gripped else [(hand, 1.0)]

    def _wide(self) -> Vec:
        if self.prop.attach is Attach.UNDER and not self.prop.ends:
            return unit(cross(self._foot()[2], Y))
        part = self.prop.parts[0] if self.prop.attach is Attach.AROUND else None
        if part is None:
            return Y
        return self.solved.room.way(
            spot_of(self.body, part).node, Z if part.name in (*SOLES, PartName.TOP_OF_FOOT) else Y
        )

    def _end(self, part: Part) -> Vec:
        if part.name is PartName.FOOT:
            return skin_at(self.setting, self.solved, part)
        return palm_at(self.setting, self.solved, part.side or Side.RIGHT, 1.0)

    def _around(self, part: Part) -> tuple[Vec, ...]:
        """Return points half around a foot's sole or the back of a limb, from side to side."""
        room = self.solved.room
        if part.name in (*SOLES, PartName.TOP_OF_FOOT):
            ball, heel = (
                skin_at(self.setting, self.solved, Part(name, part.side))
                for name in (PartName.BALL_OF_FOOT, PartName.HEEL)
            )
            node = spot_of(self.body, Part(PartName.FOOT, part.side)).node
            centre = mix(ball, heel, TO_ARCH)
            side, down = room.way(node, (1.0, 0.0, 0.0)), room.way(node, DOWN)
            over = part.name is PartName.TOP_OF_FOOT
            wide, thick = FOOT_WIDE * self.cm, (-TOP_THICK if over else SOLE_THICK) * self.cm
            return tuple(
                add(centre, add(scale(side, a * wide), scale(down, b * thick))) for a, b in AROUND_SOLE
            )
        centre = place_in(self.body, Place(part), self.setting.base, room)
        node = spot_of(self.body, part).node
        side, back = room.way(node, (1.0, 0.0, 0.0)), room.way(node, (0.0, 0.0, -1.0))
        radius = length(sub(skin_at(self.setting, self.solved, part, LimbSide.OUTER), centre)) + 0.8
        turns = (-20, 20, 55, 90, 125, 160, 200)
        return tuple(_on_ring(centre, side, back, radius, radius, degrees) for degrees in turns)

    def _loop(self) -> tuple[Vec, ...]:
        """Return a closed ring around one limb, or around both of a pair."""
        room, parts = self.solved.room, self.prop.parts
        centres = [place_in(self.body, Place(part), self.setting.base, room) for part in parts]
        ways = [room.way(spot_of(self.body, part).node, Y) for part in parts]
        along = unit(add(ways[0], ways[-1]))
        middle = mix(centres[0], centres[-1], 0.5)
        radius = length(sub(skin_at(self.setting, self.solved, parts[0], LimbSide.OUTER), centres[0])) + 0.8
        span = sub(centres[0], middle)
        aside = sub(span, scale(along, dot(span, along)))
        side = unit(aside) if length(span) > 1 else unit(cross(along, (0.3, 0.2, 1.0)))
        other, wide = unit(cross(along, side)), radius + length(span)
        return tuple(_on_ring(middle, side, other, wide, radius, degrees) for degrees in range(0, 361, 24))


def _on_ring(middle: Vec, side: Vec, other: Vec, wide: float, deep: float, degrees: float) -> Vec:
    angle = math.radians(degrees)
    return add(middle, add(scale(side, wide * math.cos(angle)), scale(other, deep * math.sin(angle))))
