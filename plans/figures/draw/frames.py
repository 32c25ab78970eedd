"""The frames of a moving figure: through the panels in turn, from one place and at one scale."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from plans.figures.draw.arrays import Ids
from plans.figures.draw.camera import Window
from plans.figures.draw.layout import FULL_WIDTH, Cell
from plans.figures.draw.palette import Palette
from plans.figures.draw.picture import draw_shot, palette_of
from plans.figures.draw.pose import Pose
from plans.figures.draw.shots import Shot, take
from plans.figures.spec import Figure, Panel

SAMPLES = 2
MAX_HEIGHT = 0.75  # of the width
SHARE_GRID = 1 << 20  # of the way: a share may differ in the last bit between processors
SomePose = TypeVar("SomePose", bound=Pose)


@dataclass(frozen=True)
class Step:
    """How far a frame is: the panel before it, and its share of the way to the next."""

    before: int
    share: float

    @property
    def nearest(self) -> int:
        return self.before + round(self.share)


def gentle(part: float) -> float:
    """Begin and end gently."""
    return round(part * part * (3 - 2 * part) * SHARE_GRID) / SHARE_GRID


def poses_at(
    steps: Sequence[Step],
    poses: Sequence[SomePose],
    between: Callable[[SomePose, SomePose, float], SomePose],
) -> list[SomePose]:
    """`poses`: of the panels in turn; `between` two of them at a share of the way."""
    return [
        poses[step.before + int(step.share)]
        if step.share in (0, 1)
        else between(poses[step.before], poses[step.before + 1], step.share)
        for step in steps
    ]


def shots_of(figure: Figure, steps: Sequence[Step], poses: Sequence[Pose]) -> list[Shot]:
    """Return the frames as seen from the first panel's place, all of them through one window."""
    panels = [_quiet(figure.panels[step.nearest], figure.panels[0]) for step in steps]
    shots = [take(panel, [pose], 0, endless_floor=True) for panel, pose in zip(panels, poses, strict=True)]
    window = _around(shots)
    return [replace(shot, window=window) for shot in shots]


def draw_frames(
    shots: Sequence[Shot], *, grey: bool, width_px: int, mirrored: bool
) -> tuple[Palette, Iterator[Ids]]:
    """Return the palette and, one by one, the frames; each is drawn SAMPLES times as large."""
    palette = palette_of(shots, grey=grey)
    return palette, (_draw(shot, palette, width_px, mirrored=mirrored) for shot in shots)


def filled(shots: Sequence[Shot]) -> list[Shot]:
    """Return them as wide as a frame may be: what is high is seen with more room on both sides."""
    window = shots[0].window
    more = ((window.top - window.bottom) / MAX_HEIGHT - (window.right - window.left)) / 2
    if more <= 0:
        return list(shots)
    wide = replace(window, left=window.left - more, right=window.right + more)
    return [replace(shot, window=wide) for shot in shots]


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


def _draw(shot: Shot, palette: Palette, width_px: int, *, mirrored: bool) -> Ids:
    window = shot.window
    wide, high = window.right - window.left, window.top - window.bottom
    scale = min(width_px / wide, width_px * MAX_HEIGHT / high)
    # Lines as thick as on paper, seen at twice its size.
    more = FULL_WIDTH / width_px
    cell = Cell(0, 0, wide * scale * more, high * scale * more, scale * more, 0)
    ids = draw_shot(shot, cell, palette.fills, SAMPLES * width_px / FULL_WIDTH, mirrored=mirrored)
    height, width = (size // SAMPLES * SAMPLES for size in ids.shape)
    ids = ids[:height, :width]
    return ids[:, ::-1] if mirrored else ids
