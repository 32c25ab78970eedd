"""What is drawn over the body: arrows, tinted muscles, marks for breath and gaze, insets, another panel's ghost."""

import re

from yaml.nodes import MappingNode, Node

from plans.figures.read.camera import close_up_of
from plans.figures.read.names import MUSCLES
from plans.figures.read.places import (
    PLACE_OPTIONS,
    read_part,
    read_place,
    read_place_on,
    read_way,
    way_in,
)
from plans.figures.read.values import Reader, meant, shown
from plans.figures.spec import Arrow, ArrowKind, Ghost, Inset, Mark, Move, Place, Tint, Way
from plans.figures.words import Effect, MarkKind
from plans.yaml_nodes import line_of

MAX_SIGNS = 8
MAX_OF_WAY = 16
"""More cannot be told apart in a picture of 35 mm."""
ARROW_KEYS = ("from", "follow", "around", "press", "walk")
OPTIONS_OF_ARROW = {
    "from": ("to", "way", "length", "kind", "bend"),
    "follow": ("kind", "bend", "length", *PLACE_OPTIONS),
    "around": ("way", *PLACE_OPTIONS),
    "press": ("way", *PLACE_OPTIONS),
    "walk": (),
}
KINDS_TO_CHOOSE = (ArrowKind.ONE_WAY, ArrowKind.TWO_WAY)
LENGTHS, BENDS = (2, 80), (-40, 40)
DEFAULT_LENGTH = 10.0
GHOSTS = ("start", "before")
GAZE = "gaze "
BARE_MARKS = tuple(kind for kind in MarkKind if kind not in (MarkKind.GAZE, MarkKind.WRITING))
WRITING_KEYS = ("write", "at", "size")
LETTERS, SIZES = r"[A-Za-z0-9]{1,3}", (3, 30)
DEFAULT_SIZE = 8.0
INSET_KEYS = ("close-up", "from", "width", *PLACE_OPTIONS, "arrows")


def read_arrows(reader: Reader, node: Node, *, panel: int) -> tuple[Arrow, ...]:
    arrows = [_read_arrow(reader, entry, panel) for entry in reader.items(node, most=MAX_SIGNS)]
    return tuple(arrow for arrow in arrows if arrow)


def _read_arrow(reader: Reader, node: Node, panel: int) -> Arrow | None:
    if not isinstance(node, MappingNode):
        place = read_place(reader, node)
        return _follow(reader, node, place, {}, panel)
    names = {name for name, _, _ in reader.pairs(node, most=20)}
    kinds = [key for key in ARROW_KEYS if key in names]
    if len(kinds) != 1:
        reader.problem(node, f"an arrow has one of: {', '.join(ARROW_KEYS)}")
        return None
    key = kinds[0]
    given = reader.mapping(node, (key, *OPTIONS_OF_ARROW[key]))
    if key == "from":
        return _from_to(reader, node, given)
    if key == "walk":
        return _walk(reader, given["walk"])
    place = _placed(reader, given, key, line_of(node))
    if key == "follow":
        return _follow(reader, node, place, given, panel)
    way = _needed_way(reader, node, given)
    kind = ArrowKind.TURNING if key == "around" else ArrowKind.HELD
    return Arrow(kind, place, way=way, line=line_of(node)) if place and way else None


def _walk(reader: Reader, node: Node) -> Arrow | None:
    places = [read_place(reader, entry) for entry in reader.items(node, most=MAX_OF_WAY)]
    through = tuple(place for place in places if place)
    if len(places) < 2:
        reader.problem(node, "a way along the floor has at least two places")
    if len(through) < 2 or len(through) < len(places):
        return None
    return Arrow(ArrowKind.WALKED, through[0], through=through, line=line_of(node))


def _placed(reader: Reader, given: dict[str, Node], key: str, line: int) -> Place | None:
    options = {name: given[name] for name in given if name in PLACE_OPTIONS}
    return read_place_on(reader, read_part(reader, given[key]), options, line=line)


def _follow(
    reader: Reader, node: Node, place: Place | None, given: dict[str, Node], panel: int
) -> Arrow | None:
    kind, bend = _kind(reader, given), _bend(reader, given)
    if panel == 0:
        reader.problem(node, "the first panel has none before it to follow a part from; say from and to")
        return None
    if place is None:
        return None
    length = _length(reader, given) if "length" in given else None
    return Arrow(kind, place, place, None, panel - 1, bend, length, line=line_of(node))


def _from_to(reader: Reader, node: Node, given: dict[str, Node]) -> Arrow | None:
    start = read_place(reader, given["from"])
    kind, bend = _kind(reader, given), _bend(reader, given)
    if ("to" in given) == ("way" in given) or ("length" in given and "way" not in given):
        reader.problem(node, "an arrow goes from a place to another, or some way with a length")
        return None
    if "to" in given:
        end = read_place(reader, given["to"])
        if (
            start
            and end
            and (start.part, start.along, start.side, start.moves)
            == (
                end.part,
                end.along,
                end.side,
                end.moves,
            )
        ):
            reader.problem(node, "the arrow ends where it starts")
            return None
        return Arrow(kind, start, end, bend=bend, line=line_of(node)) if start and end else None
    end = _some_way(reader, node, start, given)
    return Arrow(kind, start, end, bend=bend, line=line_of(node)) if start and end else None


