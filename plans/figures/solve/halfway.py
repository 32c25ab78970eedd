"""Angles between two poses: arms go the shortest way that is not through the floor, all other axes go evenly."""

import math
from collections.abc import Callable
from dataclasses import replace

from plans.figures.solve.angles import LIMITS
from plans.figures.solve.chain import Angles, stance
from plans.figures.solve.nodes import ANGLE, ANGLES, NODE
from plans.figures.solve.rig import Rig
from plans.figures.solve.solver import angles_of, numbers_of
from plans.figures.solve.vectors import Mat, X, Y, Z, about, after, part_way
from plans.figures.words import Side

Turns = tuple[float, float, float]
"""Flexion, abduction and external rotation of a shoulder."""
Path = Callable[[float], Turns]
LOOKED_AT = (0.25, 0.5, 0.75)
DEEP = 2.0  # centimetres by which an elbow or wrist may be lower than on another way before that one is taken
BEYOND = 0.5  # centimetres that a degree beyond what a shoulder can do counts as


def angles_between(rig: Rig, before: Angles, last: Angles, share: float) -> Angles:
    def evenly(part: float) -> Angles:
        numbers = numbers_of(before)
        return angles_of(numbers + part * (numbers_of(last) - numbers), before, {})

    found = evenly(share)
    for side in Side:
        found = _with_arm(found, _path(rig, evenly, before, last, side)(share), side)
    return angles_of(numbers_of(found), before, {})


def _path(rig: Rig, evenly: Callable[[float], Angles], before: Angles, last: Angles, side: Side) -> Path:
    first, end = _arm(before, side), _arm(last, side)
    twin = _twin(end)

    def shortest(part: float) -> Turns:
        turned = part_way(_ball(first, side), _ball(end, side), part)
        return _read(turned, _mixed(first, end, part), side)

    def amiss(path: Path) -> float:
        places = [path(part) for part in LOOKED_AT]
        depths = [
            _lowest(rig, _with_arm(evenly(part), turns, side), side)
            for part, turns in zip(LOOKED_AT, places, strict=True)
        ]
        return -min(0.0, *depths) + BEYOND * max(_beyond(turns, side) for turns in places)

    paths: tuple[Path, ...] = (
        shortest,
        lambda part: _mixed(first, end, part),
        lambda part: _mixed(first, twin, part),
    )
    costs = [amiss(path) for path in paths]
    return next(path for path, cost in zip(paths, costs, strict=True) if cost <= min(costs) + DEEP)


def _beyond(turns: Turns, side: Side) -> float:
    ranges = [LIMITS[ANGLES[axis]] for axis in _axes(side)]
    return max(max(low - value, value - high, 0.0) for value, (low, high) in zip(turns, ranges, strict=True))


def _lowest(rig: Rig, angles: Angles, side: Side) -> float:
    heads = stance(rig, angles.position, angles.base, angles.degrees).heads
    return min(heads[NODE[f"{node} {side}"]][1] for node in ("forearm", "hand"))


def _axes(side: Side) -> list[int]:
    return [ANGLE[f"shoulder {axis} {side}"] for axis in ("flexion", "abduction", "rotation")]


def _arm(angles: Angles, side: Side) -> Turns:
    flexion, abduction, rotation = (angles.degrees[axis] for axis in _axes(side))
    return flexion, abduction, rotation


def _with_arm(angles: Angles, turns: Turns, side: Side) -> Angles:
    degrees = list(angles.degrees)
    for axis, value in zip(_axes(side), turns, strict=True):
        degrees[axis] = value
    return replace(angles, degrees=tuple(degrees))


def _mixed(first: Turns, last: Turns, share: float) -> Turns:
    a, b, c = (x + (y - x) * share for x, y in zip(first, last, strict=True))
    return a, b, c


def _twin(turns: Turns) -> Turns:
    """Return the other angles that say the same: over the side instead of over the front."""
    flexion, abduction, rotation = turns
    there, round_it = (-180 if flexion > 0 else 180), (-180 if rotation > 0 else 180)
    return flexion + there, 180 - abduction, rotation + round_it


def _ball(turns: Turns, side: Side) -> Mat:
    flexion, abduction, rotation = turns
    left = 1.0 if side is Side.LEFT else -1.0
    return after(about(X, -flexion), after(about(Z, left * abduction), about(Y, left * rotation)))


def _read(m: Mat, near: Turns, side: Side) -> Turns:
    """Return the angles of a turn; of those that say the same, the nearest to `near`."""
    left = 1.0 if side is Side.LEFT else -1.0
    abduction = math.degrees(math.asin(max(-1.0, min(1.0, -m[1][0]))))
    flexion = -math.degrees(math.atan2(m[1][2], m[1][1]))
    rotation = math.degrees(math.atan2(m[2][0], m[0][0]))
    said: Turns = (flexion, left * abduction, left * rotation)
    rows = [
        tuple(a + 360 * round((b - a) / 360) for a, b in zip(row, near, strict=True))
        for row in (said, _twin(said))
    ]
    best = min(rows, key=lambda row: sum((a - b) ** 2 for a, b in zip(row, near, strict=True)))
    return best[0], best[1], best[2]
