"""From where a panel is seen: a name, two angles, or a close-up."""

from yaml.nodes import MappingNode, Node, SequenceNode

from plans.figures.read.places import PLACE_OPTIONS, read_part, read_place, read_place_on
from plans.figures.read.values import Reader
from plans.figures.spec import Camera, CloseUp, Place
from plans.figures.words import VIEWS
from plans.yaml_nodes import line_of

WIDTHS = (8, 120)
DEFAULT_WIDTH = 30.0
AROUND, UP = (-180, 180), (-30, 90)


def read_camera(reader: Reader, node: Node) -> Camera | None:
    if not isinstance(node, MappingNode):
        around, up = _angles(reader, node)
        return Camera(around, up, line=line_of(node))
    given = reader.mapping(node, ("close-up", "from", "width", *PLACE_OPTIONS))
    if "close-up" not in given:
        reader.problem(
            node, "a view by name, two angles, or close-up with a part of the body is expected here"
        )
        return None
    return close_up_of(reader, given, line_of(node))


def close_up_of(reader: Reader, given: dict[str, Node], line: int) -> Camera:
    around, up = _angles(reader, given["from"]) if "from" in given else VIEWS["side"]
    width = reader.number(given["width"], least=WIDTHS[0], most=WIDTHS[1]) if "width" in given else None
    center = _center(reader, given, line)
    close_up = CloseUp(center, width or DEFAULT_WIDTH) if center else None
    return Camera(around, up, close_up, line)


def _center(reader: Reader, given: dict[str, Node], line: int) -> Place | None:
    node = given["close-up"]
    options = {name: given[name] for name in given if name in PLACE_OPTIONS}
    if isinstance(node, MappingNode):
        if options:
            reader.problem(node, "the place of a close-up is given twice")
        return read_place(reader, node)
    return read_place_on(reader, read_part(reader, node), options, line=line)


def _angles(reader: Reader, node: Node) -> tuple[float, float]:
    if not isinstance(node, SequenceNode):
        return VIEWS[reader.choice(node, VIEWS) or "side"]
    entries = reader.items(node, most=2)
    if len(entries) != 2:
        reader.problem(node, "two angles are expected here: around, and upward")
        return VIEWS["side"]
    around = reader.number(entries[0], least=AROUND[0], most=AROUND[1])
    up = reader.number(entries[1], least=UP[0], most=UP[1])
    return (around or 0.0, up or 0.0)
