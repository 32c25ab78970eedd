"""Figures from a real body: a posed mesh drawn as a clean outlined illustration, with numpy alone."""

import os

# As numpy is imported its OpenBLAS takes 40 MB for each thread, and a thread for each core, out of the memory that a
# worker may have (WORKER_MEMORY_MB). Nothing that is multiplied here is large enough to gain by threads.
os.environ["OPENBLAS_NUM_THREADS"] = "1"

from plans.figures.body.body import Body, BodyName
from plans.figures.body.load import load_body
from plans.figures.draw.layout import FULL_WIDTH, MAX_HEIGHT
from plans.figures.errors import FigureFileError, PoseError, StillFigure
from plans.figures.make import DRAWER_VERSION, MOTION_VERSION, draw_figure, motion_strip, moving_picture
from plans.figures.read.figure import parse_figure, read_figure
from plans.figures.spec import Figure

BODIES = tuple(BodyName)

__all__ = [
    "BODIES",
    "DRAWER_VERSION",
    "FULL_WIDTH",
    "MAX_HEIGHT",
    "MOTION_VERSION",
    "Body",
    "BodyName",
    "Figure",
    "FigureFileError",
    "PoseError",
    "StillFigure",
    "draw_figure",
    "load_body",
    "motion_strip",
    "moving_picture",
    "parse_figure",
    "read_figure",
]
