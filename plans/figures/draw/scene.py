"""One panel: a posed body and things, seen by a camera, as numbers of a palette."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from plans.figures.body.body import Body
from plans.figures.draw import palette as inks
from plans.figures.draw.arrays import Ids, Mask, Points, evened
from plans.figures.draw.camera import Camera, Window
from plans.figures.draw.face import paint_face
from plans.figures.draw.geometry import body_and_things
from plans.figures.draw.lighting import DIM
from plans.figures.draw.lines import Marks, Seen, find_lines
from plans.figures.draw.mesh import Mesh
from plans.figures.draw.outline_rules import rules_for, with_ledges
from plans.figures.draw.pen import long_lines, stroke
from plans.figures.draw.pixels import Pixels
from plans.figures.draw.tints import CALM, Tinted, paint_tints
from plans.figures.draw.water import paint_water

FINGER = 1.4  # widths of a line that a centimetre must have for lines between fingers


@dataclass(frozen=True)
class Pen:
    """Sizes in pixels of the drawing."""

    scale: float  # pixels a centimetre
    line: float  # width of the strong line
    near: bool  # a close-up
    mirrored: bool = False  # what is drawn will be mirrored: hatching leans the other way until then

    @property
    def detailed(self) -> bool:
        """Fingers and toes are so large that lines between them do not fill them."""
        return self.near and self.scale > FINGER * self.line

    @property
    def strong(self) -> float:
        return max(self.line / 2, 0.7)

    @property
    def fine(self) -> float:
        return max(self.line / 4, 0.5)


@dataclass(frozen=True)
class Layer:
    """A panel as drawn; to be laid over others."""

    ids: Ids  # (height, width) numbers of the palette
    covered: Mask  # where something is drawn


def draw_panel(
    body: Body,
    vertices: Points,
    things: Sequence[Mesh],
    camera: Camera,
    window: Window,
    pen: Pen,
    fills: Mapping[str, int],
    tinted: Sequence[Tinted] = (),
    *,
    eyes_closed: bool = False,
) -> Layer:
    height, width = window.size(pen.scale)
    weights = np.zeros((len(vertices), len(tinted)))
    for index, tint in enumerate(tinted):
        weights[:, index] = evened(tint.weight, body.triangles, CALM)
    geometry = body_and_things(body, vertices, weights, things, camera, window, pen.scale, pen.near, fills)
    pixels = Pixels(geometry, height, width)
    ids = np.zeros(height * width, np.uint8)
    ids[pixels.at] = _tones(pixels)
    paint_tints(ids, pixels, tinted, pen.line, mirrored=pen.mirrored)
    paint_face(ids, pixels, pen.scale, eyes_closed=eyes_closed)
    seen = _seen(pixels)
    marks = find_lines(seen, with_ledges(rules_for(detailed=pen.detailed), things))
    inked = _draw_lines(ids, marks, pen, height, width)
    for water in (thing for thing in things if thing.water):
        paint_water(ids, pixels, water, camera, window, pen.scale, pen.fine)
    covered = inked | (ids.reshape(height, width) != inks.PAPER)
    covered.ravel()[pixels.at] = True
    return Layer(ids.reshape(height, width), covered)


def _tones(pixels: Pixels) -> Ids:
    geometry = pixels.geometry
    fill = geometry.fill[pixels.triangle].astype(np.int64)
    light = np.where(
        pixels.of_triangle(geometry.flat),
        geometry.facet_light[pixels.triangle],
        pixels.carried(geometry.light),
    )
    tones: Ids = (inks.FIRST_GROUP + 2 * fill + (light < DIM)).astype(np.uint8)
    return tones


def _seen(pixels: Pixels) -> Seen:
    size = pixels.height * pixels.width
    group, part = np.zeros(size, np.uint8), np.zeros(size, np.uint8)
    depth = np.full(size, -1e4)
    group[pixels.at] = pixels.geometry.group[pixels.triangle]
    part[pixels.at] = pixels.geometry.part[pixels.triangle]
    depth[pixels.at] = pixels.carried(pixels.geometry.pixels[:, 2])
    shape = (pixels.height, pixels.width)
    return Seen(group.reshape(shape), part.reshape(shape), depth.reshape(shape))


def _draw_lines(ids: Ids, marks: Marks, pen: Pen, height: int, width: int) -> Mask:
    """Ink on `ids`; returns where."""
    least = round(pen.line * 5)
    kept = long_lines(marks.at, marks.sure, height, width, least=least, sure_least=least // 3)
    at, fine = marks.at[kept], marks.fine[kept]
    thin = stroke(at[fine], pen.fine, height, width)
    thick = stroke(at[~fine], pen.strong, height, width)
    inked = thin | thick
    ids[inked.ravel()] = inks.LINE
    return inked
