"""Phrases of the pose language as regular expressions of ECMA 262, which JSON schemas are written in."""

import re
from collections.abc import Iterable

from plans.figures.read.contact_words import GRIPPED, HANDS, OPPOSITE, PAIRS, RELATIONS, UPRIGHT
from plans.figures.read.names import PARTS
from plans.figures.read.places import DIRECTIONS, ONE_PART
from plans.figures.read.props import HANDS as HOLDING
from plans.figures.read.props import HANDS_AND_FEET, KINDS, Kind
from plans.figures.read.signs import BARE_MARKS, GAZE
from plans.figures.spec import Attach
from plans.figures.words import PartName, PropKind, Surface


def any_of(words: Iterable[str]) -> str:
    found = sorted({re.escape(word).replace(r"\ ", " ").replace(r"\-", "-") for word in words})
    return f"({'|'.join(found)})"


def whole(pattern: str) -> str:
    return f"^({pattern})$"


def parts_named(names: Iterable[PartName]) -> list[str]:
    wanted = frozenset(names)
    return [written for written, parts in PARTS.items() if parts[0].name in wanted]


WAY = f"{DIRECTIONS}|(toward|along) {any_of(ONE_PART)}".replace("(?:", "(")
PLAIN_WAY = DIRECTIONS
_NEAR = f"( {any_of(RELATIONS)} {any_of(PARTS)})?"
ON_BODY = (*PARTS, *(f"{OPPOSITE}{pair}" for pair in PAIRS))
CONTACT = "|".join(
    (
        f"{any_of(PAIRS)} together",
        f"{any_of(PARTS)} (on|against|touch|touches) {any_of(ON_BODY)}",
        f"{any_of(PARTS)} (on|touch|touches) {any_of(Surface)}{_NEAR}",
        f"{any_of(PARTS)} against {any_of(UPRIGHT)}{_NEAR}",
        f"{any_of(parts_named(HANDS))} (hold|holds) ({any_of(GRIPPED)}{_NEAR}|{any_of(ON_BODY)})",
    )
)
MARK = f"{any_of(BARE_MARKS)}|{GAZE}({WAY})"


def attached(how: Attach) -> list[str]:
    """Return the parts that a prop can be attached to in a way."""
    if how is Attach.IN:
        return parts_named(HOLDING)
    return [written for written, parts in PARTS.items() if how is not Attach.BETWEEN or len(parts) == 2]


def prop(kind: PropKind, said: Kind) -> str:
    ends = f"( from {any_of(parts_named(HANDS_AND_FEET))})?" if said.ends else ""
    phrases = [f"{kind} {how} {any_of(attached(how))}{ends}" for how in said.attach]
    return "|".join(phrases if said.needs_part else [kind, *phrases])


PROP = "|".join(prop(kind, said) for kind, said in KINDS.items())
