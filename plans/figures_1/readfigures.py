"""Reads figure files: library data that an admin can add without touching code."""

from pathlib import Path

from yaml.nodes import MappingNode, Node, SequenceNode

from plans.figures_1.bodies import BODIES
from plans.figures_1.camera import VIEWS, Camera
from plans.figures_1.errors import FigureFileError, PoseError
from plans.figures_1.figure import GROUNDS, PROP_KINDS, Arrow, Figure, Panel, Prop
from plans.figures_1.limits import check_joints
from plans.figures_1.panels import draw_panel
from plans.figures_1.people import BODY_PARTS
from plans.figures_1.reading import Reader
from plans.figures_1.readposes import read_pose, read_target
from plans.figures_1.skeleton import solve
from plans.languages import is_tag, known_tags

_KEYS = ("figure", "view", "ground", "shoes", "keep_sides", "alt", "panels")
_PANEL_KEYS = ("pose", "arrows", "props", "in_front", "behind")
_MAX_PANELS = 3
_MAX_ENTRIES = 8
"""Arrows, things, points of a towel: more cannot be told apart in a picture of 35 mm."""
_PROP_NEEDS = {kind: {"at", "size"} for kind in PROP_KINDS} | {"towel": {"through"}, "water": {"at"}}


def read_figure(path: Path) -> Figure:
    """The figure in a file. Raises FigureFileError with file and line of everything that is wrong."""
    try:
        text = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise FigureFileError(summary=f"{path.name}:1: {error}") from error
    return parse_figure(text, file=path.name)


def parse_figure(text: str, *, file: str = "figure") -> Figure:
    """The figure in a text, checked on every body. Raises FigureFileError as `read_figure` does."""
    reader = Reader(file)
    document = reader.document(text)
    figure = _figure(reader, document) if document else None
    if figure is None or reader.problems:
        raise FigureFileError.of(reader.problems)
    return figure


def _figure(reader: Reader, node: Node) -> Figure | None:
    given = reader.mapping(node, _KEYS)
    missing = [name for name in ("figure", "alt", "panels") if name not in given]
    if missing:
        reader.problem(node, f"the figure lacks {', '.join(missing)}")
        return None
    panels = _panels(reader, given["panels"])
    figure = Figure(
        code=reader.text(given["figure"], longest=64),
        view=_view(reader, given["view"]) if "view" in given else VIEWS["side"],
        ground=reader.choice(given["ground"], GROUNDS) if "ground" in given else "mat",
        shoes=reader.flag(given["shoes"]) if "shoes" in given else False,
        keep_sides=reader.flag(given["keep_sides"]) if "keep_sides" in given else False,
        panels=tuple(panel for panel in panels if panel),
        alt=_alt(reader, given["alt"]),
    )
    if not reader.problems:
        _try_out(reader, figure, reader.items(given["panels"]))
    return figure


def _view(reader: Reader, node: Node) -> tuple[float, float]:
    if isinstance(node, SequenceNode):
        around, upward = reader.numbers(node, (2,))
        return (around, upward)
    return VIEWS[reader.choice(node, VIEWS)]


def _alt(reader: Reader, node: Node) -> dict[str, str]:
    if not isinstance(node, MappingNode):
        reader.problem(node, "the alternative text is given by language, en: and so on")
        return {}
    for key, _ in node.value:
        if not is_tag(str(key.value)):
            reader.problem(
                key, f"{str(key.value)[:20]} is no language of this service, which has {known_tags()}"
            )
    return {str(key.value): reader.text(value) for key, value in node.value}


def _panels(reader: Reader, node: Node) -> list[Panel | None]:
    entries = reader.items(node)
    if not 1 <= len(entries) <= _MAX_PANELS:
        reader.problem(node, f"a figure has one to {_MAX_PANELS} panels, not {len(entries)}")
    return [_panel(reader, entry) for entry in entries]


def _panel(reader: Reader, node: Node) -> Panel | None:
    given = reader.mapping(node, _PANEL_KEYS)
    if "pose" not in given:
        reader.problem(node, "the panel lacks a pose")
        return None
    pose = read_pose(reader, given["pose"])
    arrows = tuple(_arrow(reader, entry) for entry in _entries(reader, given, "arrows"))
    props = tuple(_prop(reader, entry) for entry in _entries(reader, given, "props"))
    order = {
        name: tuple(reader.choice(entry, BODY_PARTS) for entry in _entries(reader, given, name))
        for name in ("in_front", "behind")
    }
    return Panel(pose, arrows, props, **order) if pose else None


def _entries(reader: Reader, given: dict[str, Node], name: str) -> list[Node]:
    return reader.items(given[name], most=_MAX_ENTRIES) if name in given else []


def _arrow(reader: Reader, node: Node) -> Arrow:
    given = reader.mapping(node, ("from", "to", "bend"))
    if "from" not in given or "to" not in given:
        reader.problem(node, "an arrow has from and to")
        return Arrow(read_target(reader, node), read_target(reader, node))
    bend = reader.number(given["bend"]) if "bend" in given else 0.0
    return Arrow(read_target(reader, given["from"]), read_target(reader, given["to"]), bend)


def _prop(reader: Reader, node: Node) -> Prop:
    given = reader.mapping(node, ("kind", "at", "size", "through", "in_front"))
    if "kind" not in given:
        reader.problem(node, f"a thing has a kind, one of: {', '.join(PROP_KINDS)}")
        return Prop(PROP_KINDS[0])
    kind = reader.choice(given["kind"], PROP_KINDS)
    for name in sorted(_PROP_NEEDS[kind] - given.keys()):
        reader.problem(node, f"a {kind} needs {name}")
    return Prop(
        kind=kind,
        at=_pair(reader, given.get("at")),
        size=_pair(reader, given.get("size")),
        through=tuple(read_target(reader, entry) for entry in _entries(reader, given, "through")),
        in_front=reader.flag(given["in_front"]) if "in_front" in given else False,
    )


def _pair(reader: Reader, node: Node | None) -> tuple[float, float]:
    if node is None:
        return (0.0, 0.0)
    first, second = reader.numbers(node, (2,))
    return (first, second)


def _try_out(reader: Reader, figure: Figure, nodes: list[Node]) -> None:
    """Draws every panel on every body, so that a pose that cannot be drawn is found where it is written."""
    for panel, node in zip(figure.panels, nodes, strict=True):
        for body in BODIES.values():
            try:
                skeleton = solve(panel.pose, body)
                check_joints(skeleton)
                draw_panel(figure, panel, skeleton, body, Camera(*figure.view), depth=0)
            except PoseError as error:
                reader.problem(_blamed(node, error), str(error))
                break


def _blamed(panel: Node, error: PoseError) -> Node:
    limb = str(error.details.get("limb", "")).replace(" ", "_")
    pose: Node = next(value for key, value in panel.value if key.value == "pose")
    both = f"{limb.rpartition('_')[2]}s"
    named: list[Node] = [value for key, value in pose.value if key.value in (limb, both)]
    return named[0] if named else pose
