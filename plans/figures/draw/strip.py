"""A figure that moves as one strip of frames side by side, which a page shows one after the other without a script."""

import io
from collections.abc import Callable, Sequence

import numpy as np
from PIL import Image

from plans.figures.draw.frames import SAMPLES, SomePose, Step, draw_frames, filled, gentle, poses_at, shots_of
from plans.figures.draw.png import Bytes, most_missed, reduced_alike
from plans.figures.spec import Figure

FRAME_WIDTH = 680  # pixels: twice what a phone shows
STEPS = {2: 7, 3: 4, 4: 3}
"""By the number of panels, the steps from each to the next: of 8, 9 and 10 frames it is known where they rest."""
COLOURS = 20
"""Fills, lines and some of the mixtures at edges: at twice a screen's density nobody sees the others."""
EFFORT = 100


def steps(panels: int) -> list[Step]:
    """For each frame the panel before it, and how far it is on the way to the next; it comes to rest at each panel."""
    each = STEPS[panels]
    way = [Step(before, gentle(step / each)) for before in range(panels - 1) for step in range(each)]
    return [*way, Step(panels - 2, 1.0)]


def strip_of(
    figure: Figure,
    poses: Sequence[SomePose],
    between: Callable[[SomePose, SomePose, float], SomePose],
    *,
    mirrored: bool,
) -> bytes:
    """Return a WebP. `poses`: of the panels in turn; `between` two of them at a share of the way."""
    way = steps(len(poses))
    seen = poses_at(way, poses, between)
    shots = filled(shots_of(figure, way, seen))
    palette, frames = draw_frames(shots, grey=False, width_px=FRAME_WIDTH, mirrored=mirrored)
    pictures, table = reduced_alike(list(frames), palette, SAMPLES, most=COLOURS, choose=most_missed)
    return _webp(np.concatenate([_framed(one) for one in pictures], axis=1), table)


def _framed(pixels: Bytes) -> Bytes:
    """Cut or pad the last column that rounding took or gave: frames are told apart by their width alone."""
    missing = FRAME_WIDTH - pixels.shape[1]
    return np.pad(pixels, ((0, 0), (0, missing)), mode="edge") if missing > 0 else pixels[:, :FRAME_WIDTH]


def _webp(pixels: Bytes, table: Bytes) -> bytes:
    out = io.BytesIO()
    Image.fromarray(table[pixels]).save(out, "WEBP", lossless=True, quality=EFFORT, method=4)
    return out.getvalue()
