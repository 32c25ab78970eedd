"""A figure's panels on one sheet: drawn, laid side by side, numbered."""

from collections.abc import Callable, Mapping, Sequence

import numpy as np

from plans.figures.draw import palette as inks
from plans.figures.draw.arrays import Ids, Points
from plans.figures.draw.arrows import ArrowShape, draw_arrows
from plans.figures.draw.camera import Window
from plans.figures.draw.canvas import Canvas
from plans.figures.draw.layout import FULL_WIDTH, GAP, HEAD, Cell, Layout, arrange
from plans.figures.draw.mark_plans import SECTION, MarkPlan
from plans.figures.draw.palette import Palette, make_palette
from plans.figures.draw.round_picture import Round, draw_inset
from plans.figures.draw.scene import Layer, Pen, draw_panel
from plans.figures.draw.section import draw_section
from plans.figures.draw.shots import Shot

LINE = 2.83  # 0.24 mm, in pixels of the full width; as are:
ARROW_WIDTH, STEP_WIDTH, MARK_WIDTH = 6.5, 5.0, 4.0
STEP_GRID = 1 << 10  # of a pixel: a height may differ in the last bit between processors
BADGE_RADIUS, BADGE_TEXT = 17, 24
LETTER = 1.35  # of a font in which a capital letter has a height
NEAR_LINE = 1.15  # lines of a close-up are a little stronger


def palette_of(shots: Sequence[Shot], *, grey: bool) -> Palette:
    things = [thing.colour for shot in shots for thing in shot.things]
    return make_palette(shots[0].pose.body, things, grey=grey)


def draw_sheet(
    shots: Sequence[Shot], fills: Mapping[str, int], size: float, *, mirrored: bool, right_to_left: bool
) -> Ids:
    """Numbers of the palette (`fills`: those of things); `size`: pixels for each of the full width."""
    layout = arrange(shots, right_to_left=right_to_left)
    height, width = round(layout.height * size), round(FULL_WIDTH * size)
    sheet = np.zeros((height, width), np.uint8)
    for shot, cell in zip(shots, layout.cells, strict=True):
        panel = draw_shot(shot, cell, fills, size, mirrored=mirrored)
        _lay(sheet, panel[:, ::-1] if mirrored else panel, cell, size)
    return _numbered(sheet, layout, size, right_to_left=right_to_left) if len(shots) > 1 else sheet


def draw_shot(
    shot: Shot, cell: Cell, fills: Mapping[str, int], size: float, *, mirrored: bool = False
) -> Ids:
    """Not yet mirrored."""
    scale = cell.scale * size
    line = LINE * size * (NEAR_LINE if shot.near else 1)
    pen = Pen(scale, line, shot.near, mirrored)
    window = shot.window
    if not shot.near:  # the row's height, so that all stand on one line
        bottom = window.bottom - cell.lift
        window = Window(window.left, bottom, window.right, bottom + cell.height / cell.scale)
    drawn = draw_panel(
        shot.pose.body, shot.pose.vertices, shot.things, shot.camera, window, pen, fills, shot.tints,
        eyes_closed=shot.eyes_closed,
    )  # fmt: skip
    ids = drawn.ids
    if shot.ghost is not None:
        behind = draw_panel(shot.ghost.body, shot.ghost.vertices, (), shot.camera, window, pen, fills)
        ids = np.where(drawn.covered, ids, _ghostly(behind))
    return _with_marks(ids, shot, window, pen, size, fills)


def _ghostly(layer: Layer) -> Ids:
    grey = np.where(layer.ids == inks.LINE, inks.GHOST_LINE, inks.GHOST_FILL)
    return np.where(layer.covered, grey, inks.PAPER).astype(np.uint8)


