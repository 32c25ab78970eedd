"""A pose: what a person with the body does, as angles of joints and targets of hands and feet."""

from dataclasses import dataclass

from plans.figures_1.vectors import ORIGIN, Vec

Direction = tuple[float, float]
"""An angle in the side plane in degrees (0 to the right, 90 up, as seen from the side) and how far the
direction leans out, away from the middle of the body (0 to 90 degrees)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """A place in the room (z left out: straight below the joint), or a part of the body, plus an offset."""

    at: tuple[float, float, float | None] | None = None
    on: str | None = None
    off: Vec = ORIGIN


@dataclass(frozen=True, slots=True, kw_only=True)
class ArmPose:
    """Either two angles or a target for the palm with a hint where the elbow points."""

    upper: Direction | None = None
    fore: Direction | None = None
    palm: Target | None = None
    elbow: Direction | None = None
    hand: Direction | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LegPose:
    """Either two angles or a target for the heel with a hint where the knee points."""

    thigh: Direction | None = None
    shin: Direction | None = None
    heel: Target | None = None
    knee: Direction | None = None
    foot: Direction | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Pose:
    """Lengths are percent of the body's height; angles are degrees in the side plane.

    `hip` is the middle between the hip joints; its height None means that the trunk rests on the floor.
    `spine` gives the directions of low, middle and upper back from the hip upward, leaning to the person's
    right; `neck` and `head` continue it. `twist` turns the pelvis against the shoulders, `look` turns the
    face, both to the person's right. `roll` turns the whole person about the length of the mat (90 brings
    the front of somebody lying on the back to the viewer), then `pitch` tips the whole in the side plane.
    """

    hip: tuple[float, float | None]
    spine: tuple[Direction, Direction, Direction]
    neck: Direction
    head: Direction
    right_arm: ArmPose
    left_arm: ArmPose
    right_leg: LegPose
    left_leg: LegPose
    twist: float = 0.0
    look: float = 0.0
    roll: float = 0.0
    pitch: float = 0.0
