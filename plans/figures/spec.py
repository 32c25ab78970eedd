"""A figure as the pose language says it: what a file holds, merged with its start pose, ready to be solved and drawn.

Degrees for angles, percent of the person's stature for lengths. `line` is where a value stands in the file (that of
`start` for what the start pose brings), so that whatever later proves impossible is told where it is written. Every
panel is whole: start pose, what the figure says for all panels and what the panel says are merged by the reader, and
words for several things (both sides, toes, fingers, trunk) are taken apart.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal

from plans.figures.joints import AXES, Joint, JointAxis
from plans.figures.words import (
    Direction,
    Effect,
    LimbSide,
    MarkKind,
    Muscle,
    PartName,
    PropKind,
    Side,
    StartPose,
    Surface,
)

Feet = Literal["bare", "shoes"]


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the body; `side` is None for what lies in the middle."""

    name: PartName
    side: Side | None = None

    def __str__(self) -> str:
        return f"{self.side} {self.name}" if self.side else self.name.value


@dataclass(frozen=True, slots=True)
class JointAngle:
    """How far a joint turns. After the reader there is one for a joint, a side and an axis at most."""

    joint: Joint
    side: Side | None
    movement: str
    degrees: float
    """Zero or more, in the direction that `movement` names."""
    line: int = 0

    @property
    def axis(self) -> JointAxis:
        return next(a for a in AXES[self.joint] if self.movement in (a.positive, a.negative))

    @property
    def signed(self) -> float:
        """The degrees along `axis`: negative for its negative movement."""
        return self.degrees if self.movement == self.axis.positive else -self.degrees


@dataclass(frozen=True, slots=True)
class Way:
    """A direction: the sum of some (up and out), toward a part, or along a part from its near to its far end."""

    directions: tuple[Direction, ...] = ()
    toward: Part | None = None
    along: Part | None = None


@dataclass(frozen=True, slots=True)
class Move:
    """So far away, in percent of stature."""

    direction: Direction
    percent: float


@dataclass(frozen=True, slots=True)
class Place:
    """A place at a part of the body: on its middle line or one of its sides, and from there by some moves."""

    part: Part
    along: float | None = None
    """Percent of the way from near end (shoulder, hip) to far end; None: a joint's centre, a limb's middle."""
    side: LimbSide | None = None
    """The skin on that side; None: the middle of the part."""
    moves: tuple[Move, ...] = ()
    line: int = 0


class ContactKind(StrEnum):
    """How a part meets what it is in contact with."""

    REST = "rest"
    """The part lies or stands on a level surface, or on the body: palm on floor, ankle on thigh."""
    AGAINST = "against"
    """The part meets an upright surface: back against wall, palms against door frame."""
    TOUCH = "touch"
    """Two parts of the body meet: knees, fingertips and toes."""
    HOLD = "hold"
    """A hand grips a part of the body, or an edge or rail."""


@dataclass(frozen=True, slots=True)
class Contact:
    """One part of the body, one thing or other part that it keeps in contact with."""

    kind: ContactKind
    part: Part
    target: Part | Surface
    at: Place | None = None
    """Surface: the part comes to lie as far along as this place (below it, projected onto the surface); None: wherever
    the joints bring it, only held to the surface. Part: where on the target; None: where the two come nearest."""
    pointing: Way | None = None
    """Where fingers or toes point."""
    bend: Way | None = None
    """Where the elbow or knee points; None: what the joints say."""
    line: int = 0

    def __str__(self) -> str:
        verb = {"rest": "on", "against": "against", "touch": "touches", "hold": "holds"}[self.kind]
        return f"{self.part} {verb} {self.target}"


class Attach(StrEnum):
    """How a prop belongs to parts of the body."""

    UNDER = "under"
    BETWEEN = "between"
    BEHIND = "behind"
    IN = "in"
    AROUND = "around"


