"""A figure on a body: posed and drawn."""

from plans.figures.body.body import Body
from plans.figures.draw.file import png_of
from plans.figures.draw.layout import FULL_WIDTH
from plans.figures.solve.posed import solve_panel
from plans.figures.spec import Figure

DRAWER_VERSION = "2"
"""Raised whenever the same figure gives another picture: what was approved then waits for approval again."""


def draw_figure(
    figure: Figure,
    *,
    body: Body,
    mirrored: bool = False,
    right_to_left: bool = False,
    grey: bool = False,
    width_px: int = FULL_WIDTH,
    preview: bool = False,
) -> bytes:
    """Return a PNG. `mirrored`: each panel, in its place; `right_to_left`: the order of the panels.

    A preview is drawn once a pixel: quick, with rough edges. Raises PoseError for what this body cannot do.
    """
    poses = [solve_panel(figure, panel, body) for panel in figure.panels]
    return png_of(
        figure,
        poses,
        mirrored=mirrored and not figure.keep_sides,
        right_to_left=right_to_left,
        grey=grey,
        width_px=width_px,
        preview=preview,
    )
