"""The drawer in use: which code draws a figure, as whom, and the version that names what it drew.

The rest of the service knows a drawer by this module alone, so that a new one takes its place here.
"""

from collections.abc import Iterable
from hashlib import sha256
from itertools import product
from typing import cast, get_args

import structlog

from plans.figures import (
    DRAWER_VERSION,
    FULL_WIDTH,
    MAX_HEIGHT,
    Body,
    BodyName,
    FigureFileError,
    PoseError,
    draw_figure,
    load_body,
    parse_figure,
)
from plans.figures.body.body import Build, Feet, Skin
from plans.figures.read.old_language import is_old_language
from plans.figures.solve.posed import solve_panel

__all__ = [
    "BUILDS",
    "DRAWER_VERSION",
    "MAX_SIZE",
    "MEDIA_TYPE",
    "PEOPLE",
    "SKINS",
    "BodyName",
    "FigureFileError",
    "check_figure",
    "check_on_bodies",
    "draw",
    "is_old_language",
    "name_of_body",
    "name_of_figure",
    "preview",
]

log = structlog.get_logger(__name__)

MEDIA_TYPE = "image/png"
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
    figure = parse_figure(text, file=file)
    problems: dict[str, None] = {}
    for person, build in product(BodyName, BUILDS):
        body = load_body(person, build=build, feet=figure.feet)
        try:
            for panel in figure.panels:
                solve_panel(figure, panel, body)
        except PoseError as error:
            problems[f"{file}:{error.line}: {error.words}"] = None
    if problems:
        raise FigureFileError.of(problems)


def draw(text: str, *, body: str, mirrored: bool, right_to_left: bool, grey: bool) -> bytes:
    """Return the figure as PNG. `mirrored` shows the other side at work, `right_to_left` orders the panels so.

    Raises PoseError for what no body can do. What this one cannot do another shows: better than a sheet that fails.
    """
    figure = parse_figure(text)
    errors = []
    for candidate in _bodies_to_try(body):
        shown = _load(candidate, figure.feet)
        try:
            return draw_figure(figure, body=shown, mirrored=mirrored, right_to_left=right_to_left, grey=grey)
        except PoseError as error:
            errors.append(error)
            log.warning("pose_missed", figure=figure.code, body=candidate, line=error.line)
    raise errors[0]


def preview(text: str) -> tuple[bytes, str]:
    """Return the figure quickly, for whoever writes it, with its media type. Raises FigureFileError, PoseError."""
    figure = parse_figure(text)
    body = _load(PEOPLE[0], figure.feet)
    return draw_figure(figure, body=body, width_px=PREVIEW_WIDTH, preview=True), MEDIA_TYPE


def _bodies_to_try(body: str) -> Iterable[str]:
    """Return the body, then the same person as nobody chose it, then the others."""
    person = body.partition("-")[0]
    return dict.fromkeys((body, *sorted(PEOPLE, key=lambda other: not other.startswith(person))))


def _load(body: str, feet: Feet) -> Body:
    person, build, skin = body.split("-")
    return load_body(BodyName(person), feet=feet, build=cast(Build, build), skin=cast(Skin, skin))