def _some_way(reader: Reader, node: Node, start: Place | None, given: dict[str, Node]) -> Place | None:
    way = _needed_way(reader, node, given)
    length = _length(reader, given) if "length" in given else DEFAULT_LENGTH
    if not (start and way and length):
        return None
    if not way.directions:
        reader.problem(given["way"], "an arrow's way is up, down, forward and so on; to leads toward a part")
        return None
    each = round(length / len(way.directions) ** 0.5, 2)
    moves = (*start.moves, *(Move(direction, each) for direction in way.directions))
    return Place(start.part, start.along, start.side, moves, start.line)


def _needed_way(reader: Reader, node: Node, given: dict[str, Node]) -> Way | None:
    if "way" in given:
        return read_way(reader, given["way"])
    reader.problem(node, "this arrow needs a way: in, out, up, down and so on")
    return None


def _kind(reader: Reader, given: dict[str, Node]) -> ArrowKind:
    word = reader.choice(given["kind"], KINDS_TO_CHOOSE) if "kind" in given else None
    return ArrowKind(word) if word else ArrowKind.ONE_WAY


def _length(reader: Reader, given: dict[str, Node]) -> float | None:
    return reader.number(given["length"], least=LENGTHS[0], most=LENGTHS[1])


def _bend(reader: Reader, given: dict[str, Node]) -> float:
    return (reader.number(given["bend"], least=BENDS[0], most=BENDS[1]) or 0.0) if "bend" in given else 0.0


def read_tints(reader: Reader, node: Node) -> tuple[Tint, ...]:
    tints = []
    for name, key, value in reader.pairs(node, most=MAX_SIGNS):
        effect = reader.choice(value, Effect)
        if name not in MUSCLES:
            reader.problem(key, f"{shown(key)} is no muscle to tint; {meant(name, MUSCLES)}")
        elif effect:
            tints += [Tint(muscle, side, Effect(effect), line_of(key)) for muscle, side in MUSCLES[name]]
    return tuple(tints)


def read_marks(reader: Reader, node: Node) -> tuple[Mark, ...]:
    marks = [_read_mark(reader, entry) for entry in reader.items(node, most=MAX_SIGNS)]
    return tuple(mark for mark in marks if mark)


def _read_mark(reader: Reader, node: Node) -> Mark | None:
    if isinstance(node, MappingNode):
        return _writing(reader, node)
    words = reader.word(node)
    if words is None:
        return None
    if words in BARE_MARKS:
        return Mark(MarkKind(words), line=line_of(node))
    if words.startswith(GAZE) and (way := way_in(words.removeprefix(GAZE))):
        return Mark(MarkKind.GAZE, way, line=line_of(node))
    reader.problem(node, f"{shown(node)} is no mark; {meant(words, (*BARE_MARKS, 'gaze left'))}")
    return None


def _writing(reader: Reader, node: MappingNode) -> Mark | None:
    given = reader.mapping(node, WRITING_KEYS)
    if "write" not in given or "at" not in given:
        reader.problem(node, "letters in the air need both: write and at")
        return None
    text, at = reader.word(given["write"]), read_place(reader, given["at"])
    size = reader.number(given["size"], least=SIZES[0], most=SIZES[1]) if "size" in given else DEFAULT_SIZE
    if text and not re.fullmatch(LETTERS, text):
        reader.problem(given["write"], f"{shown(given['write'])}: one to three letters are expected here")
        return None
    return Mark(MarkKind.WRITING, None, text, at, size, line_of(node)) if text and at and size else None


def read_inset(reader: Reader, node: Node, *, panel: int, close: bool) -> Inset | None:
    given = reader.mapping(node, INSET_KEYS)
    arrows = read_arrows(reader, given["arrows"], panel=panel) if "arrows" in given else ()
    if "close-up" not in given:
        reader.problem(node, "an inset names the part that it shows with close-up")
        return None
    if close:
        reader.problem(node, "an inset stands beside a whole view; this panel is a close-up itself")
    camera = close_up_of(reader, {n: v for n, v in given.items() if n != "arrows"}, line_of(node))
    return Inset(camera, arrows, line_of(node)) if camera.close_up else None


def read_ghost(reader: Reader, node: Node, *, panel: int) -> Ghost | None:
    word = reader.choice(node, GHOSTS)
    if panel == 0:
        reader.problem(node, "the first panel has none before it, so no ghost")
        return None
    return Ghost(0 if word == "start" else panel - 1, line_of(node)) if word else None
