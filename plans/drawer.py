"""The drawer in use: which code draws a figure, and the version that names what it drew.

The rest of the service knows a drawer by this module alone, so that a new one takes its place here.
"""

from hashlib import sha256

from plans.figures_1 import (
    PRINT_HEIGHT_PX,
    PRINT_WIDTH_PX,
    BodyName,
    FigureFileError,
    figure_svg,
    parse_figure,
    raster,
)

__all__ = [
    "BODIES",
    "DRAWER_VERSION",
    "MAX_SIZE",
    "MEDIA_TYPE",
    "BodyName",
    "FigureFileError",
    "check_figure",
    "draw",
    "name_of_figure",
    "preview",
]

DRAWER_VERSION = "1"
"""Raised when the same figure would be drawn otherwise: what was drawn before is kept under the old version."""
BODIES = tuple(BodyName)
MEDIA_TYPE = "image/png"
MAX_SIZE = (PRINT_WIDTH_PX, PRINT_HEIGHT_PX)
MAX_READ_BEFORE = 256
_read_before: dict[str, None] = {}
"""Figures without a problem: a library is read by its command, and again exercise by exercise."""


def name_of_figure(text: str) -> str:
    """Return the figure's name, the SHA-256 of its poses as they are written."""
    return sha256(text.encode()).hexdigest()


def check_figure(text: str, *, file: str = "figure") -> None:
    """Read a figure. Raises FigureFileError with each problem, by file and line."""
    if text not in _read_before:
        parse_figure(text, file=file)
        _read_before[text] = None
        if len(_read_before) > MAX_READ_BEFORE:
            del _read_before[next(iter(_read_before))]


def draw(text: str, *, body: str, mirrored: bool, right_to_left: bool, grey: bool) -> bytes:
    """Return the figure as PNG. `mirrored` shows the other side of the body, `right_to_left` orders the panels so."""
    # This drawer mirrors the whole picture, which does both at once.
    return raster(parse_figure(text), body=BodyName(body), mirrored=mirrored != right_to_left, grey=grey)


def preview(text: str) -> tuple[bytes, str]:
    """Return the figure quickly, for whoever writes it, with its media type. Raises FigureFileError."""
    return figure_svg(parse_figure(text)).encode(), "image/svg+xml"
