"""An indexed or black and white PNG taken apart, so that a PDF can carry it as it is."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass

SIGNATURE = b"\x89PNG\r\n\x1a\n"
_GREY, _INDEXED, _WHOLE = 0, 3, 0
_GREYS = b"\x00\x00\x00\xff\xff\xff"
"""Black and white, the greys of a picture with one bit for each dot: a QR code. A grey photograph is not for us."""
# Colour counts, sizes and transparency that this reader does not handle take the renderer's own, slower way.
_HARMLESS = frozenset({b"IHDR", b"PLTE", b"IDAT", b"IEND", b"pHYs", b"tIME", b"tEXt", b"sRGB", b"gAMA"})


@dataclass(frozen=True)
class IndexedPng:
    """Size in dots, bits for each dot, the palette's bytes (RGB) and the compressed rows."""

    width: int
    height: int
    depth: int
    palette: bytes
    rows: bytes

    @property
    def last_colour(self) -> int:
        return len(self.palette) // 3 - 1


def take_apart(data: bytes) -> IndexedPng | None:
    """Return None unless the bytes are an opaque indexed or black and white PNG without interlacing.

    The bytes must be a whole PNG.
    """
    if not data.startswith(SIGNATURE):
        return None
    chunks = list(_chunks(data))
    if not {name for name, _ in chunks} <= _HARMLESS or chunks[0][0] != b"IHDR":
        return None
    width, height, depth, colours, _, _, interlacing = struct.unpack(">IIBBBBB", chunks[0][1])
    if interlacing != _WHOLE or not (colours == _INDEXED or (colours, depth) == (_GREY, 1)):
        return None
    palette = _GREYS if colours == _GREY else b"".join(body for name, body in chunks if name == b"PLTE")
    rows = b"".join(body for name, body in chunks if name == b"IDAT")
    return IndexedPng(width, height, depth, palette, rows)


def _chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = len(SIGNATURE)
    while at + 8 <= len(data):
        (length,) = struct.unpack_from(">I", data, at)
        yield data[at + 4 : at + 8], data[at + 8 : at + 8 + length]
        at += length + 12
