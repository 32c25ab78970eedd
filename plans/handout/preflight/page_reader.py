"""One page of a finished PDF, operator by operator: its text by marks, and where each piece of it lies."""

import re
from struct import unpack
from typing import Any, NamedTuple

import pikepdf

from plans.handout.preflight.operators import read_operators
from plans.handout.preflight.places import SMALL_LETTERS, Piece

_MAPPED = re.compile(rb"<([0-9a-fA-F]+)> <([0-9a-fA-F]+)>")
_SHOWN, _GAP = re.compile(rb"<([^>]*)>"), re.compile(rb"[\[>\s]([-+.\d]+)")
_MARK = re.compile(rb"/MCID (\d+)")
_UNKNOWN = "\ufffd"
_READ = frozenset((b"BDC", b"BMC", b"EMC", b"q", b"Q", b"cm", b"Tf", b"Tm", b"Do", b"TJ", b"Tj"))


class _Letters(dict[int, str]):
    """What each glyph of a font says."""

    def __missing__(self, glyph: int) -> str:
        return _UNKNOWN


class _Widths(dict[int, float]):
    """In thousandths of the size."""

    def __missing__(self, glyph: int) -> float:
        return 0.0


class _Font(NamedTuple):
    letters: _Letters
    widths: _Widths


class Fonts(dict[tuple[int, int], _Font]):
    """The fonts of a file, each read once for all of its pages."""

    def of(self, page: pikepdf.Page) -> dict[bytes, _Font]:
        fonts = page.Resources.get("/Font", {}).items()
        return {name.encode(): self._read(font) for name, font in fonts}

    def _read(self, font: Any) -> _Font:
        if font.objgen not in self:
            self[font.objgen] = _Font(_read_map(font), _read_widths(font))
        return self[font.objgen]


_NO_FONT = _Font(_Letters(), _Widths())
_UNIT = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
Matrix = tuple[float, ...]


class PageReader:
    """Follows the drawing of one page: which text in which mark, and where it lies."""

    def __init__(self, page: pikepdf.Page, fonts: Fonts) -> None:
        self.page = page
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

    def read(self) -> None:
        for operands, operator in read_operators(self.page, _READ):
            match operator:
                case b"BDC":
                    mark = _MARK.search(operands)
                    self._marks.append(int(mark[1]) if mark else None)
                case b"BMC":
                    self._marks.append(None)
                case b"EMC":
                    self._marks.pop()
                case b"q":
                    self._kept.append(self._matrix)
                case b"Q":
                    self._matrix = self._kept.pop()
                case b"cm":
                    self._matrix = _multiply(operands, self._matrix)
                case b"Tf":
                    name, size = operands.split()
                    self._font, self._size = self.fonts[name], float(size)
                case b"Tm":
                    self._at, self._along = _multiply(operands, self._matrix), 0.0
                case b"Do":
                    self.stray += not self._marks
                    if not self._marks or self._marks[-1] is not None:
                        self._draw()
                case _:
                    self.stray += not self._marks
                    self._show(operands)

    def _show(self, operands: bytes) -> None:
        codes = bytes.fromhex(b"".join(_SHOWN.findall(operands)).decode())
        glyphs = unpack(f">{len(codes) // 2}H", codes)
        said = "".join(map(self._font.letters.__getitem__, glyphs))
        width = sum(map(self._font.widths.__getitem__, glyphs)) - sum(map(float, _GAP.findall(operands)))
        # Glyph 0 is the empty box that stands for a letter which no font has.
        self.unmapped += glyphs.count(0) + said.count(_UNKNOWN)
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


def _multiply(operands: bytes, by: Matrix) -> Matrix:
    a, b, c, d, e, f = map(float, operands.split())
    p, q, r, s, t, u = by
    return (a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u)


def _read_map(font: Any) -> _Letters:
    if "/ToUnicode" not in font:
        return _Letters()
    pairs = _MAPPED.findall(font.ToUnicode.read_bytes())
    return _Letters(
        (int(glyph, 16), bytes.fromhex(text.decode()).decode("utf-16-be")) for glyph, text in pairs
    )


def _read_widths(font: Any) -> _Widths:
    found = _Widths()
    listed = iter(font.DescendantFonts[0].W if "/DescendantFonts" in font else ())
    for first, widths in zip(listed, listed, strict=True):
        found.update(enumerate((float(width) for width in widths), start=int(first)))
    return found
