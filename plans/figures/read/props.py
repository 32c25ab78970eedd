"""Props: a name, a phrase (`pillow under head`), or a name with options."""

import re
from types import MappingProxyType
from typing import NamedTuple

from yaml.nodes import MappingNode, Node

from plans.figures.read.names import PARTS
from plans.figures.read.places import read_parts, read_way
from plans.figures.read.values import Reader, meant, shown
from plans.figures.spec import Attach, Prop
from plans.figures.words import Direction, PartName, PropKind
from plans.yaml_nodes import line_of

MAX_PROPS = 6
RAILS = (Direction.LEFT, Direction.RIGHT)
WHERE = (Direction.LEFT, Direction.RIGHT, Direction.FORWARD, Direction.BACK)
LENGTHS = MappingProxyType({"height": (1, 80), "width": (5, 150), "distance": (-30, 100), "steps": (1, 6)})
"""In percent of stature: 25 is the seat of a chair, 42 a table, 52 a worktop."""
FLAGS = ("armrests", "pedals", "gathered")


class Kind(NamedTuple):
    """What may be said about a kind of prop, and whether it hangs on a part of the body."""

    attach: tuple[Attach, ...] = ()
    options: tuple[str, ...] = ()
    ends: bool = False
    needs_part: bool = False


KINDS = MappingProxyType(
    {
        PropKind.MAT: Kind(),
        PropKind.CHAIR: Kind(options=("where", "distance", "height", "armrests", "pedals")),
        PropKind.TABLE: Kind(options=("where", "distance", "height", "width")),
        PropKind.BED: Kind(options=("where", "distance", "height", "width")),
        PropKind.WALL: Kind(options=("where", "distance", "width")),
        PropKind.STEP: Kind(options=("where", "distance", "height", "steps", "rail")),
        PropKind.DOOR_FRAME: Kind(options=("where", "distance")),
        PropKind.POOL: Kind(options=("where", "distance", "height")),
        PropKind.PILLOW: Kind((Attach.UNDER, Attach.BETWEEN, Attach.BEHIND), ("height",), needs_part=True),
        PropKind.TOWEL: Kind(
            (Attach.AROUND, Attach.UNDER, Attach.IN), ("height", "gathered"), needs_part=True, ends=True
        ),
        PropKind.BAND: Kind(
            (Attach.AROUND, Attach.UNDER, Attach.IN),
            ("anchor", "distance", "height"),
            needs_part=True,
            ends=True,
        ),
        PropKind.STICK: Kind((Attach.IN,), ("anchor",), needs_part=True),
        PropKind.BALL: Kind(
            (Attach.UNDER, Attach.BETWEEN, Attach.BEHIND, Attach.IN), ("height",), needs_part=True
        ),
        PropKind.WEIGHT: Kind((Attach.IN, Attach.AROUND), needs_part=True),
        PropKind.CONE: Kind(options=("where", "distance")),
        PropKind.TAPE: Kind(options=("where", "distance")),
    }
)
HANDS_AND_FEET = frozenset((PartName.HAND, PartName.FOOT))
HANDS = frozenset((PartName.HAND,))
_PHRASE = re.compile(
    rf"(?P<kind>{'|'.join(PropKind)}) (?P<attach>{'|'.join(Attach)}) (?P<parts>.+?)( from (?P<ends>.+))?"
)


def read_props(reader: Reader, node: Node) -> tuple[Prop, ...]:
    props = [_read_prop(reader, entry) for entry in reader.items(node, most=MAX_PROPS)]
    return tuple(prop for prop in props if prop)


def _read_prop(reader: Reader, node: Node) -> Prop | None:
    if isinstance(node, MappingNode):
        return _from_options(reader, node)
    words = reader.word(node)
    if words is None:
        return None
    if words in KINDS:
        return _needing_nothing(reader, node, PropKind(words))
    found = _PHRASE.fullmatch(words)
    if found is None:
        known = (*PropKind, *(f"{kind} {how}" for kind, said in KINDS.items() for how in said.attach))
        reader.problem(node, f"{shown(node)} is no prop; {meant(words, known)}")
        return None
    for name in (found["parts"], found["ends"]):
        if name is not None and name not in PARTS:
            reader.problem(node, f"{name[:40]} is no part of the body; {meant(name, PARTS)}")
            return None
    kind, attach = PropKind(found["kind"]), Attach(found["attach"])
    ends = PARTS[found["ends"]] if found["ends"] else ()
    return _checked(reader, node, Prop(kind, attach, PARTS[found["parts"]], ends, line=line_of(node)))


