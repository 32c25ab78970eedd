"""A figure on a body: posed and drawn."""

from plans.figures.body.body import Body
from plans.figures.draw.file import png_of
from plans.figures.draw.layout import FULL_WIDTH
from plans.figures.draw.moving import webp_of
from plans.figures.draw.strip import strip_of
from plans.figures.motion import check_moves
from plans.figures.solve.posed import between, solve_panel, solve_panel_again
from plans.figures.spec import Figure

DRAWER_VERSION = "3"
"""Raised whenever the same figure gives another picture: what was approved then waits for approval again."""
MOTION_VERSION = "1"
"""Raised whenever a figure's strip of frames becomes another, by its poses on the way or by how it is laid out."""
MOVING_WIDTH = 608


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

    A preview is drawn once a pixel, with rough edges, and only changed panels are posed. Raises PoseError for what this
    body cannot do.
    """
    solve = solve_panel_again if preview else solve_panel
    poses = [solve(figure, panel, body) for panel in figure.panels]
    return png_of(
        figure,
        poses,
        mirrored=mirrored and not figure.keep_sides,
        right_to_left=right_to_left,
        grey=grey,
        width_px=width_px,
        preview=preview,
    )


def moving_picture(
    figure: Figure, *, body: Body, mirrored: bool = False, grey: bool = False, width_px: int = MOVING_WIDTH
) -> bytes:
    """Return a WebP that goes through the panels and back. Raises PoseError, and ValueError for a single panel."""
    if len(figure.panels) < 2:
        raise ValueError("a figure of one panel does not move")
    poses = [solve_panel(figure, panel, body) for panel in figure.panels]
    mirrored = mirrored and not figure.keep_sides
    return webp_of(figure, poses, between, mirrored=mirrored, grey=grey, width_px=width_px)


def motion_strip(figure: Figure, *, body: Body, mirrored: bool = False) -> bytes:
    """Return a WebP with the frames from the first panel to the last side by side.

    Raises PoseError, and StillFigure for what is better shown by its panels.
    """
    check_moves(figure)
    poses = [solve_panel(figure, panel, body) for panel in figure.panels]
    check_moves(figure, poses)
    return strip_of(figure, poses, between, mirrored=mirrored and not figure.keep_sides)
