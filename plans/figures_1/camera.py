"""Where the picture is seen from: a direction, without perspective."""

from dataclasses import dataclass
from math import cos, radians, sin

from plans.figures_1.paths import Point
from plans.figures_1.vectors import Vec, cross, dot

VIEWS: dict[str, tuple[float, float]] = {
    "side": (0.0, 7.0),
    "front": (90.0, 5.0),
    "half-front": (38.0, 9.0),
    "above": (0.0, 90.0),
    "from-feet": (90.0, 42.0),
}
"""Named views: degrees around the person (0 from the right side, 90 from the front) and degrees upward."""


@dataclass(frozen=True, slots=True)
class Camera:
    """Projects the room onto the page; `mirrored` swaps left and right for right-to-left pages."""

    around: float
    upward: float
    mirrored: bool = False

    @property
    def toward(self) -> Vec:
        a, e = radians(self.around), radians(self.upward)
        return (sin(a) * cos(e), sin(e), cos(a) * cos(e))

    @property
    def page_right(self) -> Vec:
        a = radians(self.around)
        return (cos(a), 0.0, -sin(a))

    def project(self, point: Vec) -> Point:
        x = dot(point, self.page_right)
        y = -dot(point, cross(self.toward, self.page_right))
        return (-x if self.mirrored else x, y)

    def depth(self, point: Vec) -> float:
        """How near the point is to the eye; more is nearer."""
        return dot(point, self.toward)
