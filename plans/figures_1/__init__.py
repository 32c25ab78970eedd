"""Drawings of exercises: poses as data in, SVG or a small PNG out. Pure Python, the same bytes every time."""

from plans.figures_1.bodies import BODIES, BodyName
from plans.figures_1.errors import FigureFileError, PoseError, UnknownBody
from plans.figures_1.figure import Figure
from plans.figures_1.raster import to_png
from plans.figures_1.readfigures import parse_figure, read_figure
from plans.figures_1.scene import compose
from plans.figures_1.svg import to_svg

__all__ = [
    "BODIES",
    "PRINT_HEIGHT_PX",
    "PRINT_WIDTH_PX",
    "BodyName",
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
PRINT_HEIGHT_PX = 413
"""35 mm: no handout prints a figure higher, and the dots of a standing person would be thrown away."""


def figure_svg(figure: Figure, *, body: str = BodyName.SLENDER, mirrored: bool = False, alt: str = "") -> str:
    """The figure as one SVG element for a page or the admin's preview. Raises PoseError, UnknownBody."""
    return to_svg(compose(figure, body=body, mirrored=mirrored), alt=alt)


def raster(
    figure: Figure,
    *,
    width_px: int = PRINT_WIDTH_PX,
    body: str = BodyName.SLENDER,
    mirrored: bool = False,
    grey: bool = False,
) -> bytes:
    """The figure as PNG at print resolution, at most `width_px` wide. Raises PoseError, UnknownBody."""
    scene = compose(figure, body=body, mirrored=mirrored)
    fitting = round(PRINT_HEIGHT_PX * scene.width / scene.height)
    return to_png(scene, width_px=min(width_px, fitting), grey=grey)
