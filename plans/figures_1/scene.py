"""Puts panels side by side: the finished picture as paths in order."""

from dataclasses import dataclass

from plans.figures_1.bodies import BODIES, BodyName
from plans.figures_1.camera import Camera
from plans.figures_1.errors import UnknownBody
from plans.figures_1.figure import Figure
from plans.figures_1.marks import BADGE, draw_badge, draw_step
from plans.figures_1.panels import draw_panels
from plans.figures_1.paths import Box, Path, bounds, flattened, moved

_MARGIN, _GAP, _CLEAR, _ROUGH = 1.5, 14.0, 1.5, 0.1
_BADGE_ROOM = 2 * BADGE + 1.5
_LEAST_WIDTH = 170.0
"""Narrower pictures get room at both sides, so that all people are printed about the same size."""
_WIDEST_SHARE = 1.75
"""Width over height of a picture at least: a standing person does not fill the page."""


@dataclass(frozen=True, slots=True)
class Scene:
    """A picture of `width` by `height`, in percent of the drawn person's height."""

    width: float
    height: float
    paths: tuple[Path, ...]


def compose(figure: Figure, *, body: str = BodyName.SLENDER, mirrored: bool = False) -> Scene:
    try:
        drawn = BODIES[BodyName(body)]
    except ValueError:
        raise UnknownBody(name=body, known=", ".join(BODIES)) from None
    camera = Camera(*figure.view, mirrored=mirrored and not figure.keep_sides)
    panels = draw_panels(figure, drawn, camera)
    if len(panels) > 1:
        panels = [
            [*paths, *_badge(paths, number, mirrored=mirrored)] for number, paths in enumerate(panels, 1)
        ]
    return _side_by_side(panels[::-1] if mirrored else panels, mirrored=mirrored)


def _badge(paths: list[Path], number: int, *, mirrored: bool) -> list[Path]:
    """The number in the upper corner where reading starts, outside of the panel where the corner is taken."""
    box = bounds(paths)
    left = box.right - _BADGE_ROOM if mirrored else box.left
    x, y = left + _BADGE_ROOM / 2, box.top + BADGE
    if _taken(paths, Box(left, box.top, left + _BADGE_ROOM, box.top + _BADGE_ROOM).grown(_CLEAR)):
        if box.width > box.height:
            y -= _BADGE_ROOM
        else:
            x += _BADGE_ROOM if mirrored else -_BADGE_ROOM
    return draw_badge((x, y), number)


def _taken(paths: list[Path], corner: Box) -> bool:
    places = (
        place for path in paths for outline in flattened(path.segments, off=_ROUGH) for place in outline
    )
    return any(corner.contains(place) for place in places)


def _side_by_side(panels: list[list[Path]], *, mirrored: bool) -> Scene:
    boxes = [bounds(paths) for paths in panels]
    top, bottom = min(box.top for box in boxes), max(box.bottom for box in boxes)
    height = bottom - top + 2 * _MARGIN
    used = sum(box.width for box in boxes) + _GAP * (len(boxes) - 1) + 2 * _MARGIN
    width = max(used, height * _WIDEST_SHARE, _LEAST_WIDTH)
    x = (width - used) / 2 + _MARGIN
    placed: list[Path] = []
    for paths, box in zip(panels, boxes, strict=True):
        if placed:
            placed.append(draw_step((x - _GAP / 2, height / 2), mirrored=mirrored))
        placed += [moved(path, x - box.left, _MARGIN - top) for path in paths]
        x += box.width + _GAP
    return Scene(width, height, tuple(placed))
