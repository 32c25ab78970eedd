"""A figure as the file that is printed or shown."""

from collections.abc import Sequence

from plans.figures.draw.layout import FULL_WIDTH
from plans.figures.draw.picture import draw_sheet, palette_of
from plans.figures.draw.png import png_bytes, reduced
from plans.figures.draw.pose import Pose
from plans.figures.draw.shots import on_one_floor, take
from plans.figures.spec import Figure

SAMPLES = 2  # pixels drawn for each pixel of the file, each way


def png_of(
    figure: Figure,
    poses: Sequence[Pose],
    *,
    mirrored: bool = False,
    right_to_left: bool = False,
    grey: bool = False,
    width_px: int = FULL_WIDTH,
    preview: bool = False,
) -> bytes:
    """`poses`: of the panels in turn. A preview is drawn once a pixel: quicker, its edges are rough."""
    shots = on_one_floor([take(panel, poses, index) for index, panel in enumerate(figure.panels)])
    palette = palette_of(shots, grey=grey)
    samples = 1 if preview else SAMPLES
    ids = draw_sheet(
        shots,
        palette.fills,
        samples * width_px / FULL_WIDTH,
        mirrored=mirrored,
        right_to_left=right_to_left,
    )
    height, width = (size // samples * samples for size in ids.shape)
    return png_bytes(*reduced(ids[:height, :width], palette, samples))
