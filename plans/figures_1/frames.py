"""Places on the body with directions of their own, and the way from the pose's room to the picture's."""

from dataclasses import dataclass

from plans.figures_1.vectors import Vec, X, Z, add, rotate, sub


@dataclass(frozen=True, slots=True)
class Frame:
    """A place on the body: along the back, to the front, to the person's right."""

    at: Vec
    up: Vec
    front: Vec
    right: Vec


@dataclass(frozen=True, slots=True)
class Root:
    """Where the pose's own room (hip at the origin) lies in the room of the picture."""

    hip: Vec
    roll: float
    pitch: float

    def turn(self, direction: Vec) -> Vec:
        return rotate(rotate(direction, X, self.roll), Z, self.pitch)

    def out(self, point: Vec) -> Vec:
        """A place of the pose's room in the picture's."""
        return add(self.hip, self.turn(point))

    def inward(self, point: Vec) -> Vec:
        """A place of the picture's room in the pose's."""
        return rotate(rotate(sub(point, self.hip), Z, -self.pitch), X, -self.roll)

    def frame(self, frame: Frame) -> Frame:
        return Frame(self.out(frame.at), self.turn(frame.up), self.turn(frame.front), self.turn(frame.right))
