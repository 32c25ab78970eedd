"""A figure's file: what is said of all panels, and each panel over that."""

import re
from collections.abc import Collection, Mapping
from dataclasses import replace
from pathlib import Path

from yaml.nodes import Node, ScalarNode

from plans.figures.errors import FigureFileError
from plans.figures.read.angles import read_angles
from plans.figures.read.camera import read_camera
from plans.figures.read.contacts import read_contacts
from plans.figures.read.merging import (
    lets_go,
    merge_angles,
    merge_contacts,
    merge_props,
    on_pillows,
    with_needed_props,
)
from plans.figures.read.places import read_parts
from plans.figures.read.props import read_props
from plans.figures.read.signs import read_arrows, read_ghost, read_inset, read_marks, read_tints
from plans.figures.read.starts import Start, carried_by, start_of
from plans.figures.read.values import MAX_CHARACTERS, Reader, shown
from plans.figures.spec import Camera, Contact, Feet, Figure, Panel, Part, Prop
from plans.figures.words import StartPose
from plans.languages import is_tag, known_tags
from plans.yaml_nodes import line_of

POSE_KEYS = ("free", "joints", "contacts", "props", "camera")
KEYS = ("figure", "start", "feet", "keep_sides", "alt", *POSE_KEYS, "panels")
PANEL_KEYS = (*POSE_KEYS, "arrows", "tint", "marks", "ghost", "inset")
NEEDED = ("figure", "start", "alt", "panels")
FEET = ("bare", "shoes")
CODE = r"[a-z0-9]+(-[a-z0-9]+)*"
MAX_CODE, MAX_ALT, MAX_PANELS, MAX_FREED = 64, 400, 4, 12
EVERYTHING = "all"
_MAX_BYTES = 4 * MAX_CHARACTERS


def read_figure(path: Path) -> Figure:
    """Return the figure in a file. Raises FigureFileError with file and line of everything that is wrong."""
    return parse_figure(text_of(path), file=path.name)


def text_of(path: Path) -> str:
    """Return the text of a file, cut off where it is longer than any figure. Raises FigureFileError for no text."""
    try:
        with path.open("rb") as stream:
            data = stream.read(_MAX_BYTES + 1)
        return data.decode("utf-8", errors="ignore" if len(data) > _MAX_BYTES else "strict")
    except (OSError, UnicodeDecodeError) as error:
        raise FigureFileError(
            summary=f"{path.name}:1: not readable as text: {type(error).__name__}"
        ) from error


def parse_figure(text: str, *, file: str = "figure") -> Figure:
    """Return the figure in a text. Raises FigureFileError as `read_figure` does."""
    reader = Reader(file)
    document = reader.document(text)
    figure = _figure(reader, document) if document else None
    if figure is None or reader.problems:
        raise FigureFileError.of(reader.problems)
    return figure


def _figure(reader: Reader, node: Node) -> Figure | None:
    given = reader.mapping(node, KEYS)
    missing = [name for name in NEEDED if name not in given]
    if missing:
        reader.problem(node, f"the figure lacks {', '.join(missing)}")
        return None
    name = reader.choice(given["start"], StartPose)
    start_line = line_of(given["start"])
    start = start_of(StartPose(name), line=start_line) if name else Start()
    base = _base(reader, start, given, start_line)
    entries = reader.items(given["panels"], most=MAX_PANELS)
    if not entries:
        reader.problem(given["panels"], f"a figure has one to {MAX_PANELS} panels")
    panels = tuple(_panel(reader, entry, base, number) for number, entry in enumerate(entries))
    return Figure(
        code=_code(reader, given["figure"]),
        start=StartPose(name or StartPose.STANDING),
        base=base,
        panels=panels,
        alt=_alt(reader, given["alt"]),
        feet=_feet(reader, given["feet"]) if "feet" in given else "bare",
        keep_sides=reader.flag(given["keep_sides"]) if "keep_sides" in given else False,
        line=start_line,
    )


def _code(reader: Reader, node: Node) -> str:
    code = reader.word(node) or ""
    if code and not (len(code) <= MAX_CODE and re.fullmatch(CODE, code)):
        reader.problem(
            node, f"{shown(node)}: a figure's code has lower-case letters, digits and single hyphens"
        )
    return code


def _feet(reader: Reader, node: Node) -> Feet:
    return "shoes" if reader.choice(node, FEET) == "shoes" else "bare"


def _alt(reader: Reader, node: Node) -> dict[str, str]:
    pairs = reader.pairs(node, most=20)
    if not pairs:
        reader.problem(node, "the alternative text is given by language, en: and so on")
    for name, key, _ in pairs:
        if not is_tag(name):
            reader.problem(key, f"{shown(key)} is no language of this service, which has {known_tags()}")
    return {name: reader.text(value, longest=MAX_ALT) for name, _, value in pairs}


def _base(reader: Reader, start: Start, given: Mapping[str, Node], line: int) -> Panel:
    props = read_props(reader, given["props"]) if "props" in given else ()
    carried = carried_by(start, props)
    bare = Panel(carried.joints, carried.contacts, carried.props, Camera(line=line), line=line)
    return _over(reader, bare, given, props, seated=start.seated)


def _panel(reader: Reader, node: Node, base: Panel, number: int) -> Panel:
    given = reader.mapping(node, PANEL_KEYS)
    props = read_props(reader, given["props"]) if "props" in given else ()
    posed = _over(reader, base, given, props, seated=False)
    close = posed.camera.close_up is not None
    return replace(
        posed,
        arrows=read_arrows(reader, given["arrows"], panel=number) if "arrows" in given else (),
        tints=read_tints(reader, given["tint"]) if "tint" in given else (),
        marks=read_marks(reader, given["marks"]) if "marks" in given else (),
        ghost=read_ghost(reader, given["ghost"], panel=number) if "ghost" in given else None,
        inset=read_inset(reader, given["inset"], panel=number, close=close) if "inset" in given else None,
        line=line_of(node),
    )


def _over(
    reader: Reader, base: Panel, given: Mapping[str, Node], props: tuple[Prop, ...], *, seated: bool
) -> Panel:
    joints = read_angles(reader, given["joints"]) if "joints" in given else ()
    contacts = read_contacts(reader, given["contacts"]) if "contacts" in given else ()
    freed = _freed(reader, given["free"], base.contacts) if "free" in given else ()
    contacts = merge_contacts(base.contacts, freed, contacts)
    props = merge_props(base.props, props, seated=seated)
    camera = read_camera(reader, given["camera"]) if "camera" in given else None
    return replace(
        base,
        joints=merge_angles(base.joints, joints),
        contacts=on_pillows(contacts, props),
        props=with_needed_props(props, contacts),
        camera=camera or base.camera,
    )


def _freed(reader: Reader, node: Node, contacts: Collection[Contact]) -> tuple[Part, ...]:
    """Return the parts whose contacts are given up; a part that has none is a problem."""
    freed: list[Part] = []
    for entry in reader.items(node, most=MAX_FREED):
        everything = isinstance(entry, ScalarNode) and entry.value == EVERYTHING
        parts = tuple(c.part for c in contacts) if everything else read_parts(reader, entry)
        if parts and not any(lets_go(part, contact) for part in parts for contact in contacts):
            touching = ", ".join(str(contact.part) for contact in contacts)
            reader.problem(
                entry, f"{shown(entry)} has no contact to give up; in contact are: {touching or 'none'}"
            )
        freed += parts
    return tuple(freed)
