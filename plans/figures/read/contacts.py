"""Contacts: a phrase, or a part with what it is in contact with and how exactly."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from yaml.nodes import MappingNode, Node

from plans.figures.read.contact_words import (
    GRIPPED,
    HANDS,
    NEAR,
    OPPOSITE,
    PHRASE,
    RELATIONS,
    TARGETS,
    TOGETHER,
    UPRIGHT,
    VERBS,
    kind_of,
)
from plans.figures.read.names import PARTS
from plans.figures.read.places import PLACE_OPTIONS, read_parts, read_place_on, read_way
from plans.figures.read.values import Reader, meant, shown
from plans.figures.spec import Contact, ContactKind, Move, Part, Place, Way
from plans.figures.words import Surface
from plans.yaml_nodes import line_of

MAX_CONTACTS = 16
TARGET_KEYS = ("on", "against", "touch", "hold")
CONTACT_OPTIONS = (*TARGET_KEYS, *RELATIONS, *PLACE_OPTIONS, "pointing", "elbow", "knee")


@dataclass(frozen=True, slots=True)
class _Said:
    """A contact as it is written, for one part or both of a pair."""

    node: Node
    parts: tuple[Part, ...]
    verb: str
    target: str
    relation: str = ""
    near: str = ""


def read_contacts(reader: Reader, node: Node) -> tuple[Contact, ...]:
    entries = reader.items(node, most=MAX_CONTACTS)
    return tuple(contact for entry in entries for contact in _read_contact(reader, entry))


def _read_contact(reader: Reader, node: Node) -> tuple[Contact, ...]:
    if isinstance(node, MappingNode):
        return _from_options(reader, node)
    words = reader.word(node)
    if words is None:
        return ()
    if found := re.fullmatch(TOGETHER, words):
        right, left = PARTS[found["pair"]]
        return (Contact(ContactKind.TOUCH, right, left, line=line_of(node)),)
    if found := re.fullmatch(PHRASE, words):
        said = _Said(
            node,
            PARTS[found["parts"]],
            VERBS[found["verb"]],
            found["target"],
            found["relation"] or "",
            found["near"] or "",
        )
        return _contacts(reader, said, {})
    reader.problem(node, _not_understood(words, node))
    return ()


def _not_understood(words: str, node: Node) -> str:
    verbs = "|".join(VERBS)
    split = re.fullmatch(rf"(.+?) ({verbs}) (.+)", words)
    if split is None:
        return f"{shown(node)}: a contact is a part, then on, against, touches or holds, and what is touched"
    for word, known in ((split[1], PARTS), (split[3], TARGETS)):
        if word not in known:
            rest = " or ".join(RELATIONS)
            near = meant(word, tuple(known))
            return f"{shown(node)}: {word[:40]} is not known here; {near} (then perhaps {rest} a part)"
    return f"{shown(node)} is not understood"


def _from_options(reader: Reader, node: MappingNode) -> tuple[Contact, ...]:
    pairs = reader.pairs(node, most=1)
    if len(pairs) != 1:
        reader.problem(
            node, "one part of the body is expected here, with its contact: {right palm: {on: floor}}"
        )
        return ()
    _, key, value = pairs[0]
    parts = read_parts(reader, key)
    given = reader.mapping(value, CONTACT_OPTIONS)
    verbs = [verb for verb in TARGET_KEYS if verb in given]
    relations = [relation for relation in RELATIONS if relation in given]
    if len(verbs) != 1 or len(relations) > 1:
        reader.problem(value, "a contact has one of on, against, touch, hold, and at most one relation")
        return ()
    target = reader.choice(given[verbs[0]], TARGETS)
    near = reader.choice(given[relations[0]], PARTS) if relations else ""
    if not parts or target is None or near is None:
        return ()
    said = _Said(value, parts, verbs[0], target, relations[0] if relations else "", near)
    return _contacts(reader, said, given)


def _contacts(reader: Reader, said: _Said, given: Mapping[str, Node]) -> tuple[Contact, ...]:
    surface = Surface(said.target) if said.target in tuple(Surface) else None
    kind = kind_of(said.verb, surface)
    problem = _no_such_hold(said, kind, surface) or _no_such_place(said, surface, given)
    if problem:
        reader.problem(said.node, problem)
        return ()
    pointing = read_way(reader, given["pointing"]) if "pointing" in given else None
    plain = Contact(
        kind, said.parts[0], said.parts[0], None, pointing, _bend(reader, given), line_of(said.node)
    )
    where = _where(reader, said, given)
    if surface is None:
        pairs = ((part, target) for part in said.parts for target in _of_side(said.target, part))
        return tuple(
            replace(plain, part=part, target=target, at=replace(where, part=target) if where else None)
            for part, target in pairs
        )
    return tuple(
        replace(
            plain,
            part=part,
            target=surface,
            at=replace(where, part=_of_side(said.near, part)[0]) if where else None,
        )
        for part in said.parts
    )


def _no_such_hold(said: _Said, kind: ContactKind, surface: Surface | None) -> str | None:
    names = " and ".join(str(part) for part in said.parts)
    if kind is ContactKind.HOLD and not all(part.name in HANDS for part in said.parts):
        return f"{names} cannot hold: hands do"
    if kind is ContactKind.HOLD and surface and surface not in GRIPPED:
        return f"{surface} cannot be held; can be: {', '.join(sorted(GRIPPED))}"
    if said.verb == "against" and surface and surface not in UPRIGHT:
        return f"against is for what is upright ({', '.join(sorted(UPRIGHT))}); on is for {surface}"
    return None


def _no_such_place(said: _Said, surface: Surface | None, given: Mapping[str, Node]) -> str | None:
    middle = said.parts[0].side is None
    if surface is None:
        if said.relation:
            return f"{said.relation} is for places on a surface; on a part of the body say along and side"
        if middle and said.target.startswith(OPPOSITE):
            return f"{said.parts[0]} has no opposite side"
        itself = next((part for part in said.parts if part in _of_side(said.target, part)), None)
        return f"{itself} cannot touch itself" if itself else None
    if not said.relation and any(name in given for name in PLACE_OPTIONS):
        return f"a distance on {surface} is counted from a part: say below, beside or in front of which"
    if said.relation and middle and len(PARTS[said.near]) > 1:
        return f"{said.near}: right or left is needed here"
    return None


def _of_side(words: str, part: Part) -> tuple[Part, ...]:
    """Return what is meant: of a pair the one on the same side or the opposite one, both for a part in the middle."""
    opposite = words.startswith(OPPOSITE)
    parts = PARTS[words.removeprefix(OPPOSITE)]
    if len(parts) == 1 or part.side is None:
        return parts
    return tuple(other for other in parts if (other.side == part.side) != opposite)


def _where(reader: Reader, said: _Said, given: Mapping[str, Node]) -> Place | None:
    """Return how far from the middle of the part that it is counted from, which is filled in for each side."""
    options = {name: given[name] for name in given if name in PLACE_OPTIONS}
    if not options and not said.relation:
        return None
    place = read_place_on(reader, said.parts[0], options, line=line_of(said.node))
    toward = RELATIONS[said.relation] if said.relation else None
    if place and toward and toward not in given:
        return replace(place, moves=(Move(toward, NEAR), *place.moves))
    return place


def _bend(reader: Reader, given: Mapping[str, Node]) -> Way | None:
    ways = [read_way(reader, given[name]) for name in ("elbow", "knee") if name in given]
    return ways[0] if ways else None
