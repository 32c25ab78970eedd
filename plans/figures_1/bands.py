"""The outline of a rubber band around circles: every limb, the trunk and the rounded furniture are such bands."""

from collections.abc import Sequence
from math import acos, atan2, ceil, cos, hypot, pi, sin

from plans.figures_1.paths import Point, Segment, disc

Circle = tuple[float, float, float]
"""Centre x, centre y, radius."""

_FULL_TURN = 2 * pi
_SAME = 1e-9


def band(circles: Sequence[Circle]) -> tuple[Segment, ...]:
    """The closed outline of the band around `circles`, clockwise on the page."""
    arcs = _arcs(circles)
    if len(arcs) == 1:
        x, y, radius = circles[arcs[0][0]]
        return disc((x, y), radius)
    segments: list[Segment] = []
    for index, begin, end in arcs:
        segments.append(Segment("L" if segments else "M", (_on(circles[index], begin),)))
        segments.append(Segment("A", (_on(circles[index], end),), circles[index][2], end - begin > pi))
    return (*segments, Segment("Z"))


def _arcs(circles: Sequence[Circle]) -> list[tuple[int, float, float]]:
    # Of several circles at the right edge the lowest on the page is the one that the band leaves.
    index = max(range(len(circles)), key=lambda i: (round(circles[i][0] + circles[i][2], 7), circles[i][1]))
    arcs: list[tuple[int, float, float]] = []
    begin = 0.0
    while True:
        following, handover = _handover(circles, index, begin)
        if handover >= _FULL_TURN - _SAME:
            break
        arcs.append((index, begin, handover))
        index, begin = following, handover
    if not arcs or index != arcs[0][0]:
        return [*arcs, (index, begin, _FULL_TURN)]
    return [(index, begin - _FULL_TURN, arcs[0][2]), *arcs[1:]]


def _handover(circles: Sequence[Circle], index: int, angle: float) -> tuple[int, float]:
    """The circle to which the band passes on from `index` after `angle`, and the angle where it does."""
    x, y, radius = circles[index]
    best = (_FULL_TURN, 0.0, index)
    for other, (other_x, other_y, other_radius) in enumerate(circles):
        distance = hypot(other_x - x, other_y - y)
        if other == index or distance <= abs(radius - other_radius) + _SAME:
            continue
        tangent = atan2(other_y - y, other_x - x) - acos((radius - other_radius) / distance)
        tangent += ceil((angle + _SAME - tangent) / _FULL_TURN) * _FULL_TURN
        # Of several circles along one straight edge the farthest counts; the others lie inside the band.
        if (round(tangent, 7), -distance) < (round(best[0], 7), -best[1]):
            best = (tangent, distance, other)
    return best[2], best[0]


def _on(circle: Circle, angle: float) -> Point:
    x, y, radius = circle
    return (x + radius * cos(angle), y + radius * sin(angle))
