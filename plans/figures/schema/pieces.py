"""Pieces of the schema: places, contacts, props, cameras, arrows."""

from collections.abc import Iterable
from typing import Any

from plans.figures.read.camera import AROUND, UP, WIDTHS
from plans.figures.read.contact_words import GRIPPED, HANDS, RELATIONS, UPRIGHT
from plans.figures.read.contacts import TARGET_KEYS
from plans.figures.read.names import PARTS
from plans.figures.read.places import MAX_DISTANCE, ONE_PART, PLACE_OPTIONS
from plans.figures.read.props import FLAGS, HANDS_AND_FEET, KINDS, LENGTHS, RAILS, WHERE, Kind
from plans.figures.read.signs import BENDS, KINDS_TO_CHOOSE, LETTERS, MAX_OF_WAY, MAX_SIGNS, SIZES
from plans.figures.read.signs import LENGTHS as ARROW_LENGTHS
from plans.figures.schema.patterns import CONTACT, ON_BODY, PLAIN_WAY, PROP, WAY, attached, parts_named, whole
from plans.figures.spec import Attach
from plans.figures.words import VIEWS, Direction, LimbSide, Surface

Schema = dict[str, Any]


def ref(name: str) -> Schema:
    return {"$ref": f"#/$defs/{name}"}


def enum(words: Iterable[str]) -> Schema:
    return {"enum": sorted({str(word) for word in words})}


def number(least: float, most: float) -> Schema:
    return {"type": "number", "minimum": least, "maximum": most}


def phrase(pattern: str) -> Schema:
    return {"type": "string", "pattern": whole(pattern)}


def closed(properties: Schema, *required: str, **more: Any) -> Schema:
    """Return a mapping that has these names and no others."""
    needed = {"required": list(required)} if required else {}
    return {"type": "object", "additionalProperties": False, "properties": properties, **needed, **more}


def one_of(names: Iterable[str]) -> list[Schema]:
    return [{"required": [name]} for name in names]


def none_of(names: Iterable[str]) -> Schema:
    return {"not": {"anyOf": one_of(names)}}


def place_options() -> Schema:
    distances = {str(direction): number(0, MAX_DISTANCE) for direction in Direction}
    return {"along": number(0, 100), "side": enum(LimbSide), **distances}


def place() -> Schema:
    return {"anyOf": [ref("part"), closed({"at": ref("part"), **place_options()}, "at")]}


def contact() -> Schema:
    hands = frozenset(parts_named(HANDS))
    by_part = {part: ref("contact_of_hands" if part in hands else "contact_options") for part in PARTS}
    return {"anyOf": [phrase(CONTACT), closed(by_part, minProperties=1, maxProperties=1)]}


def contact_options(*, hands: bool) -> Schema:
    relations = {relation: ref("parts") for relation in RELATIONS}
    targets: Schema = {
        "on": ref("target"),
        "against": {"anyOf": [enum(UPRIGHT), ref("on_body")]},
        "touch": ref("target"),
        **({"hold": {"anyOf": [enum(GRIPPED), ref("on_body")]}} if hands else {}),
    }
    ways = {name: ref("way") for name in ("pointing", "elbow", "knee")}
    on_surface = {
        "anyOf": [{"properties": {name: ref("surface")}, "required": [name]} for name in TARGET_KEYS]
    }
    at_a_part = {"oneOf": one_of(RELATIONS)}
    return closed(
        {**targets, **relations, **place_options(), **ways},
        oneOf=one_of(targets),
        **{
            "if": on_surface,
            "then": {"anyOf": [at_a_part, none_of((*RELATIONS, *PLACE_OPTIONS))]},
            "else": none_of(RELATIONS),
        },
    )


def prop() -> Schema:
    return {
        "anyOf": [
            phrase(PROP),
            closed(
                {str(kind): _prop_options(said) for kind, said in KINDS.items()},
                minProperties=1,
                maxProperties=1,
            ),
        ]
    }


def _prop_options(said: Kind) -> Schema:
    known: Schema = {str(how): ref(f"parts_{how}") for how in said.attach}
    for name in said.options:
        if name in LENGTHS:
            known[name] = number(*LENGTHS[name])
    known |= {"where": enum(WHERE)} if "where" in said.options else {}
    known |= {name: {"type": "boolean"} for name in FLAGS if name in said.options}
    known |= {"rail": enum(RAILS)} if "rail" in said.options else {}
    known |= {"anchor": ref("way")} if "anchor" in said.options else {}
    known |= {"from": enum(parts_named(HANDS_AND_FEET))} if said.ends else {}
    hows = [str(how) for how in said.attach]
    if not said.needs_part:
        return closed(known)
    one = {"oneOf": [*one_of(hows), none_of(hows)]}
    return closed(known, **one, anyOf=one_of((*hows, *(("from",) if said.ends else ()))))


def angles() -> Schema:
    return {
        "type": "array",
        "prefixItems": [number(*AROUND), number(*UP)],
        "minItems": 2,
        "maxItems": 2,
    }


def view() -> Schema:
    return {"anyOf": [enum(VIEWS), angles()]}


def camera() -> Schema:
    more = {"from": ref("view"), "width": number(*WIDTHS)}
    named = closed({"close-up": ref("part"), **place_options(), **more}, "close-up")
    placed = closed({"close-up": ref("place"), **more}, "close-up")
    return {"anyOf": [enum(VIEWS), angles(), named, placed]}


def arrow() -> Schema:
    kind = {"kind": enum(KINDS_TO_CHOOSE), "bend": number(*BENDS)}
    length = {"length": number(*ARROW_LENGTHS)}
    plain_way = {"way": phrase(PLAIN_WAY), **length}
    return {
        "anyOf": [
            ref("part"),
            closed({"follow": ref("part"), **kind, **length, **place_options()}, "follow"),
            closed({"from": ref("place"), "to": ref("place"), **kind}, "from", "to"),
            closed({"from": ref("place"), **plain_way, **kind}, "from", "way"),
            closed({"around": ref("part"), "way": ref("way"), **place_options()}, "around", "way"),
            closed(
                {"walk": {"type": "array", "items": ref("place"), "minItems": 2, "maxItems": MAX_OF_WAY}},
                "walk",
            ),
            closed({"press": ref("part"), "way": ref("way"), **place_options()}, "press", "way"),
        ]
    }


def writing() -> Schema:
    letters = {"type": "string", "pattern": whole(LETTERS)}
    return closed({"write": letters, "at": ref("place"), "size": number(*SIZES)}, "write", "at")


def inset() -> Schema:
    view = {"from": ref("view"), "width": number(*WIDTHS)}
    arrows = {"type": "array", "items": ref("arrow"), "maxItems": MAX_SIGNS}
    named = closed({"close-up": ref("part"), **place_options(), **view, "arrows": arrows}, "close-up")
    placed = closed({"close-up": ref("place"), **view, "arrows": arrows}, "close-up")
    return {"anyOf": [named, placed]}


def definitions() -> Schema:
    return {
        "part": enum(ONE_PART),
        "parts": enum(PARTS),
        "on_body": enum(ON_BODY),
        "surface": enum(Surface),
        "target": {"anyOf": [ref("surface"), ref("on_body")]},
        "way": phrase(WAY),
        "place": place(),
        "contact": contact(),
        "contact_options": contact_options(hands=False),
        "contact_of_hands": contact_options(hands=True),
        **{f"parts_{how}": enum(attached(how)) for how in Attach},
        "prop": prop(),
        "camera": camera(),
        "arrow": arrow(),
        "writing": writing(),
        "view": view(),
        "inset": inset(),
    }
