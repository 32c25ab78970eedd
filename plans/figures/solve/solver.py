"""Turns joints and moves the body until contacts are met, close to what the pose says of the joints."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from plans.figures.solve.angles import LIMITS
from plans.figures.solve.chain import Angles, stance, with_girdle
from plans.figures.solve.least_squares import normal_equations, solved
from plans.figures.solve.nodes import ANGLE
from plans.figures.solve.rig import Points, Rig
from plans.figures.solve.rows import FREE, Row, slopes
from plans.figures.solve.symmetry import ROOT, folded, unfolded
from plans.figures.solve.wishes import Room, Wish, room_of

MOST_STEPS: Final = 30
HEAVY: Final = 1e6
SOFT_FIRST: Final = (0.6, 4.0, HEAVY)
LATE: Final = (
    1.0  # lighter passes let limbs go through the body, so that they find the side on which they belong
)
ENOUGH, ENOUGH_AT_FIRST, TOO_MUCH = 1e-3, 3e-2, 1e6
STEP_DEGREES: Final = 25.0
STEP_CM: Final = 30.0
BEYOND: Final = 1 / 0.7  # a degree beyond a joint's range costs more than any wish for another angle
NUMBERS: Final = [ANGLE[name] for name in FREE]
LOW: Final = np.array([LIMITS.get(name, (-1e9, 1e9))[0] for name in FREE])
HIGH: Final = np.array([LIMITS.get(name, (-1e9, 1e9))[1] for name in FREE])


@dataclass(frozen=True)
class Leaning:
    """What each degree of freedom is drawn to, and what is much for it: the root's coordinates, then FREE."""

    goal: Points
    spread: Points


@dataclass(frozen=True)
class Problem:
    """What is to be solved."""

    rig: Rig
    leaning: Leaning
    wishes: Sequence[Wish]
    scapulae: dict[str, float]
    even: bool = False
    """Both sides move as one and nothing leaves the middle plane."""
    heaviest: float = 1e9
    """No row weighs more: far from the goal stiff contacts would throw the body about."""


def numbers_of(angles: Angles) -> Points:
    return np.array([*angles.position, *(angles.degrees[number] for number in NUMBERS)])


def angles_of(numbers: Points, start: Angles, scapulae: dict[str, float]) -> Angles:
    degrees = list(start.degrees)
    for number, value in zip(NUMBERS, numbers[3:].tolist(), strict=True):
        degrees[number] = value
    x, y, z = numbers[:3].tolist()
    return replace(start, position=(x, y, z), degrees=with_girdle(degrees, scapulae))


def room_at(rig: Rig, angles: Angles) -> Room:
    return room_of(stance(rig, angles.position, angles.base, angles.degrees))


@dataclass(frozen=True)
class _Try:
    numbers: Points
    room: Room
    rows: list[Row]
    cost: float


def _try(problem: Problem, numbers: Points, start: Angles) -> _Try:
    room = room_at(problem.rig, angles_of(numbers, start, problem.scapulae))
    first = problem.heaviest < LATE
    rows = [
        row
        for wish in problem.wishes
        if not (first and getattr(wish, "late", False))
        for row in wish.rows(room)
    ]
    if problem.heaviest < HEAVY:
        rows = [replace(row, weight=min(row.weight, problem.heaviest)) for row in rows]
    cost = 0.0
    for row in rows:
        cost += (row.missing * row.weight) ** 2
    for value in (_drawn(problem, numbers) ** 2).tolist():
        cost += value
    for value in ((_beyond(numbers) * BEYOND) ** 2).tolist():
        cost += value
    return _Try(numbers, room, rows, cost)


def _drawn(problem: Problem, numbers: Points) -> Points:
    found: Points = (numbers - problem.leaning.goal) / problem.leaning.spread
    return found


def _beyond(numbers: Points) -> Points:
    angles = numbers[3:]
    found: Points = np.minimum(angles - LOW, 0.0) + np.maximum(angles - HIGH, 0.0)
    return found


def _step(problem: Problem, now: _Try, damping: float) -> Points:
    missing = np.array([row.missing for row in now.rows])
    weights = np.array([row.weight for row in now.rows])
    moves = slopes(now.room.stance, now.rows)
    own = 1 / problem.leaning.spread**2
    beyond = np.concatenate([np.zeros(ROOT), _beyond(now.numbers)])
    pull = -_drawn(problem, now.numbers) / problem.leaning.spread - beyond * BEYOND**2
    diagonal = own + np.where(beyond != 0, BEYOND**2, 0.0) + damping * (own + 1e-3)
    if problem.even:
        moves, pull = folded(moves), folded(pull)
        diagonal = np.where(folded(diagonal) > 0, folded(diagonal), 1.0)
    step = pull / diagonal  # exact for an axis that moves no row
    moved = np.flatnonzero((moves != 0).any(axis=0))
    matrix, side = normal_equations(moves[:, moved], missing, weights)
    index = np.arange(len(moved))
    matrix[index, index] += diagonal[moved]
    step[moved] = solved(matrix, side + pull[moved])
    most = np.array([STEP_CM] * ROOT + [STEP_DEGREES] * len(FREE))
    bounded: Points = np.minimum(np.maximum(step, -most), most)
    return unfolded(bounded) if problem.even else bounded


def solve(problem: Problem, start: Angles, stages: Sequence[float] = (HEAVY,)) -> Angles:
    """Return the angles at which the weighted sum of all that is missing is least, from `start` on.

    `stages`: the heaviest weight of a row in each of several passes, softer ones first.
    """
    numbers = numbers_of(start)
    for heaviest in stages:
        numbers = _settled(replace(problem, heaviest=heaviest), numbers, start)
    return angles_of(numbers, start, problem.scapulae)


def _settled(problem: Problem, numbers: Points, start: Angles) -> Points:
    now = _try(problem, numbers, start)
    damping = 0.3
    enough = ENOUGH if problem.heaviest >= HEAVY else ENOUGH_AT_FIRST
    for _ in range(MOST_STEPS):
        after = _try(problem, now.numbers + _step(problem, now, damping), start)
        if after.cost < now.cost:
            gain = now.cost - after.cost
            now, damping = after, damping * 0.2
            if gain < enough * (1 + now.cost):
                break
        else:
            damping = damping * 8 + 0.1
            if damping > TOO_MUCH:
                break
    return now.numbers