def _with_marks(ids: Ids, shot: Shot, window: Window, pen: Pen, size: float, fills: Mapping[str, int]) -> Ids:
    if not (shot.arrows or shot.marks or shot.inset):
        return ids
    canvas = Canvas(ids)

    def at(points: Points) -> Points:
        flat = np.concatenate([points, np.zeros((len(points), 1))], axis=1)
        return window.pixels(flat, pen.scale)[:, :2]

    if shot.inset:
        middle, part = at(np.stack([shot.inset.middle, shot.inset.at]))
        draw_inset(
            canvas,
            shot,
            shot.inset,
            Round(middle, shot.inset.radius * pen.scale, part),
            pen,
            ARROW_WIDTH * size,
            fills,
        )
    for mark in shot.marks:
        _draw_mark(canvas, mark, window, at, pen, size)
    arrows = [ArrowShape(at(a.line), a.heads, a.bar, a.number) for a in shot.arrows]
    draw_arrows(canvas, arrows, ARROW_WIDTH * size)
    return canvas.ids


def _draw_mark(
    canvas: Canvas, mark: MarkPlan, window: Window, at: Callable[[Points], Points], pen: Pen, size: float
) -> None:
    for dash in mark.dashes:
        canvas.curve(at(dash), MARK_WIDTH * size, inks.MARK)
    arrows = [ArrowShape(at(a.line), a.heads, a.bar, a.number) for a in mark.arrows]
    draw_arrows(canvas, arrows, MARK_WIDTH * size)
    if mark.text_at is not None:
        (middle,) = at(mark.text_at[None])
        high = mark.text_high * pen.scale * LETTER
        canvas.text(middle, mark.text, high, inks.PAPER, around=3 * size, mirrored=pen.mirrored)
        canvas.text(middle, mark.text, high, inks.MARK, around=size, mirrored=pen.mirrored)
    if mark.section_at is not None and mark.section_middle is not None:
        middle, pelvis = at(np.stack([mark.section_middle, mark.section_at]))
        draw_section(
            canvas,
            middle,
            SECTION * pen.scale,
            pelvis,
            pen.line,
            shows=mark.section_shows,
            turned=mark.section_turned,
        )


def _lay(sheet: Ids, panel: Ids, cell: Cell, size: float) -> None:
    """What hangs over the sheet's edge by a rounded pixel is cut off."""
    top, left = round(cell.top * size), round(cell.left * size)
    height, width = min(panel.shape[0], sheet.shape[0] - top), min(panel.shape[1], sheet.shape[1] - left)
    sheet[top : top + height, left : left + width] = panel[:height, :width]


def _numbered(sheet: Ids, layout: Layout, size: float, *, right_to_left: bool) -> Ids:
    canvas = Canvas(sheet)
    for index, cell in enumerate(layout.cells):
        aside = BADGE_RADIUS + 2
        x = cell.left + cell.width - aside if right_to_left else cell.left + aside
        # A number stands above its panel's row; where panels differ in height, above the tallest.
        row_top = min(
            c.top for c, row in zip(layout.cells, layout.rows, strict=True) if row == layout.rows[index]
        )
        middle = np.array([x, row_top - HEAD + BADGE_RADIUS + 4]) * size
        canvas.disc(middle, BADGE_RADIUS * size, inks.BADGE)
        canvas.text(middle, str(index + 1), BADGE_TEXT * size, inks.PAPER)
        if index + 1 < len(layout.cells) and layout.rows[index + 1] == layout.rows[index]:
            y = round((cell.top + cell.height / 2) * STEP_GRID) / STEP_GRID
            ends = (cell.left - 4, cell.left - GAP + 6) if right_to_left else _step_after(cell)
            line = np.array([[ends[0], y], [ends[1], y]]) * size
            draw_arrows(canvas, [ArrowShape(line, (False, True), number=inks.STEP)], STEP_WIDTH * size)
    return canvas.ids


def _step_after(cell: Cell) -> tuple[float, float]:
    right = cell.left + cell.width
    return right + 4, right + GAP - 6
