"""The drawer in use: which code draws a figure, as whom, and the version that names what it drew.

The rest of the service knows a drawer by this module alone, so that a new one takes its place here.
"""

from collections.abc import Callable, Iterable
from hashlib import sha256
from typing import cast, get_args

import structlog

from plans.figures import (
    DRAWER_VERSION,
    FULL_WIDTH,
    MAX_HEIGHT,
    MOTION_VERSION,
    Body,
    BodyName,
    FigureFileError,
    PoseError,
    StillFigure,
    draw_figure,
    load_body,
    motion_strip,
    moving_picture,
    parse_figure,
)
from plans.figures.body.body import Build, Feet, Skin
from plans.figures.draw.strip import FRAME_WIDTH
from plans.figures.last_panel import last_panel
from plans.figures.read.edit import add_panel, set_joint, set_start
from plans.figures.read.old_language import is_old_language
from plans.figures.read.vocabulary import Slider, slider_values, sliders, vocabulary
from plans.figures.solve.posed import solve_panel
from plans.figures.spec import Figure
from plans.figures.words import StartPose

__all__ = [
    "BUILDS",
    "DRAWER_VERSION",
    "FRAME_WIDTH",
    "MAX_SIZE",
    "MEDIA_TYPE",
    "MOTION_VERSION",
    "MOVING_TYPE",
    "PEOPLE",
    "SKINS",
    "BodyName",
    "Build",
    "Figure",
    "FigureFileError",
    "PoseError",
    "Slider",
    "StartPose",
    "StillFigure",
    "add_panel",
    "check_figure",
    "check_on_bodies",
    "draw",
    "draw_motion",
    "is_old_language",
    "last_panel",
    "missed_by",
    "moves",
    "moving",
    "name_of_body",
    "name_of_figure",
    "parse_figure",
    "preview",
    "set_joint",
    "set_start",
    "slider_values",
    "sliders",
    "vocabulary",
]

log = structlog.get_logger(__name__)

MEDIA_TYPE = "image/png"
MOVING_TYPE = "image/webp"
MAX_SIZE = (FULL_WIDTH, MAX_HEIGHT)
PREVIEW_WIDTH = 640
BUILDS: tuple[Build, ...] = get_args(Build)
SKINS: tuple[Skin, ...] = get_args(Skin)
OLD = "These poses are in the language of an earlier release, which is drawn no more. Write the figure anew."
MAX_READ_BEFORE = 256
_read_before: dict[str, None] = {}
"""Figures without a problem: a library is read by its command, and again exercise by exercise."""


def name_of_body(person: BodyName, *, build: str = "average", skin: str = "medium") -> str:
    # The middle of three stands for whoever did not choose: nearest to all, and nobody's guess.
    return f"{person}-{build}-{skin}"


PEOPLE = tuple(name_of_body(person) for person in BodyName)
"""The bodies of which nobody chose build or skin."""


def name_of_figure(text: str) -> str:
    """Return the figure's name, the SHA-256 of its poses as they are written."""
    return sha256(text.encode()).hexdigest()


def check_figure(text: str, *, file: str = "figure") -> None:
    """Read a figure. Raises FigureFileError with each problem, by file and line."""
    if text not in _read_before:
        if is_old_language(text):
            raise FigureFileError.of([f"{file}:1: {OLD}"])
        parse_figure(text, file=file)
        _read_before[text] = None
        if len(_read_before) > MAX_READ_BEFORE:
            del _read_before[next(iter(_read_before))]


def check_on_bodies(text: str, *, file: str = "figure") -> None:
    """Pose a figure as each person in each build. Raises FigureFileError with what some of them cannot do, by line."""
    problems: dict[str, None] = {}
    for person in BodyName:
        for error in missed_by(text, person=person, file=file).values():
            problems[f"{file}:{error.line}: {error.words}"] = None
    if problems:
        raise FigureFileError.of(problems)


def draw(text: str, *, body: str, mirrored: bool, right_to_left: bool, grey: bool) -> bytes:
    """Return the figure as PNG. `mirrored` shows the other side at work, `right_to_left` orders the panels so.

    Raises PoseError for what no body can do. What this one cannot do another shows: better than a sheet that fails.
    """
    return _on_a_body(
        parse_figure(text),
        body,
        lambda figure, shown: draw_figure(
            figure, body=shown, mirrored=mirrored, right_to_left=right_to_left, grey=grey
        ),
    )


def draw_motion(text: str, *, body: str, mirrored: bool) -> bytes:
    """Return the figure's frames from start to end side by side, each FRAME_WIDTH wide, as WebP.

    Raises StillFigure for what is better shown by its panels, and PoseError as `draw` does.
    """
    return _on_a_body(
        parse_figure(text), body, lambda figure, shown: motion_strip(figure, body=shown, mirrored=mirrored)
    )


def preview(
    text: str, *, body: str = PEOPLE[0], mirrored: bool = False, grey: bool = False
) -> tuple[bytes, str]:
    """Return the figure quickly, for whoever writes it, with its media type. Raises FigureFileError, PoseError."""
    check_figure(text)
    figure = parse_figure(text)
    shown = _load(body, figure.feet)
    data = draw_figure(figure, body=shown, mirrored=mirrored, grey=grey, width_px=PREVIEW_WIDTH, preview=True)
    return data, MEDIA_TYPE


def moves(text: str) -> bool:
    """Whether the figure can be shown moving: it has a start and an end. Poses that cannot be read have none."""
    try:
        check_figure(text)
    except FigureFileError:
        return False
    return len(parse_figure(text).panels) > 1


def moving(text: str, *, body: str = PEOPLE[0], mirrored: bool = False, grey: bool = False) -> bytes:
    """Return as WebP a figure that `moves`, from start to end and back. Raises FigureFileError, PoseError."""
    check_figure(text)
    figure = parse_figure(text)
    return moving_picture(figure, body=_load(body, figure.feet), mirrored=mirrored, grey=grey)


def missed_by(text: str, *, person: BodyName, file: str = "figure") -> dict[Build, PoseError]:
    """Return in which builds this person cannot do the figure, and why. Raises FigureFileError."""
    figure = parse_figure(text, file=file)
    missed: dict[Build, PoseError] = {}
    for build in BUILDS:
        body = load_body(person, build=build, feet=figure.feet)
        try:
            for panel in figure.panels:
                solve_panel(figure, panel, body)
        except PoseError as error:
            missed[build] = error
    return missed


def _on_a_body(figure: Figure, body: str, make: Callable[[Figure, Body], bytes]) -> bytes:
    errors = []
    for candidate in _bodies_to_try(body):
        try:
            return make(figure, _load(candidate, figure.feet))
        except PoseError as error:
            errors.append(error)
            log.warning("pose_missed", figure=figure.code, body=candidate, line=error.line)
    raise errors[0]


def _bodies_to_try(body: str) -> Iterable[str]:
    """Return the body, then the same person as nobody chose it, then the others."""
    person = body.partition("-")[0]
    return dict.fromkeys((body, *sorted(PEOPLE, key=lambda other: not other.startswith(person))))


def _load(body: str, feet: Feet) -> Body:
    person, build, skin = body.split("-")
    return load_body(BodyName(person), feet=feet, build=cast(Build, build), skin=cast(Skin, skin))
