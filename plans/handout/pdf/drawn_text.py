"""Text of kept fragments, shaped once: the glyphs of a line are the same on each page, only its place differs.

To draw a line, the renderer asks for its glyphs anew, which is half of the time that drawing takes.
"""

import copy
from dataclasses import dataclass, field
from typing import Any

from plans.handout.fonts import use_bundled_fonts

with use_bundled_fonts():
    from weasyprint import draw
    from weasyprint.draw.text import draw_first_line
    from weasyprint.draw.text import draw_text as shape_and_draw
    from weasyprint.formatting_structure.boxes import TextBox
    from weasyprint.matrix import Matrix
    from weasyprint.text.fonts import get_pango_font_key


@dataclass
class _Glyphs:
    """What the glyphs of a line mean in a font of the document, and their widths."""

    key: int
    meanings: dict[int, str]
    widths: dict[int, int]

    def note(self, font: Any) -> None:
        """Tell the document's font of them, as drawing does: of two meanings the first one stays."""
        if not self.meanings.keys() <= font.to_unicode.keys():
            font.to_unicode |= self.meanings | font.to_unicode
        if not self.widths.keys() <= font.widths.keys():
            font.widths |= self.widths | font.widths


@dataclass
class DrawnLine:
    """What draws a line of text, besides its place and colour; nothing before it was first drawn."""

    steps: list[tuple[str, tuple[Any, ...]]] = field(default_factory=list)
    glyphs: list[_Glyphs] = field(default_factory=list)

    def is_ready(self, fonts: dict[int, Any]) -> bool:
        """Whether it was drawn before, and with fonts that this document has met; only shaping finds a new one."""
        return bool(self.steps) and all(one.key in fonts for one in self.glyphs)

    def draw(self, stream: Any) -> None:
        for one in self.glyphs:
            one.note(stream._fonts[one.key])
        for name, values in self.steps:
            getattr(stream, name)(*values)


class _Recorder:
    """Takes the place of a page's stream while a line is shaped, and notes what is drawn on it."""

    def __init__(self, stream: Any) -> None:
        self.stream = stream
        self.ink_rect, self.logical_rect = stream.ink_rect, stream.logical_rect
        self.line = DrawnLine()

    def add_font(self, pango_font: Any) -> tuple[Any, float]:
        font, size = self.stream.add_font(pango_font)
        # One that knows no glyph yet, so that all of this line are told.
        new = copy.copy(font)
        new.to_unicode, new.widths = {}, {}
        key, *_ = get_pango_font_key(pango_font)
        self.line.glyphs.append(_Glyphs(key, new.to_unicode, new.widths))
        return new, size

    def set_text_matrix(self, *place: float) -> None:
        """Its place is not the line's own."""

    def set_font_size(self, font: str, size: float) -> None:
        self.line.steps.append(("set_font_size", (font, size)))

    def set_text_rise(self, height: float) -> None:
        self.line.steps.append(("set_text_rise", (height,)))

    def show_text(self, text: str) -> None:
        self.line.steps.append(("show_text", (text.encode("ascii"),)))


def keep_lines(box: Any) -> None:
    """Let each line of a part be shaped once, for all copies that are made of its box."""
    # The marks of a list stand in the place of boxes.
    for one in box.descendants(placeholders=True):
        if isinstance(one, TextBox) and _is_plain(one):
            one.drawn = DrawnLine()


def _is_plain(box: Any) -> bool:
    return (box.style["text_decoration_line"], box.style["visibility"]) == ("none", "visible")


def _draw_text(
    stream: Any, box: Any, offset_x: float, text_overflow: str, block_ellipsis: str = "none"
) -> None:
    line: DrawnLine | None = getattr(box, "drawn", None)
    is_cut = text_overflow != "clip" or block_ellipsis != "none"
    if line is None or is_cut or not box.text.strip():
        shape_and_draw(stream, box, offset_x, text_overflow, block_ellipsis)
        return
    if not line.is_ready(stream._fonts):
        _shape(line, stream, box)
    stream.set_color(box.style["color"])
    stream.begin_text()
    stream.set_text_matrix(*Matrix(d=-1, e=box.position_x, f=box.position_y + box.baseline).values)
    line.draw(stream)
    stream.end_text()


def _shape(line: DrawnLine, stream: Any, box: Any) -> None:
    recorder = _Recorder(stream)
    box.pango_layout.reactivate(box.style)
    draw_first_line(recorder, box, "clip", "none", Matrix())
    box.pango_layout.deactivate()
    line.steps, line.glyphs = recorder.line.steps, recorder.line.glyphs


draw.draw_text = _draw_text