@dataclass(frozen=True, slots=True)
class Prop:
    """A thing. Which fields mean something is told by its kind; lengths are percent of stature, None: the usual."""

    kind: PropKind
    attach: Attach | None = None
    parts: tuple[Part, ...] = ()
    """What it is under, between, behind, in or around: head, knees, right hand, right foot."""
    ends: tuple[Part, ...] = ()
    """The hands or feet that hold the ends of towel or band; stick: the two hands."""
    anchor: Way | None = None
    """Band: where the post stands that its other end is fixed to, seen from what holds it in the start pose."""
    where: Direction | None = None
    """Chair, table, wall, step, bed, door frame, pool edge beside the person: left, right, forward, back. None:
    the contacts say it (buttocks on seat, back against wall), or the person is on it."""
    distance: float | None = None
    """From the middle of the person to the near side of the prop; None: an arm's length, or what contacts say. Band:
    from what holds it to its post."""
    height: float | None = None
    """Of seat, table, bed, step, pillow, ball; of the water in a pool; of where a band is fixed to its post."""
    width: float | None = None
    armrests: bool = False
    steps: float | None = None
    """Step: how many follow on each other, the first one nearest; None: one."""
    rail: Direction | None = None
    """Step: on which side of the person its handrail is; None: it has none."""
    pedals: bool = False
    """A seat with pedals under the feet and handlebars under the hands: an exercise bike."""
    gathered: bool = False
    """Towel spread under a foot: what lies before the toes is drawn in, in folds."""
    line: int = 0

    @property
    def flight(self) -> int:
        """How many steps there are."""
        return round(self.steps or 1)


@dataclass(frozen=True, slots=True)
class CloseUp:
    """A region seen from near."""

    center: Place
    width: float
    """Of what is seen, in percent of stature."""


@dataclass(frozen=True, slots=True)
class Camera:
    """From where the panel is seen."""

    around: float = 0.0
    """Degrees around the upright axis: 0 sees the right side of who stands (looking to the right), 90 the front."""
    up: float = 0.0
    """Degrees above the horizon; 90 looks straight down."""
    close_up: CloseUp | None = None
    line: int = 0


class ArrowKind(StrEnum):
    """What an arrow tells."""

    ONE_WAY = "one-way"
    TWO_WAY = "two-way"
    TURNING = "turning"
    """Around the long axis of `start.part`, the way that `way` says; drawn as part of a circle."""
    HELD = "held"
    """A push against something that does not move, at `start` along `way`."""
    WALKED = "walked"
    """A way along the floor, through the places of `through`; what stands on it hides it."""


@dataclass(frozen=True, slots=True)
class Arrow:
    """Shows which way something moves or presses."""

    kind: ArrowKind
    start: Place
    end: Place | None = None
    way: Way | None = None
    start_panel: int | None = None
    """The panel (from 0) whose posed body gives `start`: an arrow that follows a part from there. None: this one."""
    bend: float = 0.0
    """How far it bows to its left as seen, in percent of stature."""
    length: float | None = None
    """Percent of stature: of a longer way only the last so much is drawn; None: all of it."""
    through: tuple[Place, ...] = ()
    line: int = 0


@dataclass(frozen=True, slots=True)
class Tint:
    """A muscle that works or is stretched."""

    muscle: Muscle
    side: Side | None
    effect: Effect
    line: int = 0


@dataclass(frozen=True, slots=True)
class Mark:
    """What a body alone cannot show."""

    kind: MarkKind
    way: Way | None = None
    """Gaze: where to."""
    text: str = ""
    at: Place | None = None
    size: float = 8.0
    """Writing: which letters, where their middle is, and their height in percent of stature."""
    line: int = 0


@dataclass(frozen=True, slots=True)
class Ghost:
    """Another panel's pose, drawn in grey behind this one."""

    panel: int
    line: int = 0


@dataclass(frozen=True, slots=True)
class Inset:
    """A round close-up beside the panel: a part of the body without the things around it."""

    camera: Camera
    """Seen as if the trunk stood upright, however the person lies; its `close_up` is never None."""
    arrows: tuple[Arrow, ...] = ()
    line: int = 0


@dataclass(frozen=True, slots=True)
class Panel:
    """One picture of a figure."""

    joints: tuple[JointAngle, ...]
    contacts: tuple[Contact, ...]
    props: tuple[Prop, ...]
    camera: Camera
    arrows: tuple[Arrow, ...] = ()
    tints: tuple[Tint, ...] = ()
    marks: tuple[Mark, ...] = ()
    ghost: Ghost | None = None
    inset: Inset | None = None
    line: int = 0


@dataclass(frozen=True, slots=True)
class Figure:
    """One to four panels that show an exercise."""

    code: str
    start: StartPose
    base: Panel
    """The start pose with what the figure says for all panels; each panel is this with its own changes."""
    panels: tuple[Panel, ...]
    alt: Mapping[str, str] = field(default_factory=dict)
    """By language; one text for all panels."""
    feet: Feet = "bare"
    keep_sides: bool = False
    """True: never mirrored, not for the left side and not for languages that are read from the right."""
    line: int = 0
    """Where the start pose is named."""
