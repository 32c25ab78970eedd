"""What the drawer asks of a posed body."""

from collections.abc import Sequence
from typing import Protocol

from plans.figures.body.body import Body
from plans.figures.draw.arrays import Points
from plans.figures.draw.props import PlacedProp
from plans.figures.spec import Part, Place, Way


class Pose(Protocol):
    """A body in the world: x right, y up from the floor, z toward who sees it from the side."""

    @property
    def body(self) -> Body: ...
    @property
    def vertices(self) -> Points: ...
    @property
    def props(self) -> Sequence[PlacedProp]: ...
    def place(self, place: Place) -> Points: ...
    def direction(self, way: Way, part: Part | None, *, start: Points | None = None) -> Points: ...
