"""Parts of the body, directions, and places that hang on a part."""

import re
from collections.abc import Mapping

from yaml.nodes import MappingNode, Node

from plans.figures.read.names import PARTS
from plans.figures.read.values import Reader, meant, shown
from plans.figures.spec import Move, Part, Place, Way
from plans.figures.words import Direction, LimbSide
from plans.yaml_nodes import line_of

MAX_DISTANCE = 150.0
MAX_DIRECTIONS = 3
PLACE_OPTIONS = ("along", "side", *Direction)
ONE_PART = tuple(name for name, parts in PARTS.items() if len(parts) == 1)
_DIRECTIONS = "|".join(Direction)
DIRECTIONS = rf"({_DIRECTIONS})( and ({_DIRECTIONS})){{0,{MAX_DIRECTIONS - 1}}}"


def read_parts(reader: Reader, node: Node) -> tuple[Part, ...]:
    """Return one part, or both of a pair. Nothing after a problem."""
    word = reader.word(node)
    if word is None:
        return ()
    if word not in PARTS:
        reader.problem(node, f"{shown(node)} is no part of the body; {meant(word, PARTS)}")
        return ()
    return PARTS[word]


def read_part(reader: Reader, node: Node) -> Part | None:
    parts = read_parts(reader, node)
    if len(parts) > 1:
        reader.problem(node, f"{shown(node)}: right or left is needed here")
        return None
    return parts[0] if parts else None


def read_way(reader: Reader, node: Node) -> Way | None:
    """Return a direction: `up`, `up and out`, `toward right hip`, `along left shin`."""
    word = reader.word(node)
    if word is None:
        return None
    way = way_in(word)
    if way is None:
        known = (*Direction, "toward a part", "along a part")
        reader.problem(node, f"{shown(node)} is no direction; {meant(word, known)}")
    return way


def way_in(words: str) -> Way | None:
    verb, _, rest = words.partition(" ")
    if verb in ("toward", "along") and rest in ONE_PART:
        part = PARTS[rest][0]
        return Way(toward=part) if verb == "toward" else Way(along=part)
    if re.fullmatch(DIRECTIONS, words):
        return Way(tuple(Direction(word) for word in words.split(" and ")))
    return None


def read_place(reader: Reader, node: Node) -> Place | None:
    """Return a place: the name of a part, or `{at: part, along: 30, side: front, up: 5}`."""
    if not isinstance(node, MappingNode):
        part = read_part(reader, node)
        return Place(part, line=line_of(node)) if part else None
    given = reader.mapping(node, ("at", *PLACE_OPTIONS))
    if "at" not in given:
        reader.problem(node, "a place names a part of the body with at")
        return None
    return read_place_on(reader, read_part(reader, given["at"]), given, line=line_of(node))


def read_place_on(reader: Reader, part: Part | None, given: Mapping[str, Node], *, line: int) -> Place | None:
    along = reader.number(given["along"], least=0, most=100) if "along" in given else None
    side = reader.choice(given["side"], LimbSide) if "side" in given else None
    moves = read_moves(reader, given)
    if part is None:
        return None
    return Place(part, along, LimbSide(side) if side else None, moves, line)


def read_moves(reader: Reader, given: Mapping[str, Node]) -> tuple[Move, ...]:
    """Return the distances among some options, in percent of stature."""
    moves = []
    for direction in Direction:
        if direction in given:
            percent = reader.number(given[direction], least=0, most=MAX_DISTANCE)
            if percent:
                moves.append(Move(direction, percent))
    return tuple(moves)