def _needing_nothing(reader: Reader, node: Node, kind: PropKind) -> Prop | None:
    if KINDS[kind].needs_part:
        reader.problem(node, f"{kind}: where? {' or '.join(KINDS[kind].attach)} a part of the body")
        return None
    return Prop(kind, line=line_of(node))


def _from_options(reader: Reader, node: MappingNode) -> Prop | None:
    pairs = reader.pairs(node, most=1)
    if len(pairs) != 1:
        reader.problem(node, "one prop is expected here, with its options: {chair: {where: left}}")
        return None
    name, key, value = pairs[0]
    if name not in KINDS:
        reader.problem(key, f"{shown(key)} is no prop; {meant(name, tuple(PropKind))}")
        return None
    kind = PropKind(name)
    known = (*KINDS[kind].attach, *KINDS[kind].options, *(("from",) if KINDS[kind].ends else ()))
    given = reader.mapping(value, known)
    attached = [how for how in KINDS[kind].attach if how in given]
    if len(attached) > 1:
        reader.problem(value, f"{kind} is {' or '.join(attached)} something, not both")
        return None
    parts = read_parts(reader, given[attached[0]]) if attached else ()
    lengths = {
        n: reader.number(given[n], least=low, most=high) for n, (low, high) in LENGTHS.items() if n in given
    }
    flags = {name: name in given and reader.flag(given[name]) for name in FLAGS}
    where = reader.choice(given["where"], WHERE) if "where" in given else None
    rail = reader.choice(given["rail"], RAILS) if "rail" in given else None
    prop = Prop(
        kind=kind,
        attach=attached[0] if attached else None,
        parts=parts,
        ends=read_parts(reader, given["from"]) if "from" in given else (),
        anchor=read_way(reader, given["anchor"]) if "anchor" in given else None,
        where=Direction(where) if where else None,
        rail=Direction(rail) if rail else None,
        line=line_of(key),
        armrests=flags["armrests"],
        pedals=flags["pedals"],
        gathered=flags["gathered"],
        **lengths,
    )
    return _checked(reader, value, prop)


def _checked(reader: Reader, node: Node, prop: Prop) -> Prop | None:
    problem = _problem(prop)
    if problem:
        reader.problem(node, problem)
        return None
    return prop


def _problem(prop: Prop) -> str | None:
    kind = KINDS[prop.kind]
    if prop.attach and prop.attach not in kind.attach:
        return f"{prop.kind} is not {prop.attach} a part; it is {' or '.join(kind.attach) or 'where contacts say'}"
    if kind.needs_part and not (prop.parts or prop.ends):
        return f"{prop.kind}: where? {' or '.join(kind.attach)} a part of the body"
    if prop.attach is Attach.IN and any(part.name not in HANDS for part in prop.parts):
        return f"{prop.kind} is held in a hand or in both hands"
    if prop.ends and not kind.ends:
        return f"{prop.kind} has no ends that go out from a hand"
    if any(part.name not in HANDS_AND_FEET for part in prop.ends):
        return f"the ends of a {prop.kind} are held by hands or feet"
    if prop.kind is PropKind.BAND and not prop.anchor and (prop.distance or prop.height):
        return "a band has a distance and a height where it is fixed: say its anchor, like forward"
    if prop.gathered and not (
        prop.attach is Attach.UNDER and all(p.name is PartName.FOOT for p in prop.parts)
    ):
        return "a towel is gathered that lies flat under a foot"
    if prop.attach is Attach.BETWEEN and len(prop.parts) != 2:
        return f"{prop.kind} between: both of a pair, like knees"
    return None
