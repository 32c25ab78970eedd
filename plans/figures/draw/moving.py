"""A figure as a moving picture: from its first panel through the others to the last, and back."""

import io
from collections.abc import Callable, Sequence

import numpy as np
from PIL import Image

from plans.figures.draw.frames import SAMPLES, SomePose, Step, draw_frames, gentle, poses_at, shots_of
from plans.figures.draw.png import reduced
from plans.figures.spec import Figure

THERE = 7  # frames from start to end; those between come again on the way back: 12
STEP_MS, REST_MS = 110, 700


def steps(panels: int) -> list[Step]:
    """For each frame on the way there the panel before it, and how far it is on the way to the next."""
    found = []
    for frame in range(THERE):
        whole = frame * (panels - 1) / (THERE - 1)
        before = min(int(whole), panels - 2)
        found.append(Step(before, gentle(whole - before)))
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
    way = steps(len(poses))
    seen = poses_at(way, poses, between)
    shots = shots_of(figure, way, seen)
    palette, frames = draw_frames(shots, grey=grey, width_px=width_px, mirrored=mirrored)
    return _animated([_image(*reduced(ids, palette, SAMPLES)) for ids in frames])


def _image(pixels: "np.typing.NDArray[np.uint8]", table: "np.typing.NDArray[np.uint8]") -> Image.Image:
    return Image.fromarray(np.ascontiguousarray(table[pixels]))


def _animated(frames: Sequence[Image.Image]) -> bytes:
    order = [*frames, *frames[-2:0:-1]]
    rests = {0, len(frames) - 1}
    out = io.BytesIO()
    order[0].save(
        out, "WEBP", save_all=True, append_images=order[1:], loop=0, lossless=True, quality=60, method=4,
        duration=[REST_MS if k in rests else STEP_MS for k in range(len(order))],
    )  # fmt: skip
    return out.getvalue()
