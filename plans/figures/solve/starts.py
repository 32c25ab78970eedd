"""How somebody lies, kneels or stands in the room at first: where the person's left, head and front look.

x runs to the right of the side view, y up, z toward its viewer.
"""

from plans.figures.solve.vectors import IDENTITY, Mat, Vec, scale, turn
from plans.figures.words import Direction, Side, StartPose

UPRIGHT: Mat = ((0.0, 0.0, -1.0), (0.0, 1.0, 0.0), (1.0, 0.0, 0.0))
ON_BACK: Mat = ((0.0, 0.0, -1.0), (-1.0, 0.0, 0.0), (0.0, 1.0, 0.0))
ON_FRONT: Mat = ((0.0, 0.0, -1.0), (1.0, 0.0, 0.0), (0.0, -1.0, 0.0))
ON_RIGHT: Mat = ((0.0, 1.0, 0.0), (-1.0, 0.0, 0.0), (0.0, 0.0, 1.0))
ON_LEFT: Mat = ((0.0, -1.0, 0.0), (1.0, 0.0, 0.0), (0.0, 0.0, 1.0))

BASES: dict[StartPose, Mat] = {
    StartPose.SUPINE: ON_BACK,
    StartPose.HOOK_LYING: ON_BACK,
    StartPose.PRONE: ON_FRONT,
    StartPose.PRONE_ON_FOREARMS: ON_FRONT,
    StartPose.RIGHT_SIDE_LYING: ON_RIGHT,
    StartPose.LEFT_SIDE_LYING: ON_LEFT,
    StartPose.HANDS_AND_KNEES: ON_FRONT,
    StartPose.PLANK: ON_FRONT,
}
"""Those that are not named stand, sit or kneel upright."""


def base_of(start: StartPose) -> Mat:
    return BASES.get(start, UPRIGHT)


def forward_of(base: Mat) -> Vec:
    """Return the way that is forward for the person, along the floor: where the chest looks, else toward the head."""
    chest_looks_along_the_floor = abs(base[2][1]) < 0.5
    return base[2] if chest_looks_along_the_floor else base[1]


def room_way(direction: Direction, base: Mat, now: Mat, side: Side | None) -> Vec:
    """Return a direction of the room. `now` is how the trunk is turned, for what follows the body."""
    left = 1.0 if side is Side.LEFT else -1.0
    ways: dict[Direction, Vec] = {
        Direction.UP: IDENTITY[1],
        Direction.DOWN: scale(IDENTITY[1], -1),
        Direction.FORWARD: forward_of(base),
        Direction.BACK: scale(forward_of(base), -1),
        Direction.LEFT: base[0],
        Direction.RIGHT: scale(base[0], -1),
        Direction.OUT: scale(base[0], left),
        Direction.IN: scale(base[0], -left),
        Direction.HEADWARD: turn(now, IDENTITY[1]),
        Direction.FOOTWARD: scale(turn(now, IDENTITY[1]), -1),
        Direction.AHEAD: turn(now, IDENTITY[2]),
    }
    return ways[direction]
