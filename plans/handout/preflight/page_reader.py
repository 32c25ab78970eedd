"""One page of a finished PDF, operator by operator: its text by marks, and where each piece of it lies."""

import re
from struct import unpack
from typing import Any, NamedTuple

import pikepdf
from pikepdf import Array, Dictionary

from plans.handout.preflight.places import SMALL_LETTERS, Piece

_MAPPED = re.compile(rb"<([0-9a-fA-F]+)> <([0-9a-fA-F]+)>")


class _Font(NamedTuple):
    """Letters and widths (in thousandths of the size) by the number of a glyph."""

    letters: dict[int, str]
    widths: dict[int, float]


class Fonts(dict[tuple[int, int], _Font]):
    """The fonts of a file, each read once for all of its pages."""

    def of(self, page: pikepdf.Page) -> dict[str, _Font]:
        return {name: self._read(font) for name, font in page.Resources.get("/Font", {}).items()}

    def _read(self, font: Any) -> _Font:
        if font.objgen not in self:
            self[font.objgen] = _Font(_read_map(font), _read_widths(font))
        return self[font.objgen]


_NO_FONT = _Font({}, {})
_UNIT = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
Matrix = tuple[float, ...]


class PageReader:
    """Follows the drawing of one page: which text in which mark, and where it lies."""

    def __init__(self, page: pikepdf.Page, fonts: Fonts) -> None:
        self.fonts = fonts.of(page)
        self.texts: dict[int, str] = {}
        self.pieces: list[Piece] = []
        self.unmapped = self.stray = 0
        self._marks: list[int | None] = []
        self._font, self._size = _NO_FONT, 0.0
        self._matrix: Matrix = _UNIT
        self._kept: list[Matrix] = []
        self._at: Matrix = _UNIT
        self._along = 0.0

    def read(self, operator: str, operands: Any) -> None:
        match operator:
            case "BDC":
                self._marks.append(_number(operands[1]))
            case "BMC":
                self._marks.append(None)
            case "EMC":
                self._marks.pop()
            case "q":
                self._kept.append(self._matrix)
            case "Q":
                self._matrix = self._kept.pop()
            case "cm":
                self._matrix = _multiply(operands, self._matrix)
            case "Tf":
                self._font, self._size = self.fonts[str(operands[0])], float(operands[1])
            case "Tm":
                self._at, self._along = _multiply(operands, self._matrix), 0.0
            case "Do":
                self.stray += not self._marks
                if not self._marks or self._marks[-1] is not None:
                    self._draw()
            case _:
                self.stray += not self._marks
                self._show(operands[0])

    def _show(self, shown: Any) -> None:
        text, width = [], 0.0
        for piece in shown if isinstance(shown, Array) else [shown]:
            if not isinstance(piece, pikepdf.String):
                width -= float(piece)
                continue
            codes = bytes(piece)
            glyphs = unpack(f">{len(codes) // 2}H", codes)
            text += [self._font.letters.get(glyph, "\ufffd") for glyph in glyphs]
            width += sum(self._font.widths.get(glyph, 0) for glyph in glyphs)
            # Glyph 0 is the empty box that stands for a letter which no font has.
            self.unmapped += glyphs.count(0)
        said = "".join(text)
        self.unmapped += said.count("\ufffd")
        self._place(said, width * self._size / 1000)
        if self._marks and (mark := self._marks[-1]) is not None:
            self.texts[mark] = self.texts.get(mark, "") + said

    def _place(self, text: str, width: float) -> None:
        scale, _, _, _, x, y = self._at
        left, self._along = x + self._along * scale, self._along + width
        if text.strip():
            # From the foot of the letters to the top of the small ones: lines that stand close are no fault.
            top = y + SMALL_LETTERS * self._size * scale
            self.pieces.append(Piece(left, y, x + self._along * scale, top, text.strip()))

    def _draw(self) -> None:
        """Note where a picture lies. One in an artifact is a background, such as a cell's boxes to tick."""
        width, _, _, height, x, y = self._matrix
        self.pieces.append(
            Piece(min(x, x + width), min(y, y + height), max(x, x + width), max(y, y + height), "")
        )


def _multiply(operands: Any, by: Matrix) -> Matrix:
    a, b, c, d, e, f = (float(one) for one in operands)
    p, q, r, s, t, u = by
    return (a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u)


def _number(properties: Any) -> int | None:
    mark = properties.get("/MCID") if isinstance(properties, Dictionary) else None
    return None if mark is None else int(mark)


def _read_map(font: Any) -> dict[int, str]:
    if "/ToUnicode" not in font:
        return {}
    pairs = _MAPPED.findall(font.ToUnicode.read_bytes())
    return {int(glyph, 16): bytes.fromhex(text.decode()).decode("utf-16-be") for glyph, text in pairs}


def _read_widths(font: Any) -> dict[int, float]:
    found: dict[int, float] = {}
    listed = iter(font.DescendantFonts[0].W if "/DescendantFonts" in font else ())
    for first, widths in zip(listed, listed, strict=True):
        found.update(enumerate((float(width) for width in widths), start=int(first)))
    return found
