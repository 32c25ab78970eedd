"""A figure: one to three panels that show an exercise from start to end."""

from collections.abc import Mapping
from dataclasses import dataclass

from plans.figures_1.poses import Pose, Target

PROP_KINDS = ("pillow", "wall", "chair", "towel", "water", "box")
GROUNDS = ("mat", "floor", "none")


@dataclass(frozen=True, slots=True)
class Arrow:
    """The way something moves: from one place to another, bowed to its left by `bend`."""

    start: Target
    end: Target
    bend: float = 0.0


@dataclass(frozen=True, slots=True)
class Prop:
    """A thing beside the body: where it is, how large, and for a towel the places it runs through."""

    kind: str
    at: tuple[float, float] = (0.0, 0.0)
    size: tuple[float, float] = (0.0, 0.0)
    through: tuple[Target, ...] = ()
    in_front: bool = False


@dataclass(frozen=True, slots=True)
class Panel:
    """One pose with its arrows and things. `in_front` and `behind` name parts of the body whose order the
    view alone would get wrong."""

    pose: Pose
    arrows: tuple[Arrow, ...] = ()
    props: tuple[Prop, ...] = ()
    in_front: tuple[str, ...] = ()
    behind: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Figure:
    """The drawing of one exercise; `alt` tells by language what it shows, start and end.

    `keep_sides`: the steps speak of right and left, so a mirrored page changes the order of the panels and
    leaves the person as drawn.
    """

    code: str
    view: tuple[float, float]
    ground: str
    shoes: bool
    keep_sides: bool
    panels: tuple[Panel, ...]
    alt: Mapping[str, str]
