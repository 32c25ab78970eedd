"""The people that are drawn: all share one skeleton, so that every pose fits every body."""

from dataclasses import dataclass
from enum import StrEnum

# Percent of the body's height; proportions after usual anthropometric tables, hands and head a little larger.
THIGH, SHIN = 24.0, 24.0
ANKLE_ABOVE_SOLE, ANKLE_BEFORE_HEEL = 3.8, 2.0
BACK_SEGMENTS = (10.5, 10.5, 9.0)
NECK, HEAD = 4.6, 6.4
UPPER_ARM, FOREARM, PALM, FINGERS = 17.0, 14.5, 3.2, 4.2
HIP_APART, SHOULDER_APART = 4.5, 8.8
SHOULDER_AT = 0.88
"""The share of the back (hip to neck) at which the shoulder joints sit."""


class BodyName(StrEnum):
    """The bodies by the name that pictures, settings and previews use."""

    SLENDER = "slender"
    STURDY = "sturdy"


@dataclass(frozen=True, slots=True)
class Section:
    """The trunk at a share of the back: half its width, its half depth, how far its middle lies forward."""

    share: float
    half_width: float
    half_depth: float
    forward: float


@dataclass(frozen=True, slots=True)
class Fill:
    """A colour for what is near and a darker one for a limb on the far side."""

    near: str
    far: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """Girths, clothes and hair of one person."""

    sections: tuple[Section, ...]
    limb_girth: float
    skin: Fill
    shirt: Fill
    shorts: Fill
    hair: str
    bun: bool
    sleeve: float
    shorts_leg: float


SLENDER = Body(
    sections=(
        Section(-0.1, 7.4, 4.7, 0.0),
        Section(0.0, 8.7, 6.1, -0.2),
        Section(0.15, 8.0, 5.7, 0.0),
        Section(0.36, 6.6, 4.8, 0.3),
        Section(0.66, 7.6, 5.8, 0.7),
        Section(0.86, 8.6, 4.7, 0.2),
        Section(1.0, 4.6, 3.0, 0.0),
    ),
    limb_girth=1.0,
    skin=Fill("#f4d4b8", "#dcb795"),
    shirt=Fill("#6db4c2", "#5a9dab"),
    shorts=Fill("#6286b1", "#5a7ca6"),
    hair="#4b3327",
    bun=True,
    sleeve=0.5,
    shorts_leg=0.62,
)
STURDY = Body(
    sections=(
        Section(-0.1, 7.8, 5.1, 0.0),
        Section(0.0, 9.1, 6.4, 0.0),
        Section(0.15, 9.0, 6.5, 0.7),
        Section(0.36, 8.8, 6.6, 1.7),
        Section(0.66, 9.0, 6.8, 1.3),
        Section(0.86, 9.8, 5.2, 0.4),
        Section(1.0, 5.4, 3.4, 0.0),
    ),
    limb_girth=1.12,
    skin=Fill("#b27a53", "#a5704b"),
    shirt=Fill("#f2dda6", "#dcc486"),
    shorts=Fill("#7fae9a", "#6c9a87"),
    hair="#5d6267",
    bun=False,
    sleeve=0.56,
    shorts_leg=0.55,
)
BODIES: dict[BodyName, Body] = {BodyName.SLENDER: SLENDER, BodyName.STURDY: STURDY}
