"""What may be written where, for completion; and the joints as sliders."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import NamedTuple

from plans.figures.joints import AXES, FINGERS, MIDLINE, Joint, JointAxis
from plans.figures.read.contact_words import RELATIONS, TARGETS, VERBS
from plans.figures.read.contacts import CONTACT_OPTIONS
from plans.figures.read.figure import EVERYTHING, FEET, KEYS, PANEL_KEYS
from plans.figures.read.names import JOINTS, MUSCLES, PARTS, SIDES
from plans.figures.read.places import PLACE_OPTIONS
from plans.figures.read.props import KINDS
from plans.figures.read.signs import (
    ARROW_KEYS,
    BARE_MARKS,
    GAZE,
    GHOSTS,
    INSET_KEYS,
    OPTIONS_OF_ARROW,
    WRITING_KEYS,
)
from plans.figures.spec import ArrowKind, Panel
from plans.figures.words import VIEWS, Direction, Effect, LimbSide, PropKind, StartPose, Surface

_FINE = frozenset(
    (
        *(Joint(f"{finger} {row}") for finger in FINGERS for row in ("mcp", "pip", "dip")),
        *(Joint.THUMB_BASE, Joint.THUMB_MCP, Joint.THUMB_IP, Joint.JAW),
        *(Joint.BIG_TOE, Joint.SMALL_TOES, Joint.TOE_TIPS, Joint.ARCH),
    )
)


class Slider(NamedTuple):
    """One way a joint turns. `name` and its degrees are what `set_joint` takes; below 0 is `opposite`."""

    name: str
    opposite: str
    least: float
    most: float
    region: str
    fine: bool
    """Fingers, toes, jaw: not among the first to be shown."""


def vocabulary() -> Mapping[str, tuple[str, ...]]:
    """Return the words that may stand at each place of a figure's file."""
    moving = [f"{GAZE}{direction}" for direction in Direction]
    arrow_options = {option for options in OPTIONS_OF_ARROW.values() for option in options}
    prop_options = {option for kind in KINDS.values() for option in (*kind.attach, *kind.options, "from")}
    found: dict[str, Iterable[str]] = {
        "keys": KEYS,
        "panel keys": PANEL_KEYS,
        "start": tuple(StartPose),
        "feet": FEET,
        "free": (EVERYTHING, *PARTS),
        "joints": tuple(JOINTS),
        "parts": tuple(PARTS),
        "contact verbs": tuple(VERBS),
        "contact targets": TARGETS,
        "contact relations": tuple(RELATIONS),
        "contact options": CONTACT_OPTIONS,
        "surfaces": tuple(Surface),
        "props": (*PropKind, *(f"{kind} {how}" for kind, said in KINDS.items() for how in said.attach)),
        "prop options": tuple(sorted(prop_options)),
        "camera": (*VIEWS, "close-up"),
        "directions": tuple(Direction),
        "place options": PLACE_OPTIONS,
        "limb sides": tuple(LimbSide),
        "arrows": ARROW_KEYS,
        "arrow options": tuple(sorted(arrow_options)),
        "arrow kinds": tuple(ArrowKind),
        "tint": tuple(MUSCLES),
        "effects": tuple(Effect),
        "marks": (*BARE_MARKS, *moving),
        "letters": WRITING_KEYS,
        "ghost": GHOSTS,
        "inset": INSET_KEYS,
    }
    return MappingProxyType({place: tuple(map(str, words)) for place, words in found.items()})


def sliders() -> tuple[Slider, ...]:
    """Return a slider for each joint, side and axis, from the trunk to hands and feet."""
    return tuple(
        _slider(joint, axis, f"{side} " if side else "")
        for joint, axes in AXES.items()
        for side in ((None,) if joint in MIDLINE else SIDES)
        for axis in axes
    )


def _slider(joint: Joint, axis: JointAxis, side: str) -> Slider:
    return Slider(
        name=f"{side}{joint} {axis.positive}",
        opposite=f"{side}{joint} {axis.negative}",
        least=-axis.least,
        most=axis.most,
        region=f"{side}{_limb(joint)}",
        fine=joint in _FINE,
    )


def _limb(joint: Joint) -> str:
    if joint in (Joint.NECK, Joint.HEAD, Joint.CHIN, Joint.JAW):
        return "head and neck"
    if joint in MIDLINE:
        return "trunk"
    legs = (Joint.HIP, Joint.KNEE, Joint.ANKLE, Joint.BIG_TOE, Joint.SMALL_TOES, Joint.TOE_TIPS, Joint.ARCH)
    return "leg" if joint in legs else "arm"


def slider_values(panel: Panel) -> dict[str, float]:
    """Return where each slider stands in a panel; what no one has said is 0."""
    said = {
        f"{f'{angle.side} ' if angle.side else ''}{angle.joint} {angle.axis.positive}": angle.signed
        for angle in panel.joints
    }
    return {slider.name: said.get(slider.name, 0.0) for slider in sliders()}
