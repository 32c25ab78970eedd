"""A figure as a moving picture: from its first panel through the others to the last, and back."""

import io
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TypeVar

import numpy as np
from PIL import Image

from plans.figures.draw.camera import Window
from plans.figures.draw.layout import FULL_WIDTH, Cell
from plans.figures.draw.palette import Palette
from plans.figures.draw.picture import draw_shot, palette_of
from plans.figures.draw.png import reduced
from plans.figures.draw.pose import Pose
from plans.figures.draw.shots import Shot, take
from plans.figures.spec import Figure, Panel

THERE = 7  # frames from start to end; those between come again on the way back: 12
SAMPLES = 2
MAX_HEIGHT = 0.75  # of the width
STEP_MS, REST_MS = 110, 700
SomePose = TypeVar("SomePose", bound=Pose)


def shares(panels: int) -> list[tuple[int, float]]:
    """For each frame on the way there the panel before it, and how far it is on the way to the next."""
    found = []
    for frame in range(THERE):
        whole = frame * (panels - 1) / (THERE - 1)
        before = min(int(whole), panels - 2)
        part = whole - before
        # Begins and ends gently.
        found.append((before, part * part * (3 - 2 * part)))
    return found


def webp_of(
    figure: Figure,
    poses: Sequence[SomePose],
    between: Callable[[SomePose, SomePose, float], SomePose],
    *,
    mirrored: bool,
    grey: bool,
    width_px: int,
) -> bytes:
    """`poses`: of the panels in turn; `between` two of them at a share of the way."""
    shots = []
    for before, share in shares(len(poses)):
        pose = poses[before]
        if share > 0:
            pose = poses[before + 1] if share == 1 else between(pose, poses[before + 1], share)
        shots.append(
            take(
                _quiet(figure.panels[before + round(share)], figure.panels[0]), [pose], 0, endless_floor=True
            )
        )
    window = _around(shots)
    palette = palette_of(shots, grey=grey)
    frames = [_frame(replace(shot, window=window), palette, width_px, mirrored=mirrored) for shot in shots]
    return _animated(frames)


def _quiet(panel: Panel, first: Panel) -> Panel:
    """Seen as the first panel is: without arrows and ghost, for the picture itself moves."""
    return replace(panel, camera=first.camera, arrows=(), marks=(), ghost=None, inset=None)


def _around(shots: Sequence[Shot]) -> Window:
    windows = [shot.window for shot in shots]
    return Window(
        min(w.left for w in windows),
        min(w.bottom for w in windows),
        max(w.right for w in windows),
        max(w.top for w in windows),
    )


def _frame(shot: Shot, palette: Palette, width_px: int, *, mirrored: bool) -> Image.Image:
    window = shot.window
    wide, high = window.right - window.left, window.top - window.bottom
    scale = min(width_px / wide, width_px * MAX_HEIGHT / high)
    cell = Cell(0, 0, wide * scale, high * scale, scale, 0)
    # Lines as thick as on paper, seen at twice its size.
    ids = draw_shot(
        shot,
        _in_full_width(cell, width_px),
        palette.fills,
        SAMPLES * width_px / FULL_WIDTH,
        mirrored=mirrored,
    )
    height, width = (size // SAMPLES * SAMPLES for size in ids.shape)
    ids = ids[:height, :width]
    pixels, table = reduced(ids[:, ::-1] if mirrored else ids, palette, SAMPLES)
    return Image.fromarray(np.ascontiguousarray(table[pixels]))


def _in_full_width(cell: Cell, width_px: int) -> Cell:
    more = FULL_WIDTH / width_px
    return Cell(0, 0, cell.width * more, cell.height * more, cell.scale * more, 0)


def _animated(frames: Sequence[Image.Image]) -> bytes:
    order = [*frames, *frames[-2:0:-1]]
    rests = {0, len(frames) - 1}
    out = io.BytesIO()
    order[0].save(
        out, "WEBP", save_all=True, append_images=order[1:], loop=0, lossless=True, quality=60, method=4,
        duration=[REST_MS if k in rests else STEP_MS for k in range(len(order))],
    )  # fmt: skip
    return out.getvalue()
