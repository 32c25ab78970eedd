"""The grammar of contact phrases: `heels on seat edge`, `both hands hold left shin`, `knees together`.

phrase   = parts verb target [relation parts] | pair "together"
verb     = on | against | touch | touches | hold | holds
target   = a surface | parts | "opposite" pair
relation = below | level with | above | beside | in front of | behind
"""

import re
from types import MappingProxyType

from plans.figures.read.names import PARTS
from plans.figures.spec import ContactKind
from plans.figures.words import Direction, PartName, PropKind, Surface

RELATIONS = MappingProxyType(
    {
        "below": None,
        "level with": None,
        "above": Direction.UP,
        "beside": Direction.OUT,
        "in front of": Direction.FORWARD,
        "behind": Direction.BACK,
    }
)
"""Where on a surface, from a part of the body: straight at it, or so far in a direction."""
NEAR = 8.0
"""How far `beside`, `above`, `in front of` and `behind` are, in percent of stature, unless a distance is given."""
VERBS = MappingProxyType(
    {"on": "on", "against": "against", "touch": "touch", "touches": "touch", "hold": "hold", "holds": "hold"}
)
HANDS = frozenset((PartName.HAND, PartName.FIST, PartName.FINGERTIPS, PartName.PALM))
UPRIGHT = frozenset((Surface.WALL, Surface.DOOR_FRAME, Surface.CHAIR_BACK))
GRIPPED = frozenset(
    (
        Surface.BED_EDGE,
        Surface.SEAT_EDGE,
        Surface.TOP_OF_CHAIR_BACK,
        Surface.ARMREST,
        Surface.TABLE_EDGE,
        Surface.DOOR_FRAME,
        Surface.STEP_EDGE,
        Surface.RAIL,
        Surface.POOL_EDGE,
        Surface.BALL,
    )
)
PROP_OF = MappingProxyType(
    {
        Surface.BED: PropKind.BED,
        Surface.BED_EDGE: PropKind.BED,
        Surface.SEAT: PropKind.CHAIR,
        Surface.SEAT_EDGE: PropKind.CHAIR,
        Surface.CHAIR_BACK: PropKind.CHAIR,
        Surface.TOP_OF_CHAIR_BACK: PropKind.CHAIR,
        Surface.ARMREST: PropKind.CHAIR,
        Surface.TABLE: PropKind.TABLE,
        Surface.TABLE_EDGE: PropKind.TABLE,
        Surface.WALL: PropKind.WALL,
        Surface.DOOR_FRAME: PropKind.DOOR_FRAME,
        Surface.STEP: PropKind.STEP,
        Surface.STEP_EDGE: PropKind.STEP,
        Surface.RAIL: PropKind.STEP,
        Surface.BALL: PropKind.BALL,
        Surface.PILLOW: PropKind.PILLOW,
        Surface.POOL_EDGE: PropKind.POOL,
    }
)
"""The prop that a surface belongs to."""
PAIRS = tuple(name for name, parts in PARTS.items() if len(parts) == 2 and not name.startswith("both "))
OPPOSITE = "opposite "
TARGETS = (*Surface, *PARTS, *(f"{OPPOSITE}{pair}" for pair in PAIRS))


def _any_of(words: tuple[str, ...]) -> str:
    return "|".join(
        sorted((re.escape(word).replace(r"\ ", " ") for word in words), key=lambda w: (-len(w), w))
    )


TOGETHER = rf"(?P<pair>{_any_of(PAIRS)}) together"
PHRASE = (
    rf"(?P<parts>{_any_of(tuple(PARTS))}) (?P<verb>{_any_of(tuple(VERBS))}) "
    rf"(?P<target>{_any_of(TARGETS)})( (?P<relation>{_any_of(tuple(RELATIONS))}) (?P<near>{_any_of(tuple(PARTS))}))?"
)


def kind_of(verb: str, target: Surface | None) -> ContactKind:
    """Return what a verb means with a surface, or with a part of the body where there is none."""
    if verb == "hold":
        return ContactKind.HOLD
    if target is None:
        return ContactKind.REST if verb == "on" else ContactKind.TOUCH
    return ContactKind.AGAINST if target in UPRIGHT else ContactKind.REST
