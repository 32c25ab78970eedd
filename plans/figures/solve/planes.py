"""The surfaces of the room as planes and edges."""

from dataclasses import dataclass

from plans.figures.solve.vectors import Vec, Y, dot, sub
from plans.figures.words import Surface


@dataclass(frozen=True)
class Plane:
    """What carries or stops a part: a point of it and the way out of it."""

    surface: Surface
    origin: Vec
    normal: Vec

    def above(self, point: Vec) -> float:
        """Return how far a point is out of the surface, in centimetres."""
        return dot(sub(point, self.origin), self.normal)


@dataclass(frozen=True)
class Edge:
    """What a hand can grip: its middle, the way along it, the way from it to who stands in front, half its length."""

    surface: Surface
    origin: Vec
    along: Vec
    out: Vec
    half: float


FLOOR = Plane(Surface.FLOOR, (0.0, 0.0, 0.0), Y)
Ground = Plane | Edge
