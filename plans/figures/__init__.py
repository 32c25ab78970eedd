"""Drawings of exercises: poses as data in, SVG or a small PNG out. Pure Python, the same bytes every time."""

from plans.figures.bodies import BODIES
from plans.figures.errors import FigureFileError, PoseError, UnknownBody
from plans.figures.figure import Figure
from plans.figures.raster import to_png
from plans.figures.readfigures import parse_figure, read_figure
from plans.figures.scene import compose
from plans.figures.svg import to_svg

__all__ = [
    "BODIES",
    "PRINT_WIDTH_PX",
    "Figure",
    "FigureFileError",
    "PoseError",
    "UnknownBody",
    "figure_svg",
    "parse_figure",
    "raster",
    "read_figure",
]

PRINT_WIDTH_PX = 1004
"""85 mm at 300 dots per inch."""


def figure_svg(figure: Figure, *, body: str = "slender", mirrored: bool = False, alt: str = "") -> str:
    """The figure as one SVG element for a page or the admin's preview. Raises PoseError, UnknownBody."""
    return to_svg(compose(figure, body=body, mirrored=mirrored), alt=alt)


def raster(
    figure: Figure,
    *,
    width_px: int = PRINT_WIDTH_PX,
    body: str = "slender",
    mirrored: bool = False,
    grey: bool = False,
) -> bytes:
    """The figure as PNG at print resolution. Raises PoseError, UnknownBody."""
    return to_png(compose(figure, body=body, mirrored=mirrored), width_px=width_px, grey=grey)
